import type { Clue, Reason } from '../../model/scan.ts';
import type { Clues } from '../clues.ts';
import type { Deed } from '../signals/deed.ts';
import { SOFT } from '../verbs/changing.ts';
import { reads } from '../verbs/lexicon.ts';
import type { Power } from './arbitrary.ts';
import { finalityOf } from './finality.ts';

export interface Judged {
  effect: 'read' | 'write' | 'unknown';
  reversible: boolean | null | 'unknown';
  clue: Clue;
  finalClue: Clue;
  because: Reason[];
  /** The deeds that decided. */
  deeds: readonly Deed[];
}

const SAYS = { name: 'the name says', schema: 'an argument offers', description: 'the description says' } as const;
const how = ({ clue, verb }: Deed) =>
  `${SAYS[clue === 'schema' || clue === 'name' ? clue : 'description']} \`${verb}\``;

/** The deeds that count: the name before the description, and every deed that one argument can choose. */
function weigh({ named, said, chosen, hints }: Clues): { deeds: Deed[]; firm: boolean } {
  const sureName = named.filter(({ sure }) => sure);
  const sureSaid = said.filter(({ sure }) => sure);
  const base = sureName.length > 0 ? [...sureName, ...sureSaid] : sureSaid.length > 0 ? sureSaid : [...named, ...said];
  const nameReads = sureName.length > 0 && sureName.every(({ kind }) => reads(kind));
  // After a name that reads, values such as `assigned` or `comment` are filters; a plain `delete` is not.
  const offered = chosen.filter(
    ({ kind, sure, strict }) => !nameReads || (sure && strict && !reads(kind) && hints.readOnly !== true),
  );
  // "Manages labels: creates or deletes them" says more than `manage`; a query is no run of a program.
  const clear = [...base, ...offered].some(({ kind, sure }) => sure && kind !== 'managing' && !reads(kind));
  const deeds = base.filter(
    ({ kind, objects }) =>
      !(clear && kind === 'managing') && !(nameReads && kind === 'running' && objects[0] === 'query'),
  );
  return { deeds: [...deeds, ...offered], firm: sureName.length + sureSaid.length > 0 };
}

const DOCUMENT =
  /\b(?:docs?|documentation|guides?|guidance|guidelines|instructions?|how to|best practices|tutorials?|examples?|reference|recommendations?|plan for|snippets?|dry[- ]run)\b/;

/** A `create_…` that only hands out a text on how to create. */
function onlyTells(clues: Clues): boolean {
  const { named, said, sentence, hints, chosen } = clues;
  const [first] = said;
  return (
    hints.readOnly !== false &&
    chosen.length === 0 &&
    first !== undefined &&
    said.every(({ kind, sure }) => reads(kind) && sure) &&
    DOCUMENT.test(sentence) &&
    named.every(
      (deed) =>
        reads(deed.kind) ||
        ((deed.kind === 'changing' || deed.kind === 'managing') && finalityOf(deed, clues).final !== true) ||
        (deed.kind === 'releasing' && hints.readOnly === true),
    )
  );
}

const CAUTION =
  /\b(?:cannot be undone|can't be undone|can not be undone|irreversibl[ey]|permanently (?:delet|remov|destroy|eras|clos|wip)\w*|not (?:be )?(?:reversible|recoverable|undoable)|unrecoverable|(?:data|changes?|work) will be (?:permanently )?lost|no way to undo|cannot be (?:reversed|recovered|restored))\b/;
const DENIED = /\b(?:does not|doesn't|never|not|without|isn't|rather than|instead of|non-?)\s+(?:\w+\s+){0,3}$/;

function caution(text: string): string | undefined {
  const found = CAUTION.exec(text.slice(0, 1500));
  return found && !DENIED.test(text.slice(Math.max(0, found.index - 40), found.index)) ? found[0] : undefined;
}

const reason = (fact: 'effect' | 'reversible', why: string): Reason => ({ fact, why });

/** Whether a tool changes anything and whether that can be undone. In doubt between a read and harm it is a write. */
export function effectOf(clues: Clues, power: Power | undefined): Judged {
  const { hints } = clues;
  if (power && !powerReads(clues, power)) return powerful(power);
  const { deeds, firm } = weigh(clues);
  const named = clues.named.some(({ kind, sure }) => sure && !reads(kind) && kind !== 'running');
  if (power?.what === 'reading' && !named && hints.readOnly !== false)
    return read(deeds, power.clue, `${power.why}, and it can only read`);
  if (deeds.length === 0) return undecided(clues);
  const writes = deeds.filter(({ kind }) => !reads(kind));
  if (writes.length === 0) {
    const offered = hints.readOnly === true ? undefined : sideEffect(clues);
    return offered === undefined ? looking(clues, deeds, firm) : { ...writeUnknown(offered), deeds };
  }
  if (onlyTells(clues)) return read(deeds, 'description', 'the description says that it returns a text about it');
  const soft = writes.every(({ verb, sure }) => SOFT.has(verb) || !sure) && caution(clues.text) === undefined;
  if (hints.readOnly === true && soft)
    return read(deeds, 'annotation', 'the server says `readOnlyHint: true`, and no verb says otherwise');
  return writing(clues, deeds, writes);
}

function powerReads({ named, words, hints, text }: Clues, { what }: Power): boolean {
  if (what === 'reading') return true;
  const only = words.some((word) =>
    /^(?:read|select|readonly|get|logs?|metrics|traces|events|explain|search)$/.test(word),
  );
  if (what === 'request') return named.length > 0 && named.every(({ kind }) => reads(kind));
  if (what === 'shell') return hints.readOnly === true && only;
  if (what === 'sql')
    return only && (hints.readOnly === true || (hints.readOnly === undefined && /read[- ]only|\bselect\b/.test(text)));
  const reading = hints.readOnly === true || (hints.readOnly === undefined && words[0] === 'read');
  return what === 'query' && reading && !words.some((word) => /^aggregat/.test(word));
}

const powerful = ({ clue, why }: Power): Judged => ({
  effect: 'write',
  reversible: false,
  clue,
  finalClue: clue,
  because: [reason('effect', why), reason('reversible', why)],
  deeds: [],
});

const read = (deeds: readonly Deed[], clue: Clue, why: string): Judged => ({
  effect: 'read',
  reversible: null,
  clue,
  finalClue: clue,
  because: [reason('effect', why)],
  deeds,
});

function undecided({ hints, name }: Clues): Judged {
  // A name in letters that nobody here can read is no reason to believe a hint.
  if (hints.readOnly === true && /^[\x20-\x7e]*$/.test(name))
    return read([], 'annotation', 'the server says `readOnlyHint: true`, and nothing says otherwise');
  const effect = hints.readOnly === false ? 'write' : 'unknown';
  const clue = effect === 'write' ? 'annotation' : 'default';
  const why =
    effect === 'write'
      ? 'the server says `readOnlyHint: false`'
      : 'neither name nor description has a verb that is known';
  const reversible = effect === 'write' && hints.destructive === false ? true : 'unknown';
  return { effect, reversible, clue, finalClue: clue, because: [reason('effect', why)], deeds: [] };
}

/** These give back what they worked out, whatever a hint says of the server's own records. */
const WORKED_OUT =
  /^(?:analy[sz]e|simulate|calculate|compute|compare|explain|summari[sz]e|predict|estimate|think|assess|rank|classify|investigate)$/;

const SWITCH =
  /^(?:delete|remove|purge|drop|reset|kill|send|send_email|notify|publish|apply|deploy|execute|commit|cancel|fix|auto_fix|autofix|write|clear)$/;
const ADMITS =
  /\b(?:this tool|it|this) (?:can|may|will|might)(?: also)? (delete|remove|overwrite|drop|execute|send|modify|write|create|update|run|change|insert)\b/;

/** What a tool that reads by its name can be told to do, or admits to. */
function sideEffect({ fields, text }: Clues): Reason | undefined {
  const field = fields.find(({ name, type, depth }) => depth === 0 && type === 'boolean' && SWITCH.test(name));
  if (field) return reason('effect', `\`${field.name}\` makes it more than a read`);
  const admitted = ADMITS.exec(text.slice(0, 1500))?.[1];
  return admitted === undefined ? undefined : reason('effect', `the description admits \`${admitted}\``);
}

const writeUnknown = (why: Reason): Judged => ({
  effect: 'write',
  reversible: 'unknown',
  clue: 'schema',
  finalClue: 'default',
  because: [why],
  deeds: [],
});

function looking(clues: Clues, deeds: readonly Deed[], firm: boolean): Judged {
  const { hints, fields } = clues;
  const [first] = deeds;
  const saved = fields.find(
    ({ name, depth, required }) =>
      depth === 0 &&
      required &&
      /^(?:local_path|save_path|output_path|download_path|dest_path|file_path|output_file|destination|local_file|output_dir)$/.test(
        name,
      ),
  );
  if (saved && hints.readOnly !== true && deeds.some(({ verb }) => /^(?:download|export|save|capture)$/.test(verb)))
    return {
      effect: 'write',
      reversible: true,
      clue: 'schema',
      finalClue: 'schema',
      deeds,
      because: [reason('effect', `it writes to \`${saved.name}\``), reason('reversible', 'a new file can be deleted')],
    };
  const certain = deeds.some(({ kind, sure, clue }) => kind === 'looking' && sure && clue === 'name');
  if (
    hints.readOnly === false &&
    (hints.destructive === true ||
      !(firm && (certain || deeds.every(({ kind, verb }) => kind === 'looking' || WORKED_OUT.test(verb)))))
  )
    return {
      effect: 'write',
      reversible: hints.destructive === true ? 'unknown' : true,
      clue: 'annotation',
      finalClue: 'annotation',
      deeds,
      because: [reason('effect', `the server says \`readOnlyHint: false\`, and \`${first?.verb}\` is no proof`)],
    };
  return read(deeds, first?.clue ?? 'name', first ? how(first) : 'the name says what is looked at');
}

function writing(clues: Clues, deeds: readonly Deed[], writes: readonly Deed[]): Judged {
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
