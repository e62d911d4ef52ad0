import { MESSAGE } from '../nouns/lasting.ts';
import { objectsOf } from '../nouns/objects.ts';
import { NOUN_OR_VERB } from '../verbs/lasting.ts';
import { kindOf, reads } from '../verbs/lexicon.ts';
import { PHRASES } from '../verbs/phrases.ts';
import { singular, wordsOf } from '../words.ts';
import type { Deed } from './deed.ts';

/** Last words of a name that stand for something to look at. */
const LOOKED_AT: ReadonlySet<string> = new Set(
  `status info list details history count stats statistics summary overview version versions schema config help
  metrics usage quota health balance cost price tree url profile forecast weather elevation directions matrix logs
  insights analytics definition definitions documentation docs guide instructions catalog reference report results
  output log availability types options features whoami time now date timestamp me self limits settings outliers`.split(
    /\s+/,
  ),
);

export interface NamedDeeds {
  deeds: Deed[];
  words: readonly string[];
}

/** The words of a tool's name without those of its server in front, unless nothing else would be left. */
function ownWords(name: unknown, server: ReadonlySet<string>, saidToRead: boolean): string[] {
  const words = wordsOf(name);
  let skipped = 0;
  while (skipped < words.length - 1) {
    const word = words[skipped] ?? '';
    const verb = kindOf(word) !== undefined && !NOUN_OR_VERB.has(word);
    // `protect_get_user` of a product called Protect, if the description looks at something, too.
    const isProduct = saidToRead && server.has(word) && /^(?:get|list)$/.test(words[skipped + 1] ?? '');
    if (
      (verb && !(isProduct && skipped + 2 < words.length)) ||
      !(server.has(word) || word === 'mcp' || word === 'api' || /^\d+$/.test(word))
    )
      break;
    skipped++;
  }
  const own = words
    .slice(skipped)
    .join(' ')
    .replace(/\badd ons?\b/g, 'addon')
    .replace(/(?<=. )(sign|log|opt) (in|out|up)\b/g, '$1$2')
    .replace(/\bun (?=subscribe|delete)/g, 'un');
  return PHRASES.reduce((text, [phrase, verb]) => text.replace(phrase, verb), own)
    .split(' ')
    .filter((word) => word !== '');
}

const certain = (word: string) => kindOf(word) !== undefined && !NOUN_OR_VERB.has(word);

/** Where the verb of a name stands, and whether it can only be a verb there. */
function headOf(words: readonly string[], saidToRead: boolean): { at: number; sure: boolean } | undefined {
  const last = words.length - 1;
  // `restore_plans_get` and, if the description agrees, `connect_settings_list` look at things named after a deed.
  const end = words[last] ?? '';
  if (last > 0 && certain(end) && kindOf(end) === 'looking' && (end === 'get' || saidToRead))
    return { at: last, sure: true };
  // `deploy_services_reader` reads what the rest is about; `delete_reader` does not.
  const lead = words[0] ?? '';
  if (last > 1 && /^(?:reader|viewer)$/.test(end) && (!certain(lead) || kindOf(lead) === 'releasing'))
    return { at: last, sure: true };
  // `migrate_status` tells of migrations.
  if (
    last === 1 &&
    kindOf(words[0] ?? '') === 'releasing' &&
    /^(?:status|history|list|logs?|info)$/.test(words[1] ?? '')
  )
    return undefined;
  if (certain(words[0] ?? '')) return { at: 0, sure: true };
  const later = words.findIndex(certain);
  if (later > 0) return { at: later, sure: later === last || later === 1 || !LOOKED_AT.has(words[last] ?? '') };
  if (kindOf(words[0] ?? '') !== undefined && !(last > 0 && LOOKED_AT.has(words[last] ?? '')))
    return { at: 0, sure: last > 0 && kindOf(words[last] ?? '') === undefined };
  if (LOOKED_AT.has(words[last] ?? '')) return undefined;
  const at = words.findLastIndex((word) => kindOf(word) !== undefined);
  return at < 0 ? undefined : { at, sure: false };
}

const FORMATS: ReadonlySet<string> = new Set(
  'text speech image audio video markdown html pdf json csv yaml xml docx code prompt'.split(' '),
);

/** What is put into a store, over what was there by the same name. */
const STORED = /^(?:object|item|file|blob|value|kv|secret|parameter)$/;

const JOINTS: ReadonlySet<string> = new Set(['or', 'and', 'then']);

/** The verbs of a name: its head, those joined to it (`create_or_update`), and one that changes things at the very end. */
export function deedsOfName(name: unknown, server: ReadonlySet<string>, saidToRead = false): NamedDeeds {
  const words = ownWords(name, server, saidToRead);
  const last = words.at(-1) ?? '';
  if (words.length > 1 && (last === 'on' || last === 'off'))
    return {
      words,
      deeds: [{ verb: 'switch', kind: 'changing', clue: 'name', sure: true, objects: objectsOf(words) }],
    };
  if (words.length === 3 && words[1] === 'to' && FORMATS.has(words[0] ?? ''))
    return {
      words,
      deeds: [{ verb: 'convert', kind: 'computing', clue: 'name', sure: false, objects: [words[0] ?? ''] }],
    };
  const head = headOf(words, saidToRead);
  if (!head) {
    const objects = [...words].reverse().map(singular);
    return {
      words,
      deeds: LOOKED_AT.has(last) ? [{ verb: last, kind: 'looking', clue: 'name', sure: false, objects }] : [],
    };
  }
  const places = new Set([head.at]);
  // What ends `get_data_grant` is a thing.
  const looks = head.at === 0 && head.sure && kindOf(words[0] ?? '') === 'looking';
  for (const [at, word] of words.entries()) {
    const kind = kindOf(word);
    if (kind && at > head.at && JOINTS.has(words[at - 1] ?? '')) places.add(at);
    if (kind && at === words.length - 1 && certain(word) && !reads(kind) && !looks) places.add(at);
  }
  const after = words.slice(Math.max(...places) + 1);
  const before = words.slice(0, head.at).reverse().map(singular);
  // A word that may be a noun is also what the tool is about: `repo_pull_request`.
  const own = head.sure ? [] : [singular(words[head.at] ?? '')];
  const objects = [...objectsOf(after), ...own, ...before];
  const deeds = [...places].flatMap((at): Deed[] => {
    const verb = words[at] ?? '';
    const kind = kindOf(verb);
    // In names made from an HTTP interface `post` and `patch` are the method; only a message is posted.
    const method =
      /^(?:post|patch|put)$/.test(verb) &&
      !objects.some((word) => MESSAGE.has(word)) &&
      !(verb === 'put' && STORED.test(objects[0] ?? ''));
    const sure = (at === head.at ? head.sure : true) && !method;
    return kind ? [{ verb, kind, clue: 'name', sure, objects }] : [];
  });
  return { deeds, words };
}
