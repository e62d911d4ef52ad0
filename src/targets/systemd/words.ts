/** One word of a value that systemd splits at spaces: paths, and what a line of `ExecStart=` holds. */
export function word(text: string): string {
  const escaped = text.replace(/["\\]/g, (sign) => `\\${sign}`).replaceAll('%', '%%');
  return `"${escaped}"`;
}

/** One argument of `ExecStart=`, where `$` is a variable and a control character needs a name. */
export function argument(text: string): string {
  return word(text)
    .replaceAll('$', '$$$$')
    .replace(/[\x01-\x1f\x7f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
