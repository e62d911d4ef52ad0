import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createWorkspace } from '../../src/probe/workspace.ts';
import { connectV2 } from './gate-peers/client-v2.ts';
import { environment, gated, peerPolicy } from './gate-peers/gated.ts';
import type { Peer, Place } from './gate-peers/peer.ts';
import { verified } from './gate-peers/stakes.ts';
import { installServers, programOf, REAL } from './real-servers.ts';

beforeAll(installServers, 600_000);

/** What came back, without the words: a service that is out of reach is told of in its own way each time. */
async function kindOf(call: Promise<{ isError?: boolean | undefined }>): Promise<string> {
  return call.then(
    ({ isError }) => (isError === true ? 'a result that is an error' : 'a result'),
    (error: Error) => `an error of the protocol: ${error.message}`,
  );
}

async function connected(place: Place): Promise<Peer> {
  const peer = await connectV2(place, 'auto');
  onTestFinished(() => peer.close());
  return peer;
}

test.each(Object.entries(REAL))('%s lists and answers through the gate what it does without', async (_, real) => {
  const { args = [], env = {}, call, tools } = real;
  const at = createWorkspace();
  onTestFinished(at.remove);
  const command = { command: programOf(real), args };
  const direct = await connected({ ...command, env: { ...environment(at), ...env } });
  const listed = (await direct.tools()).map(({ name }) => name);
  // Some list more to a client that can be asked for its model and its user.
  expect(listed.length).toBeGreaterThanOrEqual(tools);
  const wanted = await kindOf(direct.call(...call));
  await direct.close();

  const hidden = listed.find((name) => name !== call[0]) ?? '';
  const passed = Object.keys(env).flatMap((name) => ['--pass-env', name]);
  const granted = { '*': 'allow', '@sampling': 'allow', '@elicitation': 'allow', [hidden]: 'deny' } as const;
  const place = gated(at, peerPolicy(granted), command, ...passed);
  const peer = await connected({ ...place, env: { ...place.env, ...env } });
  expect((await peer.tools()).map(({ name }) => name)).toEqual(listed.filter((name) => name !== hidden));
  expect(await kindOf(peer.call(...call))).toBe(wanted);
  expect(await peer.call(hidden)).toMatchObject({
    isError: true,
    content: [{ text: `\`peer/${hidden}\` is denied: hand-made` }],
  });
  await peer.close();
  const { code, said } = await verified(at);
  expect([code, said]).toEqual([0, expect.stringMatching(/INTACT[\s\S]*2 calls and 1 outcome,/)]);
});
