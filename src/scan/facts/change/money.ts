import { APPROVED, BEFORE_MONEY, MONEY } from '../../nouns/lasting.ts';
import { type Change, first } from './change.ts';

/** A diary is a journal, too. */
const BOOKED = /\b(?:debits?|credits?|ledger|accounting|receivable|payable|amount|tax)\b/;

/** Of "a customer payment" the payment is meant. */
const PAYER = /^(?:customer|contact|calendar|timesheet)$/;

export function money({ verb, objects, clues }: Change): string | undefined {
  const spent = objects.includes('budget') && objects.some((word) => /^(?:campaign|ad|ads|adset|bid)$/.test(word));
  if (spent) return `\`${verb}\` on \`budget\` changes what is spent`;
  const book = objects.find((word) => /^(?:journal|ledger)$/.test(word));
  if (book && BOOKED.test(`${clues.text} ${clues.fields.map(({ words }) => words.join(' ')).join(' ')}`))
    return `\`${verb}\` on \`${book}\` changes the accounts`;
  if (objects.includes('credit') && /^(?:note|memo)$/.test(objects[0] ?? ''))
    return `\`${verb}\` on a \`credit ${objects[0]}\` changes what somebody owes`;
  const found = first(objects, MONEY);
  const meant = found === objects[0] ? objects.filter((word) => !PAYER.test(word)) : objects;
  return found && !first(meant, BEFORE_MONEY)
    ? `\`${verb}\` on \`${found}\` moves money or binds somebody to pay`
    : undefined;
}

export function approval({ verb, objects }: Change): string | undefined {
  const what = /^(?:approve|accept|confirm|finalize|finalise|release|unpause)$/.test(verb)
    ? first(objects, APPROVED)
    : undefined;
  return what ? `\`${verb}\` on \`${what}\` lets it go on for good` : undefined;
}
