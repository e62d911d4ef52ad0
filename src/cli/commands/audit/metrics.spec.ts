import { names } from '../../../report/audit-metrics/names.generated.ts';
import { PERIOD_FLAGS } from '../../audit-period.ts';
import type { CommandSpec } from '../../command.ts';
import { formatFlag } from '../../options.ts';

export const spec: CommandSpec = {
  name: 'audit metrics',
  summary: 'how often calls are out of scope, how long answers from the records take, and what review costs, by week',
  arguments: [
    {
      flags: '[paths...]',
      description: 'files of records, folders of logs (default: all logs of this machine)',
      completes: { files: 'any' },
    },
  ],
  options: [formatFlag(names), ...PERIOD_FLAGS],
  examples: [
    { line: 'stakes audit metrics', does: 'the last 90 days of this machine' },
    { line: 'stakes audit metrics --since 2026-07-01 --until 2026-09-30', does: 'a quarter' },
    { line: 'stakes audit metrics -f prometheus > stakes.prom', does: "for a node exporter's text files" },
  ],
  notes: ['What is counted is what the records say: `stakes audit verify` says whether they are as they were written.'],
};
