import { DOORS } from '../../nouns/lasting.ts';
import { PAGE } from '../page.ts';
import { type Change, first } from './change.ts';

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
  if (verb === 'convert' && objects[0] === 'lead') return 'a converted lead is no lead any more';
  return undefined;
}
