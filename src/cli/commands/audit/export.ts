import { resolve } from 'node:path';
import { ExportFault, type Sink } from '../../../audit/export/define.ts';
import { type Marks, readMarks, writeMarks } from '../../../audit/export/marks.ts';
import { coverFields, rowOf } from '../../../audit/export/row.ts';
import { readRecords } from '../../../audit/query/records.ts';
import type { ExportRow } from '../../../model/audit-export.ts';
import { plainPaint } from '../../../report/context.ts';
import { renderProblems } from '../../../report/problems.ts';
import { shown } from '../../../report/shown.ts';
import { asked } from '../../audit-asked.ts';
import { filterOf } from '../../audit-options.ts';
import { logsFor } from '../../audit-places.ts';
import { codeOf, readLogs, tellOf, written } from '../../audit-reading.ts';
import { sinkFor } from '../../audit-sink.ts';
import type { Run } from '../../command.ts';
import { EXIT } from '../../exit.ts';
import { listOf, textOf } from '../../options.ts';

/** `stakes audit export [paths…]`. */
export const run: Run = asked('export', async ({ arguments: paths, options }, io) => {
  const wrong = (message: string, help?: string) => {
    io.err(`error: ${message}\n${help === undefined ? '' : `  help: ${help}\n`}`);
    return EXIT.usage;
  };
  const filter = filterOf(options, Date.now());
  if (typeof filter === 'string') return wrong(filter);
  const after = textOf(options.after);
  if (after !== undefined && !/^\d{1,15}$/.test(after)) return wrong('`--after` takes the number of a record');
  const resume = textOf(options.resume);
  if (resume !== undefined && after !== undefined) return wrong('`--after` and `--resume` say the same twice');
  const { logs, errors, where } = logsFor(paths, io);
  if (after !== undefined && logs.length > 1)
    return wrong(`\`--after\` is for one log, and there are ${logs.length}`, '`--resume <file>` is for many');
  const marks = resume === undefined ? undefined : readMarks(resolve(io.cwd, resume), resume);
  if (marks !== undefined && marks.state !== 'ok') {
    io.err(renderProblems(marks.problems, { paint: plainPaint, columns: io.columns, texts: new Map() }));
    return EXIT.usage;
  }
  const from: Marks = marks?.value ?? new Map();
  const reached: Marks = new Map(from);
  let rows: ExportRow[] = [];
  let exported = 0;
  let sink: Sink | undefined;
  try {
    const to = await sinkFor(options, io);
    sink = to;
    const keys = listOf(options.key);
    const checks = { verify: options.verify === true || keys.length > 0, keys };
    const put = async () => {
      const ready = rows;
      rows = [];
      coverFields(ready);
      await to.put(ready);
      await written(io);
    };
    const read = await readLogs(
      logs,
      checks,
      (log, reading) =>
        readRecords(log, reading, (found, origin) => {
          if (found.kind === 'other' || found.seq <= (from.get(origin) ?? Number(after ?? -1))) return;
          if (filter.since !== undefined && found.time < filter.since) return;
          if (filter.until !== undefined && found.time >= filter.until) return;
          rows.push(rowOf(found, origin));
          exported++;
          reached.set(origin, Math.max(found.seq, reached.get(origin) ?? 0));
        }),
      io,
      put,
    );
    read.errors.unshift(...errors);
    await to.close();
    io.err(`${exported} records exported\n`);
    // What is broken or could not be read is asked for again next time.
    const isWhole = read.errors.length === 0 && read.logs.every(({ verdict }) => verdict !== 'broken');
    if (resume !== undefined && isWhole) writeMarks(resolve(io.cwd, resume), reached);
    else if (resume !== undefined) io.err(`\`${resume}\` stays as it was: the next export begins where this one did\n`);
    for (const [origin, seq] of resume === undefined && logs.length === 1 ? reached : [])
      io.err(`\`--after ${seq}\` goes on from here in ${shown(origin, 200)}\n`);
    tellOf(read, io, where);
    return codeOf(read);
  } catch (error) {
    sink?.drop();
    if (error instanceof ExportFault) return wrong(error.message, error.help);
    const code = (error as NodeJS.ErrnoException).code;
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return wrong(`the records cannot be written (${code})`);
    throw error;
  }
});
