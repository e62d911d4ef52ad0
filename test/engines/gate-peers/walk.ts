import { setTimeout as wait } from 'node:timers/promises';
import { HEARD, type Peer } from './peer.ts';

/** What a client saw of everything that a server offers, to be compared with what it sees through a gate. */
export type Seen = Record<string, unknown>;

export async function walk(peer: Peer): Promise<Seen> {
  const seen: Seen = { protocol: peer.protocol, capabilities: peer.capabilities };
  const step = async (name: string, does: () => Promise<unknown>) => {
    seen[name] = await does().catch((error: Error) => `refused: ${error.message}`);
  };
  const progress: number[] = [];
  await step('tools', async () => (await peer.tools()).map(({ name }) => name));
  await step('read', () => peer.call('list', { of: 'charges' }));
  await step('wrong arguments', () => peer.call('list', {}));
  await step('failure', () => peer.call('fail'));
  await step('denied', () => peer.call('drop'));
  await step('unknown', () => peer.call('no_such_tool'));
  await step('progress', () => peer.call('slow', {}, { onprogress: (one) => progress.push(one.progress) }));
  seen.progressed = [...progress];
  await step('cancelled call', () => cancelledCall(peer));
  await step('cancelled', () => cancelled(peer));
  await step('resources', () => peer.resources());
  await step('templates', () => peer.templates());
  await step('resource', () => peer.read('peer://one'));
  await step('page', () => peer.read('peer://pages/alpha'));
  await step('completion', () => peer.complete('peer://pages/{name}', 'name', 'a'));
  await step('prompts', () => peer.prompts());
  await step('prompt', () => peer.prompt('greet', { who: 'Ada' }));
  await step('subscription', () => peer.subscribe('peer://one'));
  await step('announcement', () => peer.call('announce'));
  await step('notifications', () => announced(peer));
  await step('sampling', () => peer.call('ask_model'));
  await step('elicitation', () => peer.call('ask_user'));
  seen.heard = [...new Set(peer.heard)].sort();
  return seen;
}

/** Aborted once the server is known to be at it. */
async function cancelledCall(peer: Peer): Promise<string> {
  const stop = new AbortController();
  const call = peer.call('hang', {}, { onprogress: () => stop.abort('not needed any more'), signal: stop.signal });
  return call.then(
    () => 'ran to its end',
    () => 'aborted',
  );
}

/** Over HTTP a client cancels by hanging up, and its next call can be faster. */
async function cancelled(peer: Peer): Promise<unknown> {
  for (let tries = 0; ; tries++) {
    const said = await peer.call('cancelled');
    if (tries === 100 || !JSON.stringify(said).includes('"0"')) return said;
    await wait(50);
  }
}

/** Notifications come when they come; those that never do are told by what is missing. */
async function announced({ heard }: Peer): Promise<string[]> {
  for (let tries = 0; tries < 40 && HEARD.some((one) => !heard.includes(one)); tries++) await wait(50);
  return HEARD.filter((one) => heard.includes(one));
}
