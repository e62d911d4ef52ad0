import type { Expectation, Observation, Probe } from '../model/proof.ts';

/** A probe before its verdict. `loss` is what the target's report says of this very thing; undefined: nothing. */
export interface Seen extends Omit<Probe, 'verdict' | 'because'> {
  loss?: string | undefined;
}

const RANK: Record<Exclude<Observation, 'untried'>, number> = { ran: 0, asked: 1, refused: 2 };
const WANTED: Record<Expectation, Exclude<Observation, 'untried'>> = { runs: 'ran', asks: 'asked', refused: 'refused' };

/** A difference that no loss explains is a mismatch, in both directions: a file that is ignored can look strict. */
export function judged({ loss, ...seen }: Seen): Probe {
  const { expected, observed } = seen;
  if (observed === 'untried') return { ...seen, verdict: 'mismatch', because: '' };
  const wanted = WANTED[expected];
  if (observed === wanted) return { ...seen, verdict: 'holds', because: '' };
  // Nobody can be asked in a session without a person, so a refusal of what must not run at all may look like a question.
  if (wanted === 'refused' && observed === 'asked') return { ...seen, verdict: 'holds', because: '' };
  if (loss === undefined) return { ...seen, verdict: 'mismatch', because: '' };
  return { ...seen, verdict: RANK[observed] > RANK[wanted] ? 'stricter' : 'looser', because: loss };
}
