import { names } from '../../../report/audit-query/names.generated.ts';
import { FILTER_FLAGS, LOGS_ARGUMENT, VERIFY_FLAGS } from '../../audit-flags.ts';
import type { CommandSpec } from '../../command.ts';
import { formatFlag } from '../../options.ts';

export const spec: CommandSpec = {
  name: 'audit query',
  summary: 'which calls were there? by agent, tool, decision, time, approver; each with what became of it',
  arguments: [LOGS_ARGUMENT],
  options: [
    formatFlag(names),
    ...FILTER_FLAGS,
    { flags: '--limit <n>', description: 'the latest n calls only (default: 100 on a terminal or as text, else all)' },
    ...VERIFY_FLAGS,
  ],
  examples: [
    { line: 'stakes audit query --since 24h --decision deny', does: 'what was refused since yesterday' },
    { line: "stakes audit query --tool 'stripe/*' --approver ann", does: 'what Ann said yes or no to' },
    { line: 'stakes audit query log --since 2026-07-01 -f csv > q3.csv', does: 'for a spreadsheet' },
  ],
  notes: ['Without --verify nothing says that the records are as they were written; with it, each line is checked.'],
};
