import { objectsOf } from '../nouns/objects.ts';
import { plainText } from '../plain.ts';
import { NOUN_OR_VERB } from '../verbs/lasting.ts';
import { kindOf, verbOf } from '../verbs/lexicon.ts';
import { PHRASES } from '../verbs/phrases.ts';
import type { Deed } from './deed.ts';

const TEXT_LIMIT = 2000;
const SENTENCE_LIMIT = 300;

/** Ways to begin that are not yet the deed. Tried again and again, so that they may follow one another. */
const PREFACES: readonly RegExp[] = [
  /^[a-z][\w. -]{0,30} \| /,
  /^(?:deprecated|note|important|warning|beta|alpha|preview|experimental|new|premium|pro|admin only)\b[:.!)\]]+\s*/,
  /^\[[^\]]{0,60}\]\]?\s*/,
  /^(?:please\s+)?(?:use|call|invoke|run)\s+(?:this|it)(?:\s+(?:mcp|tool|function|endpoint|method|command|api))*\s*(?:when(?:ever)?|if)?\s*(?:you|users?|the user)?\s*(?:need|needs|want|wants|wish|asks?)?\s*(?:you\s+)?(?:to|for|in order to)\s+/,
  /^(?:this|the)\s+(?:[a-z]+\s+)?(?:tool|function|endpoint|method|command|operation|action|api|call|mutation|resolver|query)\s+(?:will|can|is used to|is used for|can be used to|should be used to|may be used to|is for|lets you|helps you|enables you to|allows you to|allows users to|allows(?: the)? \w+ to|is designed to)?\s*/,
  /^(?:an?|the)\s+(?:[a-z-]+\s+){0,2}(?:tool|function|utility|endpoint|command|method|wrapper|helper)\s+(?:to|for|that|which|used to|used for)\s+/,
  /^(?:tool|function|utility|endpoint|command|used|useful|helper|method|api|ability)\s+(?:to|for|that|which)\s+/,
  /^(?:allows?|enables?|lets?|helps?|permits?)\s+(?:(?:you|users?|the user|agents?|clients?|callers?|ai|llms?)\s+(?:to\s+)?|to\s+)/,
  /^(?:it|this)\s+(?:will|can|lets you|allows you to)?\s*/,
  /^(?:use|using)\s+[\w-]+(?:\s+[\w-]+)?\s+to\s+/,
  /^(?:you can|can|will|to|an? ability to)\s+/,
];

/** Said before a verb without changing it. */
const ADVERB =
  /^(?:\w+ly|also|then|just|re|bulk|batch|force|hard|soft|first|now|one|securely|async|attempt|try|to|and|or|optionally)$/;

/** The description as a reader sees it, shortened, with no run of blanks for a pattern to get lost in. */
export const textOf = (description: unknown): string =>
  plainText(description, TEXT_LIMIT)
    .replace(/[ \t\r]+/g, ' ')
    .replace(/(?:\n ?){2,}/g, '\n\n');

/** The first sentence in lower case, without markup and without what only introduces it. */
export function firstSentence(text: string, name: string): string {
  const lower = text.toLowerCase().replace(/[*_`#>"'“”‘’]+/g, (marks) => (marks.includes('_') ? '_' : ''));
  let rest = lower.slice(0, SENTENCE_LIMIT * 2).replace(/^[^\p{L}\p{N}[(]+/u, '');
  if (name !== '' && rest.startsWith(name)) rest = rest.replace(/^[\w.-]+\s*[:–—-]\s+/, '');
  for (let again = 0; again < 4; again++) {
    const before = rest;
    for (const preface of PREFACES) rest = rest.replace(preface, '').replace(/^[^\p{L}\p{N}[(]+/u, '');
    if (rest === before) break;
  }
  return (rest.split(/(?<=[a-z)\]0-9])[.!?;](?:\s|$)|\n\s*\n|\n(?=[^\n]{0,40}:)|\n\s*[-*•\d]/u)[0] ?? '').slice(
    0,
    SENTENCE_LIMIT,
  );
}

const inflection = (word: string) => (kindOf(word) ? 'base' : word.endsWith('ing') ? 'ing' : 's');

/** The verbs that the first sentence begins with, in one list: "gets, creates or deletes a label". */
export function deedsOfSentence(sentence: string): Deed[] {
  const plain = PHRASES.reduce((text, [phrase, verb]) => text.replace(phrase, verb), sentence);
  const words = plain.match(/[\p{L}\p{N}_]+|[,/&:]/gu)?.slice(0, 60) ?? [];
  const start = words.findIndex((word) => !ADVERB.test(word) || verbOf(word) === word);
  const first = words[start];
  const verb = first === undefined ? undefined : verbOf(first);
  if (first === undefined || verb === undefined) return [];
  const form = inflection(first);
  const places: [at: number, verb: string, sure: boolean][] = [
    [start, verb, !NOUN_OR_VERB.has(verb) || startsClause(words, start) || form !== 'base'],
  ];
  for (let at = start + 1; at < words.length; at++) {
    if (!/^(?:,|\/|&|and|or|then)$/.test(words[at] ?? '')) continue;
    let next = at + 1;
    while (/^(?:and|or|then)$/.test(words[next] ?? '') || ADVERB.test(words[next] ?? '')) next++;
    const word = words[next] ?? '';
    const joined = verbOf(word);
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
