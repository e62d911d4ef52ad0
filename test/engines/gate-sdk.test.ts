import { expect, test } from 'vitest';
import { environment, gated, peerPolicy, peerServer } from './gate-peers/gated.ts';
import {
  ALL,
  CLOSED,
  connected,
  GRANTED,
  names,
  OPEN,
  PAIRS,
  seenThrough,
  TOOLS_ONLY,
  workspace,
} from './gate-peers/pairs.ts';
import { stakes, verified, waitingCall } from './gate-peers/stakes.ts';
import type { Seen } from './gate-peers/walk.ts';

const ASKING = peerPolicy({ refund: 'ask' });

test.each(PAIRS)(
  '$client and $server see of each other through a gate what they see without it',
  async ({ client, server }) => {
    const at = workspace();
    const direct = await seenThrough(client, { ...peerServer(server), env: environment(at) });
    // What is compared is there: nothing was refused but what has to be, and everything was heard.
    expect(['', 'unknown']).toContain(refusedIn(direct).join());
    expect(direct).toMatchObject({
      protocol: client === 'v2' && server === 'server-v2' ? '2026-07-28' : '2025-11-25',
      progressed: [1, 2, 3],
      'cancelled call': 'aborted',
      cancelled: { content: [{ text: '1' }] },
      notifications: { length: 3 },
      sampling: { content: [{ text: 'forty-two' }] },
      elicitation: { content: [{ text: 'Ada' }] },
      heard: { length: 5 },
    });
    expect(await seenThrough(client, gated(at, ALL, peerServer(server)))).toEqual(direct);
    expect(await verified(at)).toMatchObject({ code: 0, said: expect.stringContaining('INTACT') });
  },
);

test.each(PAIRS)('$client sees nothing of $server that the policy does not grant', async ({ client, server }) => {
  const at = workspace();
  const seen = await seenThrough(client, gated(at, TOOLS_ONLY, peerServer(server)));
  const direct = await seenThrough(client, { ...peerServer(server), env: environment(at) });
  expect(seen.tools).toEqual(GRANTED);
  expect(seen.capabilities).not.toHaveProperty('resources');
  expect(seen.capabilities).not.toHaveProperty('prompts');
  expect(seen.denied).toMatchObject({ isError: true, content: [{ text: '`peer/drop` is denied: hand-made' }] });
  expect(seen.unknown).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('is not granted') }] });
  for (const name of CLOSED) expect([name, seen[name]]).not.toEqual([name, direct[name]]);
  for (const name of OPEN) expect([name, seen[name]]).toEqual([name, direct[name]]);
  // It is told neither of a resource that changed, nor asked for its model or its user.
  expect(seen.heard).toEqual(['notifications/message', 'notifications/tools/list_changed']);
});

test.each(names)('a call of %s that asks waits for a person in another terminal', async (client) => {
  const at = workspace();
  const peer = await connected(client, gated(at, ASKING, peerServer('server-v2')));
  const call = peer.call('refund', { amount: 5 });
  const { id, arguments: values } = await waitingCall(at);
  expect(values).toEqual({ amount: 5 });
  expect(await stakes(at, 'approvals', 'approve', id, '--as', 'ada')).toMatchObject({ code: 0 });
  expect(await call).toMatchObject({ content: [{ text: 'refunded 5' }] });
  const again = peer.call('refund', { amount: 5 });
  await stakes(at, 'approvals', 'deny', (await waitingCall(at)).id, '--as', 'ada', '--reason', 'once is enough');
  expect(await again).toMatchObject({
    isError: true,
    content: [{ text: 'ada refused this call of `peer/refund`: once is enough' }],
  });
  await peer.close();
  expect(await verified(at)).toMatchObject({ code: 0, said: expect.stringContaining('INTACT') });
});

function refusedIn(seen: Seen): string[] {
  return Object.keys(seen).filter((name) => String(seen[name]).startsWith('refused: '));
}
