import type { Clues } from '../clues.ts';
import type { Deed } from '../signals/deed.ts';
import { finalityOf } from './finality.ts';
import { how, type Judged, reason } from './judged.ts';

const CAUTION =
  /\b(?:cannot be undone|can't be undone|can not be undone|irreversibl[ey]|permanently (?:delet|remov|destroy|eras|clos|wip)\w*|not (?:be )?(?:reversible|recoverable|undoable)|unrecoverable|(?:data|changes?|work) will be (?:permanently )?lost|no way to undo|cannot be (?:reversed|recovered|restored))\b/;
const DENIED = /\b(?:does not|doesn't|never|not|without|isn't|rather than|instead of|non-?)\s+(?:\w+\s+){0,3}$/;

/** What the description says itself of harm for good. */
export function caution(text: string): string | undefined {
  const found = CAUTION.exec(text.slice(0, 1500));
  return found && !DENIED.test(text.slice(Math.max(0, found.index - 40), found.index)) ? found[0] : undefined;
}

const TOLD =
  /\b(?:sends?|sending|emails?|delivers?) (?:out )?(?:an? |the |any |all )?(?:\w+ ){0,2}?(?:e-?mails?|sms|text messages?|push notifications?|notifications?|invitations?|invites?|alerts?)\b|\b(?:notif(?:y|ies)|notifying|pages|paging|page|alerts|emails|texts|calls) (?:an? |the |all |any |every |its |their |your )?(?:\w+ ){0,2}?(?:customers?|users?|people|person|members?|attendees|guests|recipients?|subscribers?|assignees?|responders?|engineers?|teams?|owners?|clients?|requesters?|everyone|on-?call)\b|\bvisible to (?:the )?(?:requester|customer|client|end[- ]users?|everyone|the public|public)/;

const NOTIFIES =
  /^(?:deliver_notifications?|notify(?:_\w+)?|send_(?:e?mails?|notifications?|invites?|invitations?|updates|receipt|sms)(?:_\w+)?)$/;

/** What the description says of people who hear of it. */
function told(text: string): string | undefined {
  const found = TOLD.exec(text.slice(0, 800));
  return found && !DENIED.test(text.slice(Math.max(0, found.index - 40), found.index)) ? found[0] : undefined;
}

const UNDONE =
  /\b(?:mov(?:e|es|ed|ing) (?:\S+ ){0,6}?(?:to|into) (?:the |their |its )?(?:trash|(?:recycle )?bin)|soft[- ]delet\w+|can (?:later )?be (?:restored|recovered|undone|undeleted|reversed)|(?:is|are) reversible|restorable)\b/;

/** What the description says of a way back. */
function wayBack(text: string): string | undefined {
  const found = UNDONE.exec(text.slice(0, 800));
  return found && !DENIED.test(text.slice(Math.max(0, found.index - 40), found.index)) ? found[0] : undefined;
}

/** A tool of which at least one verb changes something: the worst of them decides whether it can be undone. */
export function writing(clues: Clues, deeds: readonly Deed[], writes: readonly Deed[]): Judged {
  const judged = writes.map((deed) => ({ deed, ...finalityOf(deed, clues) }));
  const said = caution(clues.text);
  const worst =
    judged.find(({ final }) => final === true) ?? judged.find(({ final }) => final === 'unknown') ?? judged[0];
  const [first] = writes;
  const effect = reason('effect', first ? how(first) : 'a verb says so');
  const base = { effect: 'write', clue: first?.clue ?? 'name', deeds } as const;
  if (said !== undefined && worst?.final !== true && !judged.every(({ light }) => light))
    return {
      ...base,
      reversible: false,
      finalClue: 'description',
      because: [effect, reason('reversible', `the description says \`${said}\``)],
    };
  const switched = clues.fields.find(({ name, depth }) => depth <= 1 && NOTIFIES.test(name))?.name;
  const people = told(clues.text) ?? switched;
  if (people !== undefined && worst?.final !== true)
    return {
      ...base,
      reversible: false,
      finalClue: 'description',
      because: [effect, reason('reversible', `\`${people}\` tells people, who then know`)],
    };
  const back = wayBack(clues.text);
  const undone =
    back !== undefined &&
    said === undefined &&
    judged.every(({ deed, final }) => final !== true || /^(?:destroying|removing)$/.test(deed.kind));
  if (undone && judged.some(({ deed, final }) => final === true && /^(?:delete|remove|discard)$/.test(deed.verb)))
    return {
      ...base,
      reversible: true,
      finalClue: 'description',
      because: [effect, reason('reversible', `the description says \`${back}\``)],
    };
  if (!worst) return { ...base, reversible: 'unknown', finalClue: 'default', because: [effect] };
  if (worst.final === 'unknown' && clues.hints.destructive === false)
    return {
      ...base,
      reversible: true,
      finalClue: 'annotation',
      because: [effect, reason('reversible', 'the server says `destructiveHint: false`, and no verb says otherwise')],
    };
  return {
    ...base,
    reversible: worst.final === 'unknown' ? 'unknown' : !worst.final,
    finalClue: worst.deed.clue,
    because: [effect, reason('reversible', worst.why)],
  };
}
