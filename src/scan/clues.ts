import type { ListedTool } from '../model/scan.ts';
import { deedsOfActions } from './signals/action.ts';
import type { Deed } from './signals/deed.ts';
import { type Field, fieldsOf } from './signals/fields.ts';
import { type Hints, hintsOf } from './signals/hints.ts';
import { deedsOfName } from './signals/name.ts';
import { withoutPreface } from './signals/prefaces.ts';
import { inSense } from './signals/sense.ts';
import { deedsOfSentences, sentencesOf, textOf } from './signals/sentence.ts';
import { reads } from './verbs/lexicon.ts';
import { singular, wordsOf } from './words.ts';

/** All that a listing tells of a tool, taken apart once. */
export interface Clues {
  name: string;
  /** The words of the name without the server's own. */
  words: readonly string[];
  named: readonly Deed[];
  said: readonly Deed[];
  chosen: readonly Deed[];
  fields: readonly Field[];
  hints: Hints;
  /** The description in lower case, and its first sentence without an introduction. */
  text: string;
  sentence: string;
  /** Words of the name and the server, singular, for what a tool is about. */
  topic: ReadonlySet<string>;
}

/** To run a saved query is to read. */
const SAVED = /\b(?:saved|existing|predefined) (?:\w+ )?(?:quer(?:y|ies)|search(?:es)?|questions?|reports?|looks?)\b/;
const asReading = (deed: Deed): Deed =>
  deed.kind === 'running' ? { ...deed, kind: 'looking', objects: ['record'] } : deed;

/** Is the word always written as a name is, in a text that does not write every word so? */
const isName = (word: string, text: string): boolean => {
  const found = text.replace(/https?:\/\/\S+/g, '').match(new RegExp(`\\b${word}\\w*`, 'gi')) ?? [];
  const [small, large] = [/\b[a-z]{3}/g, /\b[A-Z][a-z]{2}/g].map((start) => text.match(start)?.length ?? 0);
  return (
    (small ?? 0) > 2 * (large ?? 0) &&
    found.length > 0 &&
    found.every((one) => one === `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
  );
};

export function cluesOf(tool: ListedTool, server: string): Clues {
  const serverWords = wordsOf(server);
  const described = textOf(tool.description);
  const text = (described.trim() === '' ? textOf(tool.title) : described).toLowerCase();
  const name = typeof tool.name === 'string' ? tool.name.slice(0, 256).toLowerCase() : '';
  const sentences = sentencesOf(text, name);
  const sentence = sentences.map(withoutPreface).find((one) => one !== '') ?? '';
  const said = deedsOfSentences(sentences)
    .filter(({ verb }, at) => at === 0 || !(serverWords.includes(verb) && isName(verb, described)))
    .map(inSense);
  const saidToRead = said.length > 0 && said.every(({ kind, sure }) => sure && reads(kind));
  const { deeds, words } = deedsOfName(tool.name, new Set(serverWords), saidToRead);
  const named = deeds.map((deed) => {
    const open = deed.objects.length === 0 && (reads(deed.kind) || deed.kind === 'changing');
    // A text may say what is looked at or changed, and never make a deletion smaller.
    const same = open ? said.find(({ verb }) => verb === deed.verb) : undefined;
    return inSense(same ? { ...deed, objects: same.objects } : deed);
  });
  const saved = SAVED.test(sentence);
  const fields = fieldsOf(tool.inputSchema);
  return {
    name,
    words,
    named: saved ? named.map(asReading) : named,
    said: saved ? said.map(asReading) : said,
    chosen: deedsOfActions(fields, named[0]?.objects ?? [...words].reverse().map(singular)),
    fields,
    hints: hintsOf(tool.annotations),
    text,
    sentence,
    topic: new Set([...serverWords, ...words].map(singular)),
  };
}
