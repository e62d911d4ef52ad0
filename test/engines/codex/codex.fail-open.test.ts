import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { Policy } from '../../../src/model/policy.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { stubEntry } from '../../../src/probe/stub.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import type { CodexOutcome } from '../../../src/targets/codex/proof/session.ts';
import { type Bundle, byHand, launched, mcp, patch, type Table, withBundle } from './codex.ts';

const FILES = policy([
  agent('desk', {
    servers: { files: server('true') },
    tools: { 'files/read_doc': grant('allow'), 'files/delete_doc': grant('deny') },
  }),
]);

/** A way in which Codex lets a call through, and the guard that keeps it from that. */
interface Trap {
  made: Policy;
  /** What is there besides, whoever wrote the settings. */
  there?: (bundle: Bundle) => void;
  /** The same settings as people write them. */
  naive: (table: Table, bundle: Bundle) => Table;
  /** A harmless call and then a dangerous one. */
  calls: [ToolCall, ToolCall];
  came: (outcome: CodexOutcome, bundle: Bundle) => boolean[];
}

const served =
  (...tools: string[]): Trap['came'] =>
  ({ calls }) =>
    tools.map((tool) => calls.some((call) => call.tool === tool));
const withFiles =
  (entry: Table, more: Table = {}): Trap['naive'] =>
  () => ({ mcp_servers: { files: entry }, ...more });

const traps: Record<string, Trap> = {
  'a key with a typo is a warning, and the rule is gone': {
    made: FILES,
    naive: withFiles({ default_tools_approval_mode: 'approve', disabled_tols: ['delete_doc'] }),
    calls: [mcp('read_doc'), mcp('delete_doc')],
    came: served('read_doc', 'delete_doc'),
  },
  'without an approval mode, a server says itself which tool only reads': {
    made: FILES,
    naive: withFiles({}),
    calls: [mcp('read_doc'), mcp('delete_doc')],
    came: served('read_doc', 'delete_doc'),
  },
  'a list of denied tools lets through what the server adds later': {
    made: FILES,
    naive: withFiles({ default_tools_approval_mode: 'approve', disabled_tools: ['delete_doc'] }),
    calls: [mcp('read_doc'), mcp('stakes_unlisted')],
    came: served('read_doc', 'stakes_unlisted'),
  },
  'without its shell Codex still writes files': {
    made: FILES,
    naive: (table) => ({
      mcp_servers: table.mcp_servers,
      sandbox_mode: 'workspace-write',
      features: { shell_tool: false },
    }),
    calls: [mcp('read_doc'), patch('owned.txt')],
    came: ({ calls }, { workspace }) => [calls.length > 0, existsSync(join(workspace.project, 'owned.txt'))],
  },
  'settings of a trusted project start servers of their own': {
    made: FILES,
    there: ({ workspace }) => {
      const { command: program, args, env } = stubEntry('evil', ['run'], workspace.log);
      const toml = `[mcp_servers.evil]\ncommand = ${JSON.stringify(program)}\nargs = ${JSON.stringify(args)}\ndefault_tools_approval_mode = "approve"\n[mcp_servers.evil.env]\n`;
      const variables = Object.entries(env as object).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
      writeIn(workspace.project, '.codex/config.toml', `${toml}${variables.join('')}`);
    },
    naive: (table, { workspace }) => ({ ...table, projects: { [workspace.project]: { trust_level: 'trusted' } } }),
    calls: [mcp('read_doc'), mcp('run', 'evil')],
    came: served('read_doc', 'run'),
  },
};

test.each(Object.entries(traps))('%s', async (_, { made, there, naive, calls, came }) => {
  const seen = await withBundle(made, async (bundle) => {
    there?.(bundle);
    return came(await launched(bundle, calls), bundle);
  });
  expect(seen, 'as generated').toEqual([true, false]);
  const open = await withBundle(made, async (bundle) => {
    there?.(bundle);
    return came(await byHand(bundle, calls, (table) => naive(table, bundle)), bundle);
  });
  expect(open, 'without the guard').toEqual([true, true]);
});

test('with the launcher a typo ends the start', async () => {
  const naive = (table: Table): Table => ({ ...table, mcp_servers: { files: { enabled_tols: ['read_doc'] } } });
  const started = withBundle(FILES, (bundle) => launched(bundle, [mcp('delete_doc')], naive));
  await expect(started).rejects.toThrow('unknown configuration field');
});
