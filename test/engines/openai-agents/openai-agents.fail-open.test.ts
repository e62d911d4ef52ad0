import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { ApprovalPolicy } from '../../../src/model/policy.ts';
import { playCall } from '../../../src/targets/openai-agents/proof/scripted.ts';
import { type FakeServer, fakeServer, opened, sdk } from './sdk.ts';

interface Trap {
  /** A harmless call and then a dangerous one; without the alias, which the SDK does not add. */
  calls: [Call, Call];
  /** What people give the agent. */
  naive: (server: FakeServer) => object;
}

interface Call {
  name: string;
  input: object;
}

const approvals: ApprovalPolicy = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true,
  boundToArguments: true,
};
const small = { type: 'object', properties: { id: { type: 'integer', maximum: 5 } } } as const;
const desk = policy([
  agent('desk', {
    approvals,
    servers: { files: server('files') },
    tools: { 'files/read_doc': grant('allow', { arguments: small }), 'files/update_doc': grant('ask') },
  }),
]);

const read = (id: number): Call => ({ name: 'read_doc', input: { id } });

const traps: Record<string, Trap> = {
  'a server that is given to the agent is called without a question': {
    calls: [read(1), { name: 'update_doc', input: {} }],
    naive: (files) => ({ mcpServers: [files] }),
  },
  'a filter of tools sees their names and no arguments': {
    calls: [read(1), read(9)],
    naive: (files) => ({ mcpServers: [{ ...files, toolFilter: { allowedToolNames: ['read_doc'] } }] }),
  },
};

test.each(Object.entries(traps))('%s', async (_, { calls, naive }) => {
  const ours = await opened(desk, 'desk');
  for (const { name, input } of calls)
    await playCall(sdk, ours.agent, ours.runOptions, { name: `files_${name}`, input });
  expect(ours.servers.files?.ran, 'as generated').toEqual([calls[0]]);
  const files = fakeServer(['read_doc', 'update_doc']);
  const careless = new sdk.Agent({
    name: 'desk',
    instructions: 'x',
    ...naive({ ...files, name: 'files', cacheToolsList: false } as never),
  });
  for (const call of calls) await playCall(sdk, careless, {}, call);
  expect(files.ran, 'without the guard').toEqual(calls);
});

test('what a person approves runs once, and with the arguments that were shown', async () => {
  const { agent: made, runOptions, servers } = await opened(desk, 'desk');
  const { scriptOf } = await import('../../../src/targets/openai-agents/proof/scripted.ts');
  const scripted = Object.assign(made, { model: scriptOf(sdk, [{ name: 'files_update_doc', input: { id: 7 } }]) });
  const asked = await sdk.run(scripted as never, 'play', runOptions as never);
  const [call] = asked.interruptions as [never];
  (asked as unknown as { state: { approve(item: unknown): void } }).state.approve(call);
  await sdk.run(scripted as never, (asked as unknown as { state: never }).state, runOptions as never);
  expect(servers.files?.ran).toEqual([{ name: 'update_doc', input: { id: 7 } }]);
});
