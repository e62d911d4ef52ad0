import { isRecord } from '../record.ts';

/** How texts are quoted where they need not be: as the value that they replace was. */
export type Quote = 'plain' | 'single' | 'double';

export interface Style {
  json: boolean;
  quote?: Quote;
}

const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;
const NUMBER = /^[-+]?(?:\.?[0-9][0-9_.]*(?:e[-+]?[0-9]+)?|0[xo][0-9a-f]+|\.inf|\.nan)$/i;
/** Texts that mean themselves without quotes, in maps on one line too, for every version of YAML. */
const PLAIN = /^[A-Za-z0-9_./](?:[A-Za-z0-9_./@*+=$~;-]| (?=[^ #])|:(?=[A-Za-z0-9/]))*$/;
/** Base 60 in YAML 1.1. */
const SEXAGESIMAL = /^[0-9]+(?::[0-9]+)+$/;

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !RESERVED.test(text) && !NUMBER.test(text) && !SEXAGESIMAL.test(text) && text !== '---';
}

export function scalarText(value: unknown, { json, quote = 'plain' }: Style): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null';
  if (!json && quote === 'plain' && isPlain(value)) return value;
  // Single quotes have no escapes, so that only printable texts fit in.
  if (!json && quote === 'single' && /^[\x20-\x7e\u00a1-\u024f]*$/.test(value))
    return `'${value.replaceAll("'", "''")}'`;
  // YAML breaks lines at these two, JSON does not escape them; the others may not stand in YAML at all.
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value on one line, as it may stand anywhere. */
export function inline(value: unknown, style: Style): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, style)).join(', ')}]`;
  if (!isRecord(value)) return scalarText(value, style);
  const pairs = Object.entries(value).map(([key, item]) => `${keyText(key, style)}: ${inline(item, style)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

export function keyText(key: string, { json }: Style): string {
  return scalarText(key, { json });
}

export const isEmpty = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Object.keys(value).length === 0;

/** A value over several lines, each with its own indentation. */
export function blockLines(value: unknown, indent: string, step: string): string[] {
  const style: Style = { json: false };
  const line = (lead: string, item: unknown): string[] =>
    isEmpty(item) ? [`${lead} ${inline(item, style)}`] : [lead, ...blockLines(item, indent + step, step)];
  if (!Array.isArray(value)) {
    return Object.entries(value as object).flatMap(([key, item]) => line(`${indent}${keyText(key, style)}:`, item));
  }
  return value.map((item) => `${indent}- ${inline(item, style)}`);
}
