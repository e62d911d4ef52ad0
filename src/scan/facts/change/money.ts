import { APPROVED, BEFORE_MONEY, MONEY } from '../../nouns/lasting.ts';
import { type Change, first } from './change.ts';

export function money({ verb, objects }: Change): string | undefined {
  const spent = objects.includes('budget') && objects.some((word) => /^(?:campaign|ad|ads|adset|bid)$/.test(word));
  if (spent) return `\`${verb}\` on \`budget\` changes what is spent`;
  const found = first(objects, MONEY);
  return found && !first(objects, BEFORE_MONEY)
    ? `\`${verb}\` on \`${found}\` moves money or binds somebody to pay`
    : undefined;
}

export function approval({ verb, objects }: Change): string | undefined {
  const what = /^(?:approve|accept|confirm|finalize|finalise|release|unpause)$/.test(verb)
    ? first(objects, APPROVED)
    : undefined;
  return what ? `\`${verb}\` on \`${what}\` lets it go on for good` : undefined;
}
