import { readCalls } from '../../../audit/query/calls.ts';
import { fits, wanted } from '../../../audit/query/filter.ts';
import { latest } from '../../../audit/query/latest.ts';
import type { CallRow } from '../../../model/audit-query.ts';
import { formats } from '../../../report/audit-query/formats.generated.ts';
import { asked } from '../../audit-asked.ts';
import { filterOf } from '../../audit-options.ts';
import { logsFor } from '../../audit-places.ts';
import { codeOf, readLogs, tellOf } from '../../audit-reading.ts';
import { paintFor } from '../../color.ts';
import type { Run } from '../../command.ts';
import { EXIT } from '../../exit.ts';
import { listOf, textOf } from '../../options.ts';

const MOST_KEPT = 100_000;
const AS_TEXT = 100;
/** Characters that are gathered before they are written. */
const ENOUGH = 64 * 1024;

/** `stakes audit query [paths…]`. */
export const run: Run = asked('query', async ({ arguments: paths, options }, io) => {
  const filter = filterOf(options, Date.now());
  const limit = textOf(options.limit) ?? (options.format === 'human' ? String(AS_TEXT) : undefined);
  const most = limit === undefined ? undefined : Number(limit);
  const wrong =
    typeof filter === 'string'
      ? filter
      : most !== undefined && (!/^[1-9]\d{0,5}$/.test(limit ?? '') || most > MOST_KEPT)
        ? `\`--limit\` takes a number from 1 to ${MOST_KEPT}`
        : undefined;
  if (typeof filter === 'string' || wrong !== undefined) {
    io.err(`error: ${wrong}\n`);
    return EXIT.usage;
  }
  const { format } = await formats[options.format as keyof typeof formats]();
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() };
  let text = format.open(context);
  let shown = 0;
  const put = (row: CallRow) => {
    text += format.row(row, context, shown++);
    if (text.length < ENOUGH) return;
    io.out(text);
    text = '';
  };
  const isFit = fits(filter);
  const kept = most === undefined ? undefined : latest(most);
  let found = 0;
  const { logs, errors, where } = logsFor(paths, io);
  const keys = listOf(options.key);
  const checks = { verify: options.verify === true || keys.length > 0, keys };
  const take = (row: CallRow) => {
    if (!isFit(row)) return;
    found++;
    if (kept) kept.add(row);
    else put(row);
  };
  const read = await readLogs(
    logs,
    checks,
    (log, reading) => readCalls(log, { wants: wanted(filter), take, ...reading }),
    io,
  );
  read.errors.unshift(...errors);
  for (const row of kept?.rows() ?? []) put(row);
  if (read.logs.length > 0 || options.format !== 'human') text += format.close({ ...read, found, shown }, context);
  if (text !== '') io.out(text);
  tellOf(read, io, where);
  return codeOf(read);
});
