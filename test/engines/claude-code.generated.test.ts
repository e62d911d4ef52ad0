import { expect, test } from 'vitest';
import { asRecord, parseJson } from '../../src/probe/json.ts';
import { refusalOf } from '../../src/targets/claude-code/hook/answer.ts';
import type { Permissions } from '../../src/targets/claude-code/permissions.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import { byRules, nameOf } from './claude-rules.ts';
import { type Ask, compare } from './generated-policies.ts';
import { written } from './written.ts';

/** The generated hook in this very process, and the rules of the launcher behind it. */
const ask: Ask = (made, files, questions) => {
  const { folder, machine } = written('claude-code', made, files);
  const read = (path: string) => files.find((file) => file.path === path)?.content ?? '';
  const permissions = asRecord(parseJson(read('launcher-settings.json'))).permissions as unknown as Permissions & {
    defaultMode: string;
  };
  const builtIns = (/--tools '([^']*)'/.exec(read('launch.sh'))?.[1] ?? '').split(',');
  const rules = { permissions, builtIns, asksRest: permissions.defaultMode !== 'dontAsk' };
  return questions.map(({ tool, arguments: tool_input }) => {
    const tool_name = nameOf(tool);
    const text = JSON.stringify({ hook_event_name: 'PreToolUse', session_id: 's', tool_name, tool_input });
    const reason = refusalOf(text, { way: 'launcher', folder, machine, time: Date.now() });
    return reason === undefined ? byRules(rules, tool_name) : 'refused';
  });
};

test('ten thousand calls of generated policies get the same verdict, or a loss says why', async () => {
  const { decisions, verdicts } = await compare({ target, ask, takes: ({ agent }) => agent === 'root' });
  expect(decisions).toBeGreaterThanOrEqual(10_000);
  expect(verdicts.looser).toBe(0);
});
