import { DOORS, MESSAGE } from '../../nouns/lasting.ts';
import { PAGE } from '../page.ts';
import { type Change, fieldOf, first } from './change.ts';

const CHAIN = /\b(?:on-?chain|nfts?|mint(?:s|ing)?|smart contract)\b/;

/** What is not open any more once it is declined: the one who made it has to make a new one. */
const DECLINED = /^(?:invitation|invite|offer|application|proposal|order|quote|pull|merge|claim|bid|candidate)$/;

/** An answer to a dialog, a file that a page gets, an account that is closed. */
export function once({ verb, objects, clues }: Change): string | undefined {
  if (objects.includes('dialog') && /^(?:accept|dismiss|confirm)$/.test(verb))
    return 'an accepted dialog is answered for good';
  if (verb === 'upload' && PAGE.test(`${clues.words.join(' ')} ${clues.sentence}`))
    return 'what a page does with a file is up to the page';
  const closed = verb === 'close' ? objects.find((word) => word === 'account' || word === 'position') : undefined;
  if (closed) return `a closed \`${closed}\` stays closed`;
  const opened = /^(?:unlock|open|disarm|toggle)$/.test(verb) ? first(objects.slice(0, 2), DOORS) : undefined;
  if (opened) return `\`${verb}\` on \`${opened}\` lets somebody in`;
  const bought = verb === 'register' && objects[0] === 'domain' ? objects[0] : undefined;
  if (bought) return 'a registered domain is paid for';
  const declined = /^(?:decline|reject)$/.test(verb) && objects.find((word) => DECLINED.test(word));
  if (declined) return `a declined \`${declined}\` is closed`;
  const catches = /^(?:create|add|update|set)$/.test(verb) && /^(?:filter|rule)$/.test(objects[0] ?? '');
  if (catches && /\b(?:gmail|e?mails?|inbox|mailbox|outlook)\b/.test(`${clues.words.join(' ')} ${clues.sentence}`))
    return `a \`${objects[0]}\` deletes or sends on whatever it catches`;
  const unsent = verb === 'cancel' && MESSAGE.has(objects[0] ?? '') ? objects[0] : undefined;
  if (unsent) return `a cancelled \`${unsent}\` is not sent, and has to be written again`;
  if (fieldOf(clues, /^(?:\w+_)?(?:private_key|mnemonic)$/) && CHAIN.test(clues.text))
    return 'what is signed and put on a chain stays there';
  if (verb === 'convert' && objects[0] === 'lead') return 'a converted lead is no lead any more';
  return undefined;
}
