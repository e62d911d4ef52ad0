import type { CallRow, ReadSummary } from '../../model/audit-query.ts';
import type { Paint } from '../context.ts';
import type { RowsFormat } from '../rows.ts';
import { shown } from '../shown.ts';
import { about, count, prose } from '../words.ts';
import { wrap } from '../wrap.ts';

const TIME = 21;
const DECISION = 7;
const OUTCOME = 11;
const MOST_NAME = 100;

const STYLES: Record<string, keyof Paint> = {
  allow: 'good',
  deny: 'warn',
  ok: 'good',
  error: 'warn',
  lost: 'bad',
  none: 'bad',
};

const styled = (text: string, width: number) => {
  const style = STYLES[text];
  return { text: text.padEnd(width), ...(style ? { style } : {}) };
};

/** Two lines a call: when, what was decided, what became of it and which tool; then who, why and what it cost. */
export const format: RowsFormat<CallRow, ReadSummary> = {
  open: () => '',
  row(row, context, index) {
    const head = `${'time (UTC)'.padEnd(TIME)}${'said'.padEnd(DECISION)}${'became'.padEnd(OUTCOME)}call`;
    const first = [
      row.time.slice(0, 19).replace('T', ' ').padEnd(TIME),
      styled(row.decision, DECISION),
      styled(row.outcome ?? 'none', OUTCOME),
    ];
    const rest = [' '.repeat(TIME)];
    return `${[
      ...(index === 0 ? [context.paint.dim(head)] : []),
      ...wrap([{ text: shown(row.tool, MOST_NAME), style: 'strong' }], { ...context, first, rest }),
      ...wrap([{ text: prose(detailsOf(row)), style: 'dim' }], { ...context, first: rest, rest }),
    ].join('\n')}\n`;
  },
  close({ found, shown: some }) {
    if (found === 0) return 'no call fits\n';
    const more = found > some ? `the latest ${some} of ${count(found, 'call')}; \`--limit\` shows more` : '';
    return `\n${more || count(found, 'call')}\n`;
  },
};

function detailsOf(row: CallRow): string {
  const { agent, decision, rule, mode, approval, settledUsd, fields, seq } = row;
  const usd = settledUsd ?? 0;
  const seen = Object.entries(fields).map(([pointer, value]) => `${shown(pointer, 60)} ${shown(String(value), 60)}`);
  return [
    shown(agent, MOST_NAME),
    ...(decision === 'deny' ? [`${shown(rule, 60)}: ${shown(row.reason, 300)}`] : []),
    ...(mode === 'shadow' && decision !== 'allow' ? ['shadow, so nothing was stopped'] : []),
    ...(approval === null ? [] : [answerOf(approval)]),
    ...(usd > 0 ? [`$${about(usd * 100) === '0' ? usd : Math.round(usd * 100) / 100}`] : []),
    ...seen,
    `#${seq}`,
  ].join(' · ');
}

function answerOf({ answer, by, waitedSeconds, reason }: NonNullable<CallRow['approval']>): string {
  const after = `after ${about(waitedSeconds)} s`;
  const why = reason === null ? '' : `: ${shown(reason, 200)}`;
  return answer === 'expired' ? `nobody answered ${after}` : `${answer} by ${shown(by ?? 'nobody', 80)} ${after}${why}`;
}
