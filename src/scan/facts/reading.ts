import type { Clue, Reason } from '../../model/scan.ts';
import type { Clues } from '../clues.ts';
import type { Deed } from '../signals/deed.ts';
import { how, type Judged, read, reason } from './judged.ts';

/** These give back what they worked out, whatever a hint says of the server's own records. */
const WORKED_OUT =
  /^(?:analy[sz]e|simulate|calculate|compute|compare|explain|summari[sz]e|synthesi[sz]e|predict|forecast|estimate|think|reason|assess|rank|rerank|score|grade|judge|infer|measure|classify|investigate|validate|translate)$/;

const SWITCH =
  /^(?:delete|remove|purge|drop|reset|kill|send|send_email|notify|publish|apply|deploy|execute|commit|cancel|fix|auto_fix|autofix|write|clear)$/;
const ADMITS =
  /\b(?:this tool|it|this) (?:can|may|will|might)(?: also)? (delete|remove|overwrite|drop|execute|send|modify|write|create|update|run|change|insert)\b/;

/** What a tool that reads by its name can be told to do, or admits to. */
function sideEffect({ fields, text, words }: Clues): Reason | undefined {
  const field = fields.find(({ name, type, depth }) => depth === 0 && type === 'boolean' && SWITCH.test(name));
  if (field) return reason('effect', `\`${field.name}\` makes it more than a read`);
  const agent = words.includes('agent')
    ? fields.find(({ name }) => /^(?:task|goal|instructions?|objective)$/.test(name))
    : undefined;
  if (agent) return reason('effect', `an agent does what \`${agent.name}\` says`);
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

const SAVED =
  /^(?:(?:local|save|output|out|download|dest|destination|target|export)_?(?:path|file|dir|directory|folder|filename|file_path)|file_path|destination|save_to|save_as|output)$/;
const KEEPS =
  /\b(?:sav(?:e|es|ing) (?:\w+ ){0,5}?(?:to|into|in|as|on) (?:\w+ ){0,3}?(?:disk|files?|folder|directory|path|locally|desktop|local|downloads)|to (?:the |your )?local (?:disk|file ?system|machine|folder|directory|path|file)|imports? (?:it|them)\b)\b/;

/** "Saves to disk", and not "if a path is given, saves to disk". */
function kept(text: string): string | undefined {
  const found = KEEPS.exec(text);
  return found && !/\b(?:if|when|optionally|can)\b[^.]*$/.test(text.slice(0, found.index)) ? found[0] : undefined;
}

/** A thing that the service keeps, and not its content. */
const STORED = /^(?:file|folder|document|doc|page|attachment|asset)_ids?$/;

const newFile = (deeds: readonly Deed[], why: string, clue: Clue): Judged => ({
  effect: 'write',
  reversible: true,
  clue,
  finalClue: clue,
  deeds,
  because: [reason('effect', why), reason('reversible', 'a new file can be deleted')],
});

/** A tool whose verbs all read: still a write if a hint says so, if it saves a file or can be told to do more. */
export function looking(clues: Clues, deeds: readonly Deed[], firm: boolean): Judged {
  const { hints, fields } = clues;
  const more = hints.readOnly === true ? undefined : sideEffect(clues);
  if (more) return { ...writeUnknown(more), deeds };
  const [first] = deeds;
  const asked =
    deeds.some(({ verb, clue }) => verb === 'download' && clue === 'name') &&
    !/\b(?:by default|base64|if \w+(?: \w+)? is (?:given|provided|set))\b/.test(clues.text.slice(0, 600));
  const saved = fields.find(({ name, depth, required }) => depth === 0 && (required || asked) && SAVED.test(name));
  if (saved && hints.readOnly !== true && deeds.some(({ verb }) => /^(?:download|export|save|capture)$/.test(verb)))
    return newFile(deeds, `it writes to \`${saved.name}\``, 'schema');
  const keeps = hints.readOnly === true ? undefined : kept(clues.text.slice(0, 600));
  if (
    keeps &&
    deeds.some(({ verb }) =>
      /^(?:download|export|capture|screenshot|convert|generate|render|synthesi[sz]e|extract)$/.test(verb),
    )
  )
    return newFile(deeds, `the description says \`${keeps}\``, 'description');
  const converted =
    hints.readOnly !== true && deeds.some(({ verb, clue }) => verb === 'convert' && clue === 'name')
      ? fields.find(({ name, depth }) => depth === 0 && STORED.test(name))
      : undefined;
  if (converted) return newFile(deeds, `what \`${converted.name}\` names is kept in another form`, 'schema');
  const remote =
    hints.readOnly !== true && /\b(?:git|remote) ?repositor|\brefs\b/.test(clues.text)
      ? fields.find(({ name }) => /^(?:remote|refspec)$/.test(name))
      : undefined;
  if (remote && deeds.some(({ verb }) => verb === 'fetch'))
    return newFile(deeds, `what \`${remote.name}\` has is kept here`, 'schema');
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
