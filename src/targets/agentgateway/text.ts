/** A CEL string. The gateway fills in variables of the whole file before it reads it, so a `$` is spelled out as well. */
export function celString(text: string): string {
  const escaped = text.replace(/["\\$]|[^\x20-\x7e\p{L}\p{N}]/gu, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    const code = char.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** A plain text of the file, in which nothing is filled in. */
export function plainText(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** The same, but for whole references such as `${TOKEN}`, which the gateway fills in. */
export function withReferences(text: string): string {
  return text
    .split(/(\$\{[A-Za-z_][A-Za-z0-9_]*\})/)
    .map((part, at) => (at % 2 === 1 ? part : plainText(part)))
    .join('');
}
