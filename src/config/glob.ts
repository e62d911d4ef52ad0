/** Does a path match? A pattern without wildcards is a file, or a folder with all that is below it. */
export function pathMatches(pattern: string, path: string): boolean {
  const wanted = pattern
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const parts = path.replace(/^\.\//, '').split('/');
  if (wanted.length === 0) return true;
  return matches(wanted, parts, '**', textMatches) || matches([...wanted, '**'], parts, '**', textMatches);
}

/** `*`: any characters; `?`: one. */
export function textMatches(pattern: string, text: string): boolean {
  return matches([...pattern], [...text], '*', (wanted, char) => wanted === '?' || wanted === char);
}

/** Goes back to the last wildcard only, so that the time is a product of the lengths and no power of them. */
function matches(
  pattern: readonly string[],
  parts: readonly string[],
  any: string,
  same: (wanted: string, part: string) => boolean,
): boolean {
  let [at, star, resume] = [0, -1, 0];
  for (let i = 0; i < parts.length; ) {
    const wanted = pattern[at];
    if (wanted === any) {
      [star, resume] = [at++, i];
    } else if (wanted !== undefined && same(wanted, parts[i] ?? '')) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === any) at++;
  return at === pattern.length;
}
