import { tokensOf } from '../source/pointer.ts';
import { type Complaint, said } from './complaint.ts';
import { kindOf, nameOf, quote, typeWords } from './value-words.ts';

export function typeComplaint(pointer: string, type: string, value: unknown): Complaint {
  const tokens = tokensOf(pointer);
  const tool = tokens.at(-2) === 'tools' && type === 'object';
  const wanted = tool ? '`read`, `write` or a map of facts' : typeWords(type);
  const about = value === null ? 'has no value; it must be' : 'must be';
  const found = type === 'integer' && typeof value === 'number' ? quote(value) : kindOf(value);
  const message = `${nameOf(pointer)} ${about} ${wanted}${value === null ? '' : `, not ${found}`}`;
  return said('wrong-type', message, typeHelp(type, value, tokens.at(-1) ?? ''), pointer);
}

/** What people most often mean when they write the wrong type. */
function typeHelp(type: string, value: unknown, key: string): string | undefined {
  if (value === null && /[^/]:./.test(key)) return 'put a space after the colon';
  if (type === 'boolean' && /^(?:yes|y|on)$/i.test(String(value))) return 'write `true`';
  if (type === 'boolean' && /^(?:no|n|off)$/i.test(String(value))) return 'write `false`';
  if (typeof value === 'string' && type === 'boolean' && /^(?:true|false)$/i.test(value))
    return `write ${quote(value.toLowerCase())}, without quotes`;
  if (typeof value === 'string' && (type === 'number' || type === 'integer') && /^-?[\d.]+$/.test(value))
    return 'remove the quotes';
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return 'put it in quotes';
  if (type === 'array' && typeof value === 'string') return `write \`[ ]\` around it`;
  if (type === 'object' && Array.isArray(value)) return 'write each entry as `name: …` instead of `- …`';
  return undefined;
}

export function constComplaint(pointer: string, wanted: unknown, value: unknown): Complaint {
  const name = nameOf(pointer);
  if (pointer.endsWith('/schemaVersion') && typeof value === 'number') {
    const message = `${name} is ${quote(value)}, and this stakes reads ${quote(wanted)}`;
    return said('wrong-value', message, 'a newer stakes may read it', pointer);
  }
  const quoted = typeof value === 'string' && value === String(wanted);
  return said(
    'wrong-value',
    `${name} must be ${quoted ? `the number ${quote(wanted)}, not text` : quote(wanted)}`,
    quoted ? 'remove the quotes' : undefined,
    pointer,
  );
}
