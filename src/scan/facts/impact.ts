import type { Impact } from '../../model/vocabulary.ts';
import type { Clues } from '../clues.ts';
import { KEY_KINDS, MONEY, PERMISSION, SECRET } from '../nouns/lasting.ts';
import type { Power } from './arbitrary.ts';
import type { Judged } from './judged.ts';
import type { Answer } from './sensitive.ts';

/** Things that many people or much work depend on. */
const LARGE: ReadonlySet<string> = new Set(
  `database table project repository repo account organization organisation org workspace bucket cluster namespace
  server instance vm volume disk domain dns zone environment app application site store branch tenant vpc network
  certificate backup collection index production prod team everything lock door garage alarm oven heater`.split(/\s+/),
);

/** Whether a single wrong call is an incident by itself. */
export function impactOf(
  clues: Clues,
  { effect, reversible, deeds }: Judged,
  power: Power | undefined,
): Answer<Impact | 'unknown'> {
  if (effect === 'read') return { value: 'low', clue: 'name', why: 'nothing is changed' };
  if (effect === 'unknown') return { value: 'unknown', clue: 'default', why: 'what it does is not known' };
  if (power) return { value: 'high', clue: power.clue, why: power.why };
  for (const deed of deeds) {
    const { objects } = deed;
    const weighty = objects.find(
      (word, at) =>
        MONEY.has(word) ||
        PERMISSION.has(word) ||
        SECRET.has(word) ||
        (KEY_KINDS.has(word) && objects[at + 1] === 'key'),
    );
    if (deed.kind === 'spending' || deed.kind === 'granting' || deed.kind === 'releasing')
      return reversible === true
        ? { value: 'low', clue: deed.clue, why: 'it can be taken back' }
        : { value: 'high', clue: deed.clue, why: `\`${deed.verb}\` touches money, rights or what is live` };
    if (weighty && reversible !== true)
      return { value: 'high', clue: deed.clue, why: `\`${weighty}\` is money, a right or a credential` };
    const large = objects.find((word) => LARGE.has(word));
    const stops =
      /^(?:stop|restart|reboot|disable|deactivate|suspend|scale|unlock|pause|block|lock|drain|cordon|close)$/.test(
        deed.verb,
      );
    if (large && (reversible !== true || stops) && deed.kind !== 'looking')
      return { value: 'high', clue: deed.clue, why: `much depends on a \`${large}\`` };
  }
  if (clues.words.some((word) => /^(?:all|bulk|broadcast|everything|mass)$/.test(word)) && reversible !== true)
    return { value: 'high', clue: 'name', why: 'one call reaches many things' };
  if (reversible === 'unknown') return { value: 'unknown', clue: 'default', why: 'what is changed is not known' };
  return { value: 'low', clue: 'name', why: 'it concerns one thing of limited worth' };
}
