import { names } from '../../../report/audit-report/names.generated.ts';
import { LOGS_ARGUMENT, SINCE_FLAGS, VERIFY_FLAGS } from '../../audit-flags.ts';
import type { CommandSpec } from '../../command.ts';
import { formatFlag } from '../../options.ts';

export const spec: CommandSpec = {
  name: 'audit report',
  summary: 'what agents did, on one page: calls, high-stakes calls, who approved, denials, spend, quiet tools',
  arguments: [LOGS_ARGUMENT],
  options: [
    formatFlag(names),
    ...SINCE_FLAGS,
    { flags: '--agent <id>', description: 'of this agent (repeatable)', repeats: true },
    {
      flags: '--policy <file>',
      description: 'a policy that decided (repeatable; default: those in .stakes/)',
      completes: { files: 'any' },
      repeats: true,
    },
    ...VERIFY_FLAGS,
  ],
  examples: [
    { line: 'stakes audit report --since 90d --verify', does: 'what they did last quarter' },
    { line: 'stakes audit report --agent refund-desk -f markdown', does: 'one agent, for a page' },
  ],
  notes: ['Which calls are high-stakes, and which tools are quiet, is in the policies, not in the records.'],
};
