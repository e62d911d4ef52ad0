/** Letters of other scripts, and signs, that fonts draw like a Latin one. Source: the confusables of Unicode TR 39, the commonest. */
const DRAWN_LIKE: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ο: 'o',
  α: 'a',
  ν: 'v',
  ı: 'i',
};

/** The same for names that people take for one another: case, `l` for `1`, `O` for `0`, hyphens and look-alike letters. */
export function skeleton(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[Il1|]/g, 'l')
    .toLowerCase();
  return [...plain]
    .map((char) => DRAWN_LIKE[char] ?? char)
    .join('')
    .replace(/0/g, 'o')
    .replace(/[-_.\s]/g, '-');
}

/** Each name that looks like an earlier one, with that one. */
export function lookalikes(names: readonly string[]): { name: string; like: string }[] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const shape = skeleton(name);
    const like = first.get(shape);
    if (like === undefined) first.set(shape, name);
    return like === undefined || like === name ? [] : [{ name, like }];
  });
}
