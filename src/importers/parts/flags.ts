/** The words behind a flag up to the next one, for every time that it stands there; `--flag=value` counts, too. */
export function valuesOf(words: readonly string[], ...flags: readonly string[]): string[] {
  const values: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const [flag = '', ...inline] = (words[i] ?? '').split('=');
    if (!flags.includes(flag)) continue;
    if (inline.length > 0) values.push(inline.join('='));
    else while (i + 1 < words.length && !words[i + 1]?.startsWith('-')) values.push(words[++i] ?? '');
  }
  return values;
}

/** The value of a flag that takes one: of the last time that it stands there, and what follows is none of it. */
export function oneValueOf(words: readonly string[], ...flags: readonly string[]): string | undefined {
  const last = words.findLastIndex((word) => flags.includes(word.split('=')[0] ?? ''));
  return last < 0 ? undefined : valuesOf(words.slice(last), ...flags)[0];
}

export function hasFlag(words: readonly string[], ...flags: readonly string[]): boolean {
  return words.some((word) => flags.includes(word.split('=')[0] ?? '') && !word.endsWith('=false'));
}

/** A number that a limit can be; an expression is none. */
export function countIn(value: unknown): number | undefined {
  const count = typeof value === 'number' ? value : /^\s*\d{1,9}\s*$/.test(String(value)) ? Number(value) : 0;
  return Number.isInteger(count) && count > 0 ? count : undefined;
}

/** Names in a list as people write it: with commas, spaces or lines between them, and none of those inside brackets. */
export function listIn(text: string): string[] {
  return (text.match(/(?:\([^)]*\)|[^\s,(])+/g) ?? []).slice(0, 1000);
}
