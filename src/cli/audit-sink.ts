import { resolve } from 'node:path';
import { ExportFault, type Sink } from '../audit/export/define.ts';
import { newFile, textFile } from '../audit/export/file.ts';
import { isLoopback } from '../gate/http/address.ts';
import { formats } from '../report/audit-export/formats.generated.ts';
import { plainPaint } from '../report/context.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { textOf } from './options.ts';
import { VERSION } from './version.generated.ts';

/** Where the records of an export go. Throws `ExportFault`. */
export async function sinkFor(options: Invocation['options'], io: Io): Promise<Sink> {
  const name = String(options.format);
  const output = textOf(options.output);
  const endpoint = textOf(options.endpoint);
  if (name !== 'otlp' && endpoint !== undefined) throw new ExportFault('`--endpoint` is for `-f otlp`');
  if (name === 'otlp') {
    if (output !== undefined) throw new ExportFault('`-f otlp` goes to a collector, and not into a file');
    const { otlpEndpoint } = await import('../audit/export/otlp-endpoint.ts');
    const { otlpSink } = await import('../audit/export/otlp.ts');
    return otlpSink(otlpEndpoint(io.env, endpoint, isLoopback), VERSION);
  }
  const file = () => newFile(resolve(io.cwd, output ?? ''), output ?? '', options.force === true);
  if (name === 'parquet') {
    if (output === undefined) throw new ExportFault('Parquet is no text', 'name a file: `-o records.parquet`');
    const { parquetFile } = await import('../audit/export/parquet.ts');
    return parquetFile(file());
  }
  const { format } = await formats[name as keyof typeof formats]();
  const context = { paint: plainPaint, columns: io.columns, texts: new Map() };
  if (output !== undefined) return textFile(file(), format.open(context), (row) => format.row(row, context, 0));
  io.out(format.open(context));
  return {
    put: async (rows) => {
      if (rows.length > 0) io.out(rows.map((row) => format.row(row, context, 0)).join(''));
    },
    close: async () => undefined,
    drop: () => undefined,
  };
}
