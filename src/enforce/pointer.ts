/** One more token (RFC 6901) at the front of a pointer. */
export function under(token: string | number, pointer: string): string {
  const text = String(token);
  return `/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}${pointer}`;
}

/** What stands at a pointer, by own keys only; undefined when nothing does. */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  let current = value;
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    if (Array.isArray(current) && key === 'length') return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
