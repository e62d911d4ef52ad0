import { expect, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import type { Workspace } from '../../src/probe/workspace.ts';
import { environment, gated, peerServer } from './gate-peers/gated.ts';
import { listening } from './gate-peers/listening.ts';
import { ALL, CLOSED, GRANTED, OPEN, PAIRS, seenThrough, TOOLS_ONLY, workspace } from './gate-peers/pairs.ts';
import { verified } from './gate-peers/stakes.ts';

/** The gate listens, and starts the server over stdio for each session. */
async function overHttp(at: Workspace, policy: Policy, server: string) {
  const gate = gated(at, policy, peerServer(server), '--listen', '127.0.0.1:0', '--no-client-token');
  const { found, child } = await listening(gate, /http:\/\/\S+\/mcp/, gate.env);
  const ended = new Promise((closed) => child.once('close', closed));
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { place: { url: found[0] }, end };
}

test.each(PAIRS)(
  'over HTTP $client and $server see of each other what they see without a gate',
  async ({ client, server }) => {
    const at = workspace();
    const { place, end } = await overHttp(at, ALL, server);
    const direct = await seenThrough(client, { ...peerServer(server), env: environment(at) });
    expect(await seenThrough(client, place)).toEqual(direct);
    await end();
    expect(await verified(at)).toMatchObject({ code: 0, said: expect.stringContaining('INTACT') });
  },
);

test.each(PAIRS)(
  'over HTTP $client sees nothing of $server that the policy does not grant',
  async ({ client, server }) => {
    const at = workspace();
    const { place } = await overHttp(at, TOOLS_ONLY, server);
    const seen = await seenThrough(client, place);
    const direct = await seenThrough(client, { ...peerServer(server), env: environment(at) });
    expect(seen.tools).toEqual(GRANTED);
    expect(seen.denied).toMatchObject({ isError: true, content: [{ text: '`peer/drop` is denied: hand-made' }] });
    for (const name of CLOSED) expect([name, seen[name]]).not.toEqual([name, direct[name]]);
    for (const name of OPEN) expect([name, seen[name]]).toEqual([name, direct[name]]);
    expect(seen.heard).toEqual(['notifications/message', 'notifications/tools/list_changed']);
  },
);
