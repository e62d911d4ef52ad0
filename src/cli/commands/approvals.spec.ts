import { names } from '../../report/approvals/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'approvals',
  summary: 'calls that wait for a person: see their arguments, approve or deny them',
  arguments: [
    {
      flags: '[action]',
      description: 'what to do with one of them (default: list them, and ask on a terminal)',
      choices: ['approve', 'deny'],
    },
    { flags: '[id]', description: 'which one, as the list names it', completes: { words: [] } },
  ],
  options: [
    formatFlag(names),
    { flags: '--reason <text>', description: 'for the record, and where denied for the model' },
    {
      flags: '--state <url>',
      description: 'those of gates elsewhere, too, which share this Redis (or `STAKES_STATE`)',
    },
    { flags: '--as <name>', description: 'who answers (default: the user of this account)' },
  ],
  examples: [
    { line: 'stakes approvals', does: 'what waits; on a terminal, one after the other' },
    { line: 'stakes approvals approve k3v9qa', does: 'this very call, once' },
    { line: 'stakes approvals --state rediss://redis.internal:6380', does: 'those of gates on other machines, too' },
    { line: 'stakes approvals deny k3v9qa --reason "twice the price"', does: 'the model is told why' },
  ],
  notes: ['An answer is for one call with the arguments that are shown, and runs it once.'],
};
