/** One line of RFC 4180, with a line feed. */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(csvValue).join(',')}\n`;
}

/** What a spreadsheet would take for a formula begins with an apostrophe. Source: https://owasp.org/www-community/attacks/CSV_Injection */
function csvValue(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
