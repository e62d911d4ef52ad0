import type { Question } from './question.ts';
import { concern, environment, from, id, initiation, tools } from './questions/agent.ts';
import { files, limits, sandbox, spend, volume } from './questions/bounds.ts';
import { approvers, data, live, review, untrusted } from './questions/people.ts';
import { keepsIn, lowImpact, onlyRead, runsAnything, undoable } from './questions/tools.ts';

/**
 * Of the whole questionnaire, in the order in which questions stand that narrow the interval alike. Those up to `tools`
 * say what there is to ask about.
 */
export const questions: readonly Question[] = [
  concern,
  from,
  id,
  tools,
  runsAnything,
  onlyRead,
  undoable,
  lowImpact,
  data,
  untrusted,
  keepsIn,
  review,
  live,
  environment,
  initiation,
  files,
  volume,
  approvers,
  limits,
  spend,
  sandbox,
];

/** Those that say which agent it is and which tools it has: the others are about that. */
export const SHAPING: ReadonlySet<string> = new Set([from.id, id.id, tools.id]);
