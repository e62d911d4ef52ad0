import type { Place } from '../../model/place.ts';
import { commentsOf } from '../../source/edit/comments.ts';
import { lineStart } from '../../source/edit/lines.ts';
import { type FileMap, mapOf, type Start } from './places.ts';

/** `# stakes-ignore <rule>[, <rule>] -- <reason>`. */
export interface Ignore {
  rules: string[];
  reason: string;
  /** The line whose findings it holds back. */
  line: number;
  /** All that starts on that line; usually one. */
  starts: readonly Start[];
  /** What else it holds back: all below the key that it stands above. */
  below: Start | undefined;
  place: Place;
  /** Id of the agent that it stands in. */
  agent: string;
}

/** More ignores than this in one file are no decisions any more; the others hold nothing back. */
export const MOST_IGNORES = 1000;

/** Of a rule's name; what is longer is none. */
const LONGEST = 80;

const FORM = /^#+[ \t]*stakes-ignore(?=$|[\s:,])[ \t:]*(.*)$/;

/** The ignores of a YAML text, in order, and one more than count if there are; undefined: the text cannot be read, or holds none. */
export function ignoresIn(file: string, text: string): Ignore[] | undefined {
  // Reading a text again costs more than most rules.
  if (!text.includes('stakes-ignore')) return undefined;
  const map = mapOf(text);
  if (!map) return undefined;
  const comments = commentsOf(text).filter((comment) => FORM.test(comment.text));
  return comments.slice(0, MOST_IGNORES + 1).flatMap((comment) => ignoreOf(file, text, map, comment));
}

function ignoreOf(file: string, text: string, map: FileMap, comment: { offset: number; text: string }): Ignore[] {
  const said = FORM.exec(comment.text)?.[1];
  if (said === undefined) return [];
  const alone = /^[ \t]*$/.test(text.slice(lineStart(text, comment.offset), comment.offset));
  const here = map.lines.lineAt(comment.offset);
  const line = alone ? map.lines.contentBelow(here) : here;
  const starts = map.starts.get(line) ?? [];
  const [start] = starts;
  const [names = '', ...reason] = said.split(/(?:^|[ \t])--(?=[ \t]|$)/);
  const document =
    start?.document ??
    Math.max(
      0,
      map.documents.findLastIndex((first) => first <= line),
    );
  return [
    {
      rules: [...new Set(names.split(/[\s,]+/).filter((name) => name !== ''))].map((name) => name.slice(0, LONGEST)),
      reason: reason.join(' -- ').trim(),
      line,
      starts,
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
