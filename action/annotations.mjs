import { property } from './runner.mjs';

const FILE = /^(::(?:error|warning|notice) )file=/;
const COMPACT = /^(?=.+?: (?:error|warning|note)\[)/;

/** Lines of `--format github` and `--format compact`, with paths from the root of the repository. */
export function rooted(text, prefix) {
  const lines = text.split('\n').filter((line) => line !== '');
  if (prefix === '') return lines;
  return lines.map((line) =>
    line.startsWith('::')
      ? line.replace(FILE, (_, head) => `${head}file=${property(prefix)}`)
      : line.replace(COMPACT, () => prefix),
  );
}

/** Those that no line of the others draws at the same place under the same title. */
export function without(lines, others) {
  const places = new Set(others.map(placeOf));
  return lines.filter((line) => !places.has(placeOf(line)));
}

/** A property cannot hold `::`: colons in it are escaped. */
const placeOf = (line) => /^::\w+ (.*?)::/.exec(line)?.[1] ?? line;
