import type { Clues } from '../clues.ts';
import { DETACHABLE, LIGHT, PERMISSION } from '../nouns/lasting.ts';
import type { Deed } from '../signals/deed.ts';
import { whyFinal } from './changed.ts';

/** Whether nobody gets back what one deed takes, and why. */
export interface Finality {
  final: boolean | 'unknown';
  /** A mark on a thing, whatever a text says about deletion in general. */
  light?: true;
  why: string;
}

const VIEW =
  /^(?:view|filter|zoom|camera|selection|cache|console|highlight|viewport|breakpoint|search|timer|session|context|cursor|style|color|emulation|field|value|date|status|label|property|assignee|formatting|format|override|mock|clipboard|badge|badges|basket|cart|input|text|form|output|screen|display|canvas|notification|notifications)$/;

/** A text on `unassign` or `untag` says `remove` of what only comes off. */
const APART = /^(?:un(?:assign|tag|label|pin|star|mark|flag|follow|mount|map)|detach|dis?associate)$/;
/** Only where they are meant themselves: a remote file is a file. */
const LOOSE = /^(?:bullet|point|border|formatting|indent|remote)$/;
const FROM_PARENT =
  /\bremoves? (?:[\w-]+ ){1,4}from (?:an? |the |its |their )?(?:parent(?: (?:task|issue|story|item))?|epic|sprint|milestone|iteration|playlist|watchlist|favou?rites)(?! [a-z])/;
const FOR_GOOD =
  /\bremov(?:e|es|ing|al)\b[^.]{0,40}\b(?:is irreversible|cannot be undone|is permanent|can't be undone)/;

/** What is created or changed decides, where the verb alone says little. */
function changed(deed: Deed, objects: readonly string[], clues: Clues): Finality {
  const why = whyFinal(deed, objects, clues);
  return why === undefined
    ? { final: false, why: `\`${deed.verb}\` can be taken back by the same caller` }
    : { final: true, why };
}

/** Whether a deed is final. */
export function finalityOf(deed: Deed, clues: Clues): Finality {
  const { verb, kind, objects } = deed;
  const found = (set: ReadonlySet<string>) => objects.find((word) => set.has(word));
  const light = objects.slice(0, 4).find((word) => LIGHT.has(word));
  const mark = (what: string): Finality => ({ final: false, light: true, why: `a \`${what}\` can be set again` });
  switch (kind) {
    case 'destroying': {
      if (light) return mark(light);
      const stopped = /^(?:terminate|kill)$/.test(verb)
        ? objects.find((word) => /^(?:app|application|browser|simulator|emulator|tab)$/.test(word))
        : undefined;
      if (stopped) return mark(stopped);
      const view = /^(?:clear|clean|cleanup|flush|empty)$/.test(verb)
        ? objects.find((word) => VIEW.test(word))
        : undefined;
      return view ? mark(view) : { final: true, why: `\`${verb}\` leaves nothing to go back to` };
    }
    case 'removing': {
      const right = found(PERMISSION);
      if (right) return { final: true, why: `\`${verb}\` on \`${right}\` changes who may do what` };
      if (clues.words.includes('shared')) return { final: true, why: 'what is shared is gone for the others too' };
      if (!light && FOR_GOOD.test(clues.text)) return { final: true, why: 'the description says that it is for good' };
      const apart =
        deed.clue === 'description' ? clues.named.find((one) => one.sure && APART.test(one.verb))?.verb : undefined;
      if (apart) return mark(objects[0] ?? 'link');
      const part =
        light ??
        found(DETACHABLE) ??
        (LOOSE.test(objects[0] ?? '') ? objects[0] : undefined) ??
        (clues.words.includes('from') || FROM_PARENT.test(clues.sentence) ? 'membership' : undefined);
      return part ? mark(part) : { final: true, why: `\`${verb}\` leaves nothing to go back to` };
    }
    case 'sending': {
      const draft = objects.find((word) =>
        /^(?:draft|comment|note|reaction|feedback|rating|telemetry|update)$/.test(word),
      );
      // `reply_draft` keeps one, `send_draft` lets it go.
      const isSent = draft === 'draft' && /^(?:send|deliver|dispatch|forward|transmit)$/.test(verb);
      return draft && !isSent && !found(new Set(['email', 'mail']))
        ? mark(draft)
        : { final: true, why: `\`${verb}\` reaches people, who have then seen it` };
    }
    case 'spending':
      return { final: true, why: `\`${verb}\` moves money or binds somebody to pay` };
    case 'granting': {
      const turned =
        verb === 'rotate'
          ? objects.find((word) => /^(?:image|page|camera|view|object|shape|photo|layer|screen|device)$/.test(word))
          : undefined;
      return turned ? mark(turned) : { final: true, why: `\`${verb}\` changes who may do what` };
    }
    case 'releasing': {
      const soft = objects.find((word) =>
        /^(?:label|tag|filter|style|format|formatting|theme|template|cell|formula|pdf|image|video|audio|layer|path|shape|color|patch|effect|text|layout|node|animation|brand|material|blur|shadow|gradient|border|mask|crop|stroke|fill|font|watermark|lut|preset|transition|modifier|constraint|adjustment|texture|view|sort|validation|suggestion|edit|diff)$/.test(
          word,
        ),
      );
      return soft && /^(?:apply|merge|release|ship|upgrade|wrap)$/.test(verb)
        ? mark(soft)
        : { final: true, why: `\`${verb}\` takes effect where people work` };
    }
    case 'overwriting': {
      const view = objects.find((word) => VIEW.test(word));
      if (verb === 'reset' && view) return mark(view);
      // "Writes a note" is how a text puts what the name calls to create.
      const merely =
        verb === 'write' &&
        deed.clue === 'description' &&
        clues.named.some(({ kind: by, sure }) => sure && by === 'changing');
      if (merely) return changed(deed, objects, clues);
      const suffix = verb === 'write' && clues.words.at(-1) === 'write' && clues.words.length > 1;
      return suffix
        ? changed(deed, objects, clues)
        : { final: true, why: `\`${verb}\` keeps no copy of what was there` };
    }
    case 'touching':
      return { final: true, why: `what \`${verb}\` sets off is up to the page` };
    case 'running':
      return { final: true, why: `\`${verb}\` starts what cannot be called back` };
    case 'managing':
      if (objects.some((word) => word === 'dialog'))
        return { final: true, why: 'an accepted dialog is answered for good' };
      return { final: 'unknown', why: `\`${verb}\` does not say what is done` };
    default:
      return changed(deed, objects, clues);
  }
}
