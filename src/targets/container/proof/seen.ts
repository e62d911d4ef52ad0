import type { Loss } from '../../../model/policy.ts';
import type { Probe } from '../../../model/proof.ts';
import { judged } from '../../judge.ts';
import type { Box } from '../boxes.ts';
import type { Attempt } from './attempts.ts';

/** What one sandbox showed: what was printed inside, and the hosts whose stand-in was reached. */
export interface Shown {
  said: string;
  reached: readonly string[];
}

/** `owned`: what the target owns up to letting through, by the attempt that shows it. */
export function seenIn(
  box: Box,
  attempts: readonly Attempt[],
  shown: Shown,
  losses: readonly Loss[],
  owned: Readonly<Record<string, string>> = {},
): Probe[] {
  return attempts.map(({ attempt, expected, came }) => {
    const observed = came(shown.said, shown.reached) ? 'ran' : 'refused';
    const by = observed === 'ran' ? 'the sandbox lets it through' : 'the sandbox';
    const loss = expected === 'runs' ? stricterLoss(box, losses) : owned[attempt];
    return judged({ agent: box.agent, tool: box.process, attempt, expected, observed, by, loss });
  });
}

function stricterLoss({ agent, process }: Box, losses: readonly Loss[]): string | undefined {
  const own = losses.find(
    (loss) =>
      loss.agent === agent &&
      loss.message.startsWith('stricter: ') &&
      loss.message.includes(process) &&
      ['egress', 'filesystem'].includes(loss.what),
  );
  return own?.message;
}
