import { objectsOf } from '../nouns/objects.ts';
import { plainText } from '../plain.ts';
import { NOUN_OR_VERB } from '../verbs/lasting.ts';
import { kindOf, verbOf } from '../verbs/lexicon.ts';
import { PHRASES } from '../verbs/phrases.ts';
import type { Deed } from './deed.ts';
import { elsewhere, withoutPreface } from './prefaces.ts';

const TEXT_LIMIT = 2000;
const SENTENCE_LIMIT = 300;

/** Said before a verb without changing it. */
const ADVERB =
  /^(?:\w+ly|also|then|just|re|bulk|batch|force|hard|soft|first|now|one|securely|async|attempt|try|to|and|or|optionally)$/;

/** The description as a reader sees it, shortened, with no run of blanks for a pattern to get lost in. */
export const textOf = (description: unknown): string =>
  plainText(description, TEXT_LIMIT)
    .replace(/[ \t\r]+/g, ' ')
    .replace(/(?:\n ?){2,}/g, '\n\n');

const END = /(?<=[a-z)\]0-9]{2})[.!?;](?:\s|$)|\n\n|\n(?=[^\n]{0,40}:)|\n ?[-*•\d]/u;

/** The first sentences in lower case and without markup. */
export function sentencesOf(text: string, name: string): string[] {
  const lower = text.toLowerCase().replace(/[*_`#>"'“”‘’]+/g, (marks) => (marks.includes('_') ? '_' : ''));
  const start = lower.slice(0, SENTENCE_LIMIT * 3).replace(/^[^\p{L}\p{N}[(]+/u, '');
  const own = name !== '' && start.startsWith(name) ? start.replace(/^[\w.-]+\s*[:–—-]\s+/, '') : start;
  return own
    .split(END)
    .filter((part) => part.trim() !== '')
    .slice(0, 3)
    .map((part) => part.slice(0, SENTENCE_LIMIT));
}

/** The deeds of the first sentence that has one at its beginning, or else at another likely place. */
export function deedsOfSentences(sentences: readonly string[]): Deed[] {
  for (const part of sentences) {
    const sentence = withoutPreface(part);
    for (const place of [sentence, ...elsewhere(sentence)]) {
      const deeds = deedsOfSentence(place);
      if (deeds.length > 0) return deeds;
    }
  }
  return [];
}

const skipped = (word: string) => ADVERB.test(word) && verbOf(word) !== word;
const EMPTY = /^(?:(?:is|has|can|use|uses)\b|call this|run this)/;

const inflection = (word: string) => (kindOf(word) ? 'base' : word.endsWith('ing') ? 'ing' : 's');

/** A word, with the hyphen if it is the first half of a compound that is no deed of its own. */
const TOKEN = /[\p{L}\p{N}_]+(?:-(?=[a-z])(?!(?:or|and|up|back|out|down|off|in|on)\b))?|[,/&:]/gu;
/** "Show (unhide) a row" says the same deed twice. */
const SAME = /^([a-z]+) \(([a-z]+)\)(?= )/;
const STATE = /^(?:open|complete|live|correct)$/;

/** The verbs that the first sentence begins with, in one list: "gets, creates or deletes a label". */
function deedsOfSentence(sentence: string): Deed[] {
  const plain = PHRASES.reduce((text, [phrase, verb]) => text.replace(phrase, verb), sentence).replace(
    SAME,
    '$1 or $2',
  );
  const tokens = plain.match(TOKEN)?.slice(0, 60) ?? [];
  const words = tokens.map((token) => token.replace(/-$/, ''));
  const start = words.findIndex((word) => !skipped(word));
  const first = words[start];
  const verb = first === undefined ? undefined : verbOf(first);
  // `is` and `has` are verbs of a name (`is_valid`), and "use this when" says nothing.
  if (first === undefined || verb === undefined || EMPTY.test(words.slice(start, start + 2).join(' '))) return [];
  const form = inflection(first);
  const places: [at: number, verb: string, sure: boolean][] = [
    [start, verb, !NOUN_OR_VERB.has(verb) || startsClause(words, start) || form !== 'base'],
  ];
  for (let at = start + 1; at < words.length; at++) {
    // What follows is examples of a thing.
    if (/^(?:including|such|like|e)$/.test(words[at] ?? '')) break;
    if (!/^(?:,|\/|&|and|or|then)$/.test(words[at] ?? '')) continue;
    let next = at + 1;
    while (/^(?:and|or|then)$/.test(words[next] ?? '') || skipped(words[next] ?? '')) next++;
    const word = words[next] ?? '';
    // Of "live/open orders" and "open-source code" nothing is opened.
    const state = words[at] === '/' && STATE.test(word) && verbOf(words[at - 1] ?? '') === undefined;
    const joined =
      state || (tokens[next]?.endsWith('-') && verbOf(words[next + 1] ?? '') === undefined) ? undefined : verbOf(word);
    if (joined && inflection(word) === form && (!NOUN_OR_VERB.has(joined) || at === (places.at(-1)?.[0] ?? 0) + 1))
      places.push([next, joined, true]);
  }
  const objects = places.map(([at, said]) => [
    ...soughtBy(said, words.slice(at + 1)),
    ...objectsOf(words.slice(at + 1)),
  ]);
  return places.map(([, said, sure], index): Deed => {
    const own = objects.slice(index).find((some) => some.length > 0) ?? [];
    return { verb: said, kind: kindOf(said) ?? 'looking', clue: 'description', sure, objects: own };
  });
}

/** What is looked for: in "search all indexes for records" it is the records. */
function soughtBy(verb: string, words: readonly string[]): string[] {
  const at = /^(?:search|query|scan|look)$/.test(verb) ? words.slice(0, 12).indexOf('for') : -1;
  return at > 0 ? objectsOf(words.slice(at + 1)) : [];
}

/** "query a table" and "run the job" say a deed; "query performance" may not. */
const startsClause = (words: readonly string[], at: number) =>
  /^(?:an?|the|this|that|all|any|one|your|multiple|some|every|each|new|existing|into|to|for|on|up|through|from|specific|arbitrary|raw|,|and|or|\/)$/.test(
    words[at + 1] ?? '',
  );
