import type { Clue, Reason } from '../../model/scan.ts';
import type { Deed } from '../signals/deed.ts';

/** What was found out of effect and reversibility, before the other facts. */
export interface Judged {
  effect: 'read' | 'write' | 'unknown';
  reversible: boolean | null | 'unknown';
  clue: Clue;
  finalClue: Clue;
  because: Reason[];
  /** The deeds that decided. */
  deeds: readonly Deed[];
}

const SAYS = { name: 'the name says', schema: 'an argument offers', description: 'the description says' } as const;
export const how = ({ clue, verb }: Deed) =>
  `${SAYS[clue === 'schema' || clue === 'name' ? clue : 'description']} \`${verb}\``;

export const reason = (fact: 'effect' | 'reversible', why: string): Reason => ({ fact, why });

export const read = (deeds: readonly Deed[], clue: Clue, why: string): Judged => ({
  effect: 'read',
  reversible: null,
  clue,
  finalClue: clue,
  because: [reason('effect', why)],
  deeds,
});
