/** The text that everything a pattern matches must start and end with; `exact` when nothing else is asked of it. */
export interface FixedEnds {
  start: string;
  end: string;
  /** The pattern is one text, whole. */
  whole: boolean;
  exact: boolean;
}

const TOKEN =
  /\\(?:x[\da-f]{2}|u[\da-f]{4}|[upP]\{[^}]*\}|k<[^>]*>|c.|\d+|.)|\[(?:\\.|[^\]\\])*\]|[*+?]\??|\{\d+(?:,\d*)?\}\??|[\s\S]/giu;
const PLAIN = /^[^\\^$.*+?()[\]{}|]$/u;

/** What `like` can check of a regular expression: the fixed text at its ends. */
export function fixedEnds(pattern: string): FixedEnds {
  const none = { start: '', end: '', whole: false, exact: false };
  if (pattern.includes('|')) return none;
  const tokens = pattern.match(TOKEN) ?? [];
  const anchoredStart = tokens[0] === '^';
  const anchoredEnd = tokens.at(-1) === '$';
  const body = tokens.slice(anchoredStart ? 1 : 0, anchoredEnd ? -1 : undefined);
  const texts = body.map((token, index) => (isQuantifier(body[index + 1]) ? undefined : literalOf(token)));
  const firstOpen = texts.indexOf(undefined);
  const start = anchoredStart ? texts.slice(0, firstOpen < 0 ? undefined : firstOpen).join('') : '';
  const end = anchoredEnd ? texts.slice(texts.lastIndexOf(undefined) + 1).join('') : '';
  const isText = firstOpen < 0;
  if (isText && anchoredStart && anchoredEnd) return { start, end: '', whole: true, exact: true };
  return { start, end, whole: false, exact: isText && (anchoredStart || anchoredEnd) };
}

function literalOf(token: string): string | undefined {
  if (PLAIN.test(token)) return token;
  return /^\\[^\w\s]$/u.test(token) ? token.slice(1) : undefined;
}

function isQuantifier(token: string | undefined): boolean {
  return token !== undefined && /^(?:[*+?]\??|\{\d+(?:,\d*)?\}\??)$/.test(token);
}
