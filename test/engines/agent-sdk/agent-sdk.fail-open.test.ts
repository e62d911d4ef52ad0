import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { ApprovalPolicy } from '../../../src/model/policy.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import { type Play, playSdk } from './sdk.ts';

interface Trap extends Pick<Play, 'prepare'> {
  naive: string;
}

const approvals: ApprovalPolicy = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true,
  boundToArguments: true,
};
const desk = policy([
  agent('desk', {
    approvals,
    servers: { files: server('files') },
    tools: { 'files/read_doc': grant('allow'), 'files/update_doc': grant('ask') },
  }),
]);
// A harmless one and then a dangerous one, which nobody approves.
const calls = ['read', 'update'].map((name) => ({ name: `mcp__files__${name}_doc`, input: { id: 1 } }));
const allowed =
  '{ permissions: { allow: ["mcp__files__read_doc"], deny: ["mcp__files__update_doc"], defaultMode: "bogus" } }';

const traps: Record<string, Trap> = {
  'what stands in allowedTools is not asked about': {
    naive: '{ ...options, settings: {}, hooks: {}, allowedTools: ["mcp__files__read_doc", "mcp__files__update_doc"] }',
  },
  'settings of the project are read unless the options say otherwise': {
    prepare: ({ project, home }) => {
      const allow = ['mcp__files__read_doc', 'mcp__files__update_doc'];
      writeIn(project, '.claude/settings.json', { permissions: { allow } });
      writeIn(home, '.claude/settings.json', { permissions: { allow } });
    },
    naive: '{ ...options, settings: undefined, hooks: {}, settingSources: undefined }',
  },
  'one bad value drops all rules of the settings': {
    naive: `{ ...options, hooks: {}, settings: ${allowed}, canUseTool: async (_, input) => ({ behavior: "allow", updatedInput: input }) }`,
  },
};

const cameOf = async (trap: Pick<Play, 'prepare' | 'naive'>): Promise<string[]> => {
  const outcome = await playSdk({ made: desk, calls, ...trap });
  return outcome.calls.map(({ tool }) => tool);
};

test.each(Object.entries(traps))('%s', async (_, { naive, ...trap }) => {
  expect(await cameOf(trap), 'as generated').toEqual(['read_doc']);
  expect(await cameOf({ ...trap, naive }), 'without the guard').toEqual(['read_doc', 'update_doc']);
});

test('an approver is asked about what asks, and a yes lets it through', async () => {
  const yes = await playSdk({ made: desk, calls, approves: true });
  expect(yes.calls.map(({ tool }) => tool)).toEqual(['read_doc', 'update_doc']);
  expect(yes.asked).toEqual(['mcp__files__update_doc']);
});
