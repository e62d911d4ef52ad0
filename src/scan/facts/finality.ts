import type { Clues } from '../clues.ts';
import {
  BEFORE_MONEY,
  DETACHABLE,
  KEY_KINDS,
  LAUNCH,
  LIGHT,
  MESSAGE,
  MONEY,
  PERMISSION,
  SECRET,
} from '../nouns/lasting.ts';
import type { Deed } from '../signals/deed.ts';

/** Whether nobody gets back what one deed takes, and why. */
export interface Finality {
  final: boolean | 'unknown';
  /** A mark on a thing, whatever a text says about deletion in general. */
  light?: true;
  why: string;
}

export const PAGE =
  /\b(?:browser|web ?page|page|elements?|dom|tab|focused input|text ?area|keyboard|form fields?|input fields?|selector)\b/;

const MAKES: ReadonlySet<string> = new Set(
  'create add make new start begin push put post insert schedule submit issue play launch compose define'.split(' '),
);
const CREATES_PEOPLE_SEE: ReadonlySet<string> = new Set(
  'create add make new push schedule compose put insert submit'.split(' '),
);

/** What is created or changed decides, where the verb alone says little. */
function changed({ verb }: Deed, objects: readonly string[], clues: Clues): Finality {
  const found = (set: ReadonlySet<string>) => objects.find((word) => set.has(word));
  const money = found(MONEY);
  if (money && !found(BEFORE_MONEY))
    return { final: true, why: `\`${verb}\` on \`${money}\` moves money or binds somebody to pay` };
  if (objects.includes('dialog') && /^(?:accept|dismiss|confirm)$/.test(verb))
    return { final: true, why: 'an accepted dialog is answered for good' };
  if (verb === 'upload' && PAGE.test(`${clues.words.join(' ')} ${clues.sentence}`))
    return { final: true, why: 'what a page does with a file is up to the page' };
  if (/^(?:upload|save|copy)$/.test(verb) && clues.fields.some(({ name }) => name === 'overwrite'))
    return { final: true, why: '`overwrite` replaces what is there' };
  const closed = verb === 'close' ? objects.find((word) => word === 'account' || word === 'position') : undefined;
  if (closed) return { final: true, why: `a closed \`${closed}\` stays closed` };
  const gives = clues.fields.find(({ name }) =>
    /^(?:password|new_password|secret_value|client_secret|private_key|permissions?|roles?|role_ids?)$/.test(name),
  );
  if (gives && objects.some((word) => /^(?:user|account|member|person)$/.test(word)))
    return { final: true, why: `\`${gives.name}\` changes who may do what` };
  if (verb === 'install' && objects.some((word) => word === 'helm' || word === 'chart'))
    return { final: true, why: '`install` applies it to a cluster' };
  if (objects[0] === 'migration' && /^(?:complete|push|commit|start|finish)$/.test(verb))
    return { final: true, why: `\`${verb}\` changes the schema where it is used` };
  const key = objects.find(
    (word, at) => word === 'key' && objects.some((other, place) => place !== at && KEY_KINDS.has(other)),
  );
  const secret = found(SECRET) ?? key;
  if (secret) return { final: true, why: `\`${verb}\` on \`${secret}\` changes a credential` };
  const right = objects.find(
    (word) => PERMISSION.has(word) && !(/^(?:un)?assign$/.test(verb) && /^(?:member|owner)$/.test(word)),
  );
  if (right) return { final: true, why: `\`${verb}\` on \`${right}\` changes who may do what` };
  const guard = /^(?:disable|deactivate|unprotect|suspend|pause)$/.test(verb)
    ? objects.find((word) =>
        /^(?:lock|protection|security|encryption|firewall|mfa|2fa|audit|antivirus|guard)$/.test(word),
      )
    : undefined;
  if (guard) return { final: true, why: `without \`${guard}\` others get in` };
  const joined =
    verb === 'add' && /^(?:user|people|person|contact)$/.test(objects[0] ?? '')
      ? clues.words.find((word) => /^(?:team|group|org|organization|workspace|role|project)$/.test(word))
      : undefined;
  if (joined) return { final: true, why: `whoever is in a \`${joined}\` may do more` };
  const launched = objects[0] ?? '';
  if (
    MAKES.has(verb) &&
    (LAUNCH.has(launched) ||
      (launched === 'pipeline' && clues.fields.some(({ name }) => /^(?:ref|branch|branch_name)$/.test(name))))
  )
    return { final: true, why: `\`${verb}\` on \`${launched}\` sets it going` };
  if (objects.includes('campaign') && /^(?:schedule|launch|start|resume)$/.test(verb))
    return { final: true, why: `\`${verb}\` on \`campaign\` reaches people` };
  const seen = objects.find((word) => MESSAGE.has(word));
  const drafts = objects.some((word) =>
    /^(?:draft|template|comment|signature|rule|filter|list|subscription|reaction|folder|label|policy|channel|domain|route)$/.test(
      word,
    ),
  );
  if (CREATES_PEOPLE_SEE.has(verb) && seen && !drafts)
    return { final: true, why: `\`${verb}\` on \`${seen}\` reaches people` };
  if (
    /^(?:upload|save|restore|import|copy|store|load|sync|move)$/.test(verb) &&
    /\b(?:overwrit\w+|replac\w+ (?:an |the |any |all )?existing|replaces? (?:all|everything|the entire))\b/.test(
      clues.text.slice(0, 600),
    )
  )
    return { final: true, why: 'the description says that it overwrites what is there' };
  if (
    /^(?:restore|import|load)$/.test(verb) &&
    objects.some((word) => /^(?:database|backup|dump|snapshot)$/.test(word))
  )
    return { final: true, why: `\`${verb}\` overwrites what is there` };
  return { final: false, why: `\`${verb}\` can be taken back by the same caller` };
}

const VIEW =
  /^(?:view|filter|zoom|camera|selection|cache|console|highlight|viewport|breakpoint|search|timer|session|context|cursor|style|color|emulation|field|value|date|status|label|property|assignee|formatting|format)$/;

/** Whether a deed is final. */
export function finalityOf(deed: Deed, clues: Clues): Finality {
  const { verb, kind, objects } = deed;
  const found = (set: ReadonlySet<string>) => objects.find((word) => set.has(word));
  const light = objects.slice(0, 4).find((word) => LIGHT.has(word));
  const mark = (what: string): Finality => ({ final: false, light: true, why: `a \`${what}\` can be set again` });
  switch (kind) {
    case 'destroying': {
      if (light) return mark(light);
      const view = /^(?:clear|clean|cleanup|flush|empty)$/.test(verb)
        ? objects.find((word) => VIEW.test(word))
        : undefined;
      return view ? mark(view) : { final: true, why: `\`${verb}\` leaves nothing to go back to` };
    }
    case 'removing': {
      const right = found(PERMISSION);
      if (right) return { final: true, why: `\`${verb}\` on \`${right}\` changes who may do what` };
      const part = light ?? found(DETACHABLE) ?? (clues.words.includes('from') ? 'membership' : undefined);
      return part ? mark(part) : { final: true, why: `\`${verb}\` leaves nothing to go back to` };
    }
    case 'sending': {
      const draft = objects.find((word) => /^(?:draft|comment|note|reaction|feedback|rating|telemetry)$/.test(word));
      return draft && !found(new Set(['email', 'mail']))
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
        /^(?:label|tag|filter|style|format|formatting|theme|template|cell|formula|pdf|image|video|audio|layer|path|shape|color|patch|effect|text|layout|node|animation|brand|material)$/.test(
          word,
        ),
      );
      return soft && /^(?:apply|merge|release|ship|sign)$/.test(verb)
        ? mark(soft)
        : { final: true, why: `\`${verb}\` takes effect where people work` };
    }
    case 'overwriting': {
      const view = objects.find((word) => VIEW.test(word));
      if (verb === 'reset' && view) return mark(view);
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
