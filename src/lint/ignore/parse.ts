import type { Place } from '../../model/place.ts';
import { commentsOf } from '../../source/edit/comments.ts';
import { lineStart, nextLine } from '../../source/edit/lines.ts';
import { type FileMap, mapOf, type Start } from './places.ts';

/** `# stakes-ignore <rule>[, <rule>] -- <reason>`. */
export interface Ignore {
  rules: string[];
  reason: string;
  /** The line whose findings it holds back. */
  line: number;
  /** What else it holds back: all below the key that it stands above. */
  below: Start | undefined;
  place: Place;
  /** Id of the agent that it stands in. */
  agent: string;
}

/** Of a rule's name; what is longer is none. */
const LONGEST = 80;

const FORM = /^#+[ \t]*stakes-ignore(?=$|[\s:,])[ \t:]*(.*)$/;

/** The ignores of a YAML text, in order; undefined: the text cannot be read, or holds none. */
export function ignoresIn(file: string, text: string): Ignore[] | undefined {
  // Reading a text again costs more than most rules.
  if (!text.includes('stakes-ignore')) return undefined;
  const map = mapOf(text);
  return map && commentsOf(text).flatMap((comment) => ignoreOf(file, text, map, comment));
}

function ignoreOf(file: string, text: string, map: FileMap, comment: { offset: number; text: string }): Ignore[] {
  const said = FORM.exec(comment.text)?.[1];
  if (said === undefined) return [];
  const alone = /^[ \t]*$/.test(text.slice(lineStart(text, comment.offset), comment.offset));
  const about = alone ? contentBelow(text, comment.offset) : comment.offset;
  const { line } = map.locate(about, about);
  const start = map.starts.get(line);
  const [names = '', ...reason] = said.split(/(?:^|[ \t])--(?=[ \t]|$)/);
  const document = start?.document ?? documentAt(map, line);
  return [
    {
      rules: [...new Set(names.split(/[\s,]+/).filter((name) => name !== ''))].map((name) => name.slice(0, LONGEST)),
      reason: reason.join(' -- ').trim(),
      line,
      below: alone ? start : undefined,
      place: {
        file,
        ...map.locate(comment.offset, comment.offset + comment.text.length),
        document,
        pointer: start?.pointer ?? '',
      },
      agent: map.agents[document] ?? '',
    },
  ];
}

/** The first line below that is neither empty nor a comment. */
function contentBelow(text: string, from: number): number {
  let at = nextLine(text, from);
  while (at < text.length && /^[ \t]*(?:#.*)?\r?$/.test(lineAt(text, at))) at = nextLine(text, at);
  return at + (/^[ \t]*/.exec(lineAt(text, at))?.[0].length ?? 0);
}

const lineAt = (text: string, at: number) => text.slice(at, nextLine(text, at)).replace(/\n$/, '');

/** Of the last entry that starts at or above the line. */
function documentAt({ starts }: FileMap, line: number): number {
  let document = 0;
  for (const [at, start] of starts) if (at <= line) document = Math.max(document, start.document);
  return document;
}
