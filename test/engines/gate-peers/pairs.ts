import { onTestFinished } from 'vitest';
import { createWorkspace, type Workspace } from '../../../src/probe/workspace.ts';
import { connectV1 } from './client-v1.ts';
import { connectV2 } from './client-v2.ts';
import { peerPolicy } from './gated.ts';
import type { Peer, Place } from './peer.ts';
import { type Seen, walk } from './walk.ts';

const CLIENTS = {
  v1: connectV1,
  'v2 in the way of v1': (place: Place) => connectV2(place, 'legacy'),
  v2: (place: Place) => connectV2(place, 'auto'),
};
export type Name = keyof typeof CLIENTS;
export const names = Object.keys(CLIENTS) as Name[];
export const PAIRS = names.flatMap((client) => ['server-v1', 'server-v2'].map((server) => ({ client, server })));

export const ALL = peerPolicy({
  '*': 'allow',
  '@resources': 'allow',
  '@prompts': 'allow',
  '@sampling': 'allow',
  '@elicitation': 'allow',
});
export const GRANTED = ['list', 'fail', 'slow', 'hang', 'cancelled', 'announce', 'ask_model', 'ask_user'];
export const TOOLS_ONLY = peerPolicy({ ...Object.fromEntries(GRANTED.map((name) => [name, 'allow'])), drop: 'deny' });
/** What a client then sees otherwise, and what as before. */
export const CLOSED = [
  ...['resources', 'templates', 'resource', 'page', 'completion', 'prompts', 'prompt'],
  ...['subscription', 'sampling', 'elicitation'],
];
export const OPEN = ['read', 'failure', 'progressed', 'cancelled call', 'cancelled', 'announcement'];

export function workspace(): Workspace {
  const made = createWorkspace();
  onTestFinished(made.remove);
  return made;
}

export async function connected(client: Name, place: Place): Promise<Peer> {
  const peer = await CLIENTS[client](place);
  onTestFinished(() => peer.close());
  return peer;
}

export async function seenThrough(client: Name, place: Place): Promise<Seen> {
  const peer = await connected(client, place);
  const seen = await walk(peer);
  await peer.close();
  return seen;
}
