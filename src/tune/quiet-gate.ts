import type { TuneAnswers } from '../model/tune.ts';
import type { AgentView } from './define.ts';
import { answersOf, counted, grantsOf, onTheseTerms, periodWords } from './evidence.ts';
import type { TermsUse } from './observe/use.ts';
import { LEAST_DAYS, MOST_EXPIRED } from './thresholds.ts';

/** A gate at which nobody ever says no. */
export interface QuietGate {
  use: TermsUse;
  answers: TuneAnswers;
  isHighStakes: boolean;
  /** Questions on a day with any. */
  perDay: number;
}

/** Undefined: there is no gate, or what people said there does not show that it decides nothing. */
export function quietGate(view: AgentView, tool: string): QuietGate | undefined {
  const grants = grantsOf(view, tool);
  if (grants.length === 0 || !grants.every(({ decision }) => decision === 'ask')) return undefined;
  const use = onTheseTerms(view, tool);
  const { approved, denied, overturned, expired, days } = use;
  const asked = approved + denied + overturned + expired;
  if (approved < view.settings.minApprovals || denied > 0 || days.size < LEAST_DAYS) return undefined;
  if (expired > MOST_EXPIRED * asked) return undefined;
  const isHighStakes = grants.some(({ highStakes }) => highStakes.length > 0);
  return { use, answers: answersOf(use), isHighStakes, perDay: Math.round((asked / days.size) * 10) / 10 };
}

/** With no denial in n answers, at most about 3 in n would be one (95 %). */
export function gateWords({ use, answers }: QuietGate): string {
  const { approved, overturned, waitedSeconds } = answers;
  const twice = overturned > 0 ? ` (${counted(overturned, 'call')} denied first, and approved later)` : '';
  const waited = waitedSeconds === null ? '' : `, answered after ${waitedSeconds} s on average`;
  return `people approved it ${approved} times and never denied it${twice}, ${periodWords(use)}${waited}: at most about ${share(approved)} of such calls would be denied`;
}

const share = (approved: number): string => `${Math.round((300 / approved) * 10) / 10} %`;
