import type { AgentSummary, ApproverTally, AuditSummaryReport, ToolTally } from '../model/audit-summary.ts';
import { shown } from './shown.ts';
import { about, count } from './words.ts';

export const MOST_LISTED = 15;
const DECIDED = { allow: 'let through', ask: 'asked', deny: 'refused' } as const;

/** Numbers with what they count, without those that are zero. */
const counted = (pairs: readonly (readonly [number, string])[]) =>
  pairs
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');

export const decidedWords = (decisions: AgentSummary['decisions']) =>
  counted((['allow', 'ask', 'deny'] as const).map((each) => [decisions[each], DECIDED[each]]));

export const outcomeWords = (outcomes: AgentSummary['outcomes']) =>
  counted(Object.entries(outcomes).map(([what, number]) => [number, what === 'none' ? 'without an outcome' : what]));

export const usdWords = (usd: number) => `$${(Math.round(usd * 100) / 100).toFixed(2)}`;

export function headWords({ calls, sessions, first, last }: AgentSummary): string {
  if (first === null || last === null) return 'no call';
  return `${count(calls, 'call')} in ${count(sessions, 'session')}, ${first.slice(0, 10)} to ${last.slice(0, 10)}`;
}

/** `high-stakes`, `not`, or that nobody knows: unknown is never low. */
export const stakesWord = ({ highStakes }: Pick<ToolTally, 'highStakes'>) =>
  highStakes === null ? 'unknown' : highStakes ? 'high-stakes' : '';

export function highStakesWords({ calls, unknown }: AgentSummary['highStakes']): string {
  const left = unknown === 0 ? '' : `; of ${count(unknown, 'call')} no policy that was given says (\`--policy\`)`;
  return `${count(calls, 'call')}${left}`;
}

export function answerWords({ by, approved, denied, expired, waitedMean, waitedLongest }: ApproverTally): string {
  const waited = `after ${about(waitedMean)} s, the longest ${about(waitedLongest)} s`;
  if (by === null) return `nobody answered ${count(approved + denied + expired, 'call')} ${waited}`;
  return `${shown(by, 80)}: ${counted([
    [approved, 'approved'],
    [denied, 'denied'],
    [expired, 'too late'],
  ])}, ${waited}`;
}

export function periodWords({ since, until }: AuditSummaryReport): string {
  const from = since === null ? 'the first record' : `${since.slice(0, 16).replace('T', ' ')}`;
  const to = until === null ? 'the last record' : `${until.slice(0, 16).replace('T', ' ')}`;
  return `from ${from} to ${to} (UTC)`;
}

export const verdictWords = (verdict: string) => verdict.replace('not-verified', 'not verified');
