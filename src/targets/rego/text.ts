/** A Rego string; everything but printable ASCII, letters and digits is spelled out, so that nothing invisible hides in it. */
export function regoString(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e\p{L}\p{N}]/gu, (char) => {
    const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

/** A lone surrogate has no UTF-8 form: two such names would become one in a file. */
export function isSayable(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** A JSON value as a Rego term; the keys of an object keep their order. */
export function regoTerm(value: unknown): string {
  if (typeof value === 'string') return regoString(value);
  if (Array.isArray(value)) return `[${value.map(regoTerm).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${regoString(name)}: ${regoTerm(inner)}`);
  return `{${fields.join(', ')}}`;
}

/** False where some text in a value has no UTF-8 form. */
export function isSayableValue(value: unknown): boolean {
  return isSayable(JSON.stringify(value) ?? '') && !/\\ud[89a-f]/i.test(JSON.stringify(value) ?? '');
}
