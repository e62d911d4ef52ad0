import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { asRecord, type JsonRecord } from '../../../src/probe/json.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import type { Rule } from '../../../src/targets/gemini/rights.ts';
import { byHand, launched, mcp, withBundle } from './gemini.ts';

const FILES = policy([
  agent('desk', {
    servers: { files: server('true') },
    tools: {
      'files/read_doc': grant('allow'),
      'files/pay': grant('allow', {
        arguments: {
          type: 'object',
          properties: { amount: { type: 'integer', maximum: 5 }, note: {} },
          required: ['amount'],
        },
      }),
      'files/update_doc': grant('ask'),
      'files/delete_doc': grant('deny'),
    },
    approvals: { approvers: [], channel: 'inbox', expiresSeconds: 900, singleUse: true, boundToArguments: true },
  }),
]);

/** A way in which Gemini CLI lets a call through, and the guard that keeps it from that. */
interface Trap {
  /** Rules as people write them. */
  naive: (rules: Rule[]) => unknown[];
  settings?: (settings: JsonRecord) => JsonRecord;
  args?: readonly string[];
  /** A harmless call and then a dangerous one. */
  calls: [ToolCall, ToolCall];
}

const allow = (toolName: string, more: Partial<Rule> = {}) => ({
  mcpName: 'files',
  toolName,
  decision: 'allow',
  priority: 100,
  ...more,
});
const trusted = (settings: JsonRecord): JsonRecord => {
  const servers = asRecord(settings.mcpServers);
  return { mcpServers: { files: { ...asRecord(servers.files), trust: true } } };
};

const traps: Record<string, Trap> = {
  'over one bad value the whole file is dropped, and the session goes on': {
    naive: () => [
      { mcpName: 'files', toolName: 'delete_doc', decision: 'deny', priority: 900 },
      { mcpName: 'files', toolName: 'update_doc', decision: 'ask', priority: 100 },
    ],
    settings: trusted,
    calls: [mcp('read_doc'), mcp('delete_doc')],
  },
  'a pattern for one argument is found inside of another one': {
    naive: () => [allow('read_doc'), allow('pay', { argsPattern: '"amount":[0-5]' })],
    calls: [mcp('read_doc'), mcp('pay', { amount: 9000, note: { amount: 5 } })],
  },
  'a pattern without a boundary takes the first digits of a larger number': {
    naive: () => [allow('read_doc'), allow('pay', { argsPattern: '\\0"amount":[0-5]' })],
    calls: [mcp('read_doc'), mcp('pay', { amount: 5000 })],
  },
  'a rule with a repeated group is dropped alone, and what it denied is open': {
    naive: () => [
      allow('*', { priority: 10 }),
      { mcpName: 'files', toolName: 'pay', decision: 'deny', priority: 900, argsPattern: '"amount":([0-9]+)+0' },
    ],
    calls: [mcp('read_doc'), mcp('pay', { amount: 9000 })],
  },
  'what no rule denies is open under an option that allows all': {
    naive: () => [allow('read_doc')],
    args: ['--yolo'],
    calls: [mcp('read_doc'), mcp('delete_doc')],
  },
};

const ran = (calls: readonly { tool: string }[], wanted: readonly ToolCall[]): boolean[] =>
  wanted.map(({ name }) => calls.some(({ tool }) => `mcp_files_${tool}` === name));

test.each(Object.entries(traps))('%s', async (_, { naive, settings, args, calls }) => {
  const closed = await withBundle(FILES, async (bundle) => ran((await launched(bundle, calls)).calls, calls));
  expect(closed, 'as generated').toEqual([true, false]);
  const open = await withBundle(FILES, async (bundle) => {
    const changed = settings?.(bundle.settings) ?? {};
    const security = { auth: { selectedType: 'gemini-api-key' } };
    const more = { settings: { security, ...changed }, args: args ?? [] };
    return ran((await byHand(bundle, calls, naive, more)).calls, calls);
  });
  expect(open, 'without the guard').toEqual([true, true]);
});

test('settings of a project, which count over those of a user, keep the launcher from starting', async () => {
  const started = withBundle(FILES, (bundle) => {
    writeIn(bundle.workspace.project, '.gemini/settings.json', { mcpServers: {} });
    return launched(bundle, [mcp('read_doc')]);
  });
  await expect(started).rejects.toThrow('.gemini/settings.json of the project');
});
