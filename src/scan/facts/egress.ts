import type { Egress } from '../../model/vocabulary.ts';
import type { Clues } from '../clues.ts';
import type { Power } from './arbitrary.ts';
import { byAddress } from './egress/address.ts';
import { fieldOf, open } from './egress/fields.ts';
import { byPage, byRepository, byStore } from './egress/place.ts';
import { byRecipient } from './egress/recipient.ts';
import type { Judged } from './judged.ts';
import type { Answer } from './sensitive.ts';

/** Whether an argument can carry data to a place that the caller picks. */
export function egressOf(clues: Clues, judged: Judged, power: Power | undefined): Answer<Egress | 'unknown'> {
  if (
    power &&
    (power.what === 'shell' || power.what === 'code' || power.what === 'payload') &&
    judged.effect === 'write'
  )
    return { value: 'open', clue: power.clue, why: `what is run can contact any place: ${power.why}` };
  if (power?.what === 'request') {
    const address = fieldOf(clues, /^(?:(?:\w+_)?url|uri|(?:\w+_)?host(?:name)?)$/, 0);
    if (address) return open(`\`${address.name}\` is contacted, and the caller picks it`);
  }
  const found =
    byAddress(clues, judged) ??
    byRecipient(clues, judged) ??
    byRepository(clues, judged) ??
    byStore(clues, judged) ??
    byPage(clues, judged);
  if (found) return found;
  if (judged.effect === 'unknown') return { value: 'unknown', clue: 'default', why: 'what it does is not known' };
  return { value: 'none', clue: 'schema', why: 'no argument names a place for data to go' };
}
