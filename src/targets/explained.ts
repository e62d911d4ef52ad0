import type { Loss } from '../model/policy.ts';
import type { Expectation, Observation, Probe } from '../model/proof.ts';

type Tried = Pick<Probe, 'agent' | 'tool' | 'attempt' | 'expected'>;

const RANK: Record<Observation | Expectation, number> = { runs: 0, ran: 0, asks: 1, asked: 1, refused: 2, untried: 3 };

/** How losses begin that hold back more than the policy does. */
const NARROWS = /^(?:in `[^:]+: )?(?:stricter\b|denied\b|asks too\b|every call asks\b)/;

/** Does the target hold back more than the policy there, and not less? */
export const isNarrower = ({ message }: Loss): boolean => NARROWS.test(message);

/**
 * The loss that explains what was seen of one call: of this very tool, in its own direction, and of the very thing that
 * was tried. That arguments are not checked is no reason for a call with right ones to run unasked.
 */
export function lossOf(losses: readonly Loss[], tried: Tried, observed: Observation): string | undefined {
  const own = losses.filter(({ agent, tool }) => agent === tried.agent && tool === tried.tool);
  const narrows = own.find(isNarrower);
  if (RANK[observed] > RANK[tried.expected]) return (narrows ?? own[0])?.message;
  const isOfArguments = tried.attempt.startsWith('with `');
  const widens = own.find((loss) => (loss.what === 'arguments') === isOfArguments && !isNarrower(loss));
  return widens?.message;
}
