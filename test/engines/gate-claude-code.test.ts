import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JsonRecord } from '../../src/probe/json.ts';
import { createWorkspace } from '../../src/probe/workspace.ts';
import { runClaude } from '../../src/targets/claude-code/proof/session.ts';
import { beginGatePage, logIn, STAKES, stakes, waitingCall } from '../docs/gate-page.ts';
import { claudeBinary } from './claude.ts';

test('Claude Code on the page about the gate: a read runs, a refund waits for a person, a deletion is not there', async () => {
  const workspace = createWorkspace();
  onTestFinished(workspace.remove);
  const { place, calls } = await beginGatePage(workspace.root);
  const session = runClaude({
    binary: claudeBinary,
    programs: { stakes: STAKES },
    workspace: { ...workspace, project: place.folder },
    setup: { by: 'flags', mcpConfig: join(place.folder, '.mcp.json') },
    toolCalls: calls.map(({ tool, arguments: values }) => ({
      name: `mcp__${tool.replace('/', '__')}`,
      input: values as JsonRecord,
    })),
    // Its own permissions let everything of the server through: what stops a call here is the gate.
    args: ['--allowedTools', 'mcp__shop'],
    // All tools are offered at once.
    env: { ENABLE_TOOL_SEARCH: 'false' },
    limitMs: 120_000,
  });
  session.catch(() => undefined);
  const { id } = await waitingCall(place);
  expect(await stakes(place, ['approvals', 'approve', id, '--as', 'ada'])).toBe(`approved ${id}\n`);
  const { offered, toolResults } = await session;
  const shop = offered.filter((name) => name.startsWith('mcp__shop__'));
  expect(shop).toEqual(['mcp__shop__find_order', 'mcp__shop__refund_order']);
  const starts = [
    [false, 'find_order: done for 1234'],
    [true, '<tool_use_error>Error: No such tool available: mcp__shop__delete_order'],
    [true, '`shop/refund_order` is refused: `/amount` must be at most 200'],
    [false, 'refund_order: done for 1234'],
  ] as const;
  expect(toolResults).toHaveLength(starts.length);
  for (const [i, [isError, text]] of starts.entries())
    expect([toolResults[i]?.isError, toolResults[i]?.text.slice(0, text.length)]).toEqual([isError, text]);
  const said = await stakes(place, ['audit', 'verify', logIn(place)]);
  expect(said).toContain('INTACT');
  expect(said).toContain('3 calls and 2 outcomes');
});
