import { names } from '../../../report/audit-export/names.generated.ts';
import { LOGS_ARGUMENT, SINCE_FLAGS, VERIFY_FLAGS } from '../../audit-flags.ts';
import type { CommandSpec } from '../../command.ts';

export const spec: CommandSpec = {
  name: 'audit export',
  summary: 'records for the warehouse that is already there: newline JSON, CSV, Parquet, or OTLP to a collector',
  arguments: [LOGS_ARGUMENT],
  options: [
    {
      flags: '-f, --format <name>',
      description: 'how to write the records',
      choices: [...names, 'otlp', 'parquet'],
      default: 'ndjson',
    },
    {
      flags: '-o, --output <file>',
      description: 'where to write them (default: standard output)',
      completes: { files: 'any' },
    },
    { flags: '--force', description: 'write over a file that is there' },
    ...SINCE_FLAGS,
    { flags: '--after <seq>', description: 'only records of one log after this one' },
    {
      flags: '--resume <file>',
      description: 'go on where the last export stopped: the file says where, for each log, and is kept up to date',
      completes: { files: 'any' },
    },
    { flags: '--endpoint <url>', description: 'of the collector (default: as OTEL_EXPORTER_OTLP_* say, or localhost)' },
    ...VERIFY_FLAGS,
  ],
  examples: [
    { line: 'stakes audit export -f parquet -o q3.parquet --since 90d', does: 'a quarter, for DuckDB and its like' },
    { line: 'stakes audit export -f ndjson -o day.ndjson --resume marks.json', does: 'what is new since yesterday' },
    { line: 'stakes audit export -f otlp --endpoint https://otel.example.com/v1/logs', does: 'to a collector' },
  ],
  notes: ['One row is one record; `intent` of an outcome is the `seq` of its call, in the same log.'],
};
