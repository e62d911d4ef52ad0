import { MESSAGE, SOCIAL } from '../../nouns/lasting.ts';
import { type Change, first } from './change.ts';

const PEOPLE_SEE = /^(?:create|add|make|new|push|schedule|compose|put|insert|submit|initiate|start)$/;
const UNSEEN =
  /^(?:draft|template|comment|signature|rule|filter|list|subscription|reaction|folder|label|policy|channel|domain|route|preference|setting|type|group|property|category|field|topic|audience|block|format|campaign|button)$/;

/** What people get, at once or later. */
export function shown({ verb, objects, clues }: Change): string | undefined {
  if (objects.includes('campaign') && /^(?:schedule|launch|start|resume|activate)$/.test(verb))
    return `\`${verb}\` on \`campaign\` reaches people`;
  const sequence = clues.words.find((word) => /^(?:campaign|sequence|cadence|drip)$/.test(word));
  if (
    /^(?:add|enroll|enrol|subscribe)$/.test(verb) &&
    sequence &&
    /^(?:contact|lead|prospect|people|person|subscriber|recipient)$/.test(objects[0] ?? '')
  )
    return `a \`${sequence}\` writes to whoever is in it`;
  const social = [...clues.topic].find((word) => SOCIAL.has(word));
  const seen =
    first(objects, MESSAGE) ??
    (social ? objects.find((word) => /^(?:comment|story|video|status|thread)$/.test(word)) : undefined);
  const unseen = objects.some((word) => UNSEEN.test(word) && !(social && word === 'comment'));
  if (PEOPLE_SEE.test(verb) && seen && !unseen) return `\`${verb}\` on \`${seen}\` reaches people`;
  const live =
    /^(?:start|begin)$/.test(verb) &&
    objects.find((word) => /^(?:stream|streaming|livestream|broadcast|webinar)$/.test(word));
  if (live) return `a \`${live}\` is seen while it goes on`;
  const pushed = verb === 'push' && /^(?:image|package|artifact|chart|module)$/.test(objects[0] ?? '');
  return pushed ? `\`push\` publishes the \`${objects[0]}\`` : undefined;
}
