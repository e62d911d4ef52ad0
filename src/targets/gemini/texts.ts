import { tokensOf } from '../../enforce/pattern/tokens.ts';
import { type Tree, treeOf } from '../../enforce/pattern/tree.ts';
import { compilePattern } from '../../enforce/pattern.ts';
import type { ArgumentSchema } from '../../model/manifest.ts';

/** A character that JSON writes as it is, in one unit: neither a quote, nor an escape, nor half of a pair. */
const PLAIN = '[^"\\\\\\0\\ud800-\\udfff]';

/** How often a group that repeats without an end is followed: Gemini CLI takes no repeat of a group. */
const REPEATS = 4;
const MOST_UNITS = 1_200;

export interface TextPattern {
  pattern: string;
  /** Some texts that the schema takes are refused. */
  stricter: boolean;
  lost: string[];
}

/** A text between its quotes, as the top of the arguments has it: no end but a NUL, which stands in no text. */
export function textPattern({ minLength, maxLength, pattern }: ArgumentSchema, top: boolean): TextPattern {
  const least = minLength ?? 0;
  const most = maxLength === undefined ? '' : String(maxLength);
  if (least > 50_000 || (maxLength ?? 0) > 50_000)
    return { pattern: top ? '"[^\\0]*"' : '"[^"\\\\\\0]*"', stricter: !top, lost: ['its length'] };
  if (pattern === undefined) {
    if (least === 0 && maxLength === undefined)
      return { pattern: top ? '"[^\\0]*"' : '"[^"\\\\\\0]*"', stricter: !top, lost: [] };
    // Escapes make a text longer and never shorter, so that only a least length needs plain characters.
    if (least === 0) return { pattern: `"${top ? '[^\\0]' : '[^"\\\\\\0]'}{0,${most}}"`, stricter: true, lost: [] };
    return { pattern: `"${PLAIN}{${least},${most}}"`, stricter: true, lost: [] };
  }
  const guard = `(?="${PLAIN}{${least},${most}}")`;
  const body = bodyOf(pattern);
  if (body === undefined) return { pattern: `${guard}"[^"\\0]*"`, stricter: true, lost: ['its pattern'] };
  return { pattern: `${guard}"[^"\\0]*${body}[^"\\0]*"`, stricter: true, lost: [] };
}

function bodyOf(pattern: string): string | undefined {
  const tokens = compilePattern(pattern).ok ? tokensOf(pattern) : [];
  if (!Array.isArray(tokens)) return undefined;
  try {
    const body = written(treeOf(tokens));
    return body.length > MOST_UNITS ? undefined : body;
  } catch (error) {
    if (error instanceof Unsayable) return undefined;
    throw error;
  }
}

class Unsayable extends Error {}

function written(tree: Tree): string {
  if (tree.kind === 'atom') return atom(tree.text);
  if (tree.kind === 'assert') return tree.what === '^' ? '(?<=")' : tree.what === '$' ? '(?=")' : tree.what;
  if (tree.kind !== 'repeat') {
    const parts = tree.parts.map(written);
    return tree.kind === 'sequence' ? parts.join('') : `(${parts.join('|')})`;
  }
  const { body, least, most } = tree;
  const inner = body.kind === 'sequence' && body.parts.length === 1 && body.parts[0] ? body.parts[0] : body;
  if (inner.kind === 'atom') return `${atom(inner.text)}{${least},${most === Number.POSITIVE_INFINITY ? '' : most}}`;
  if (inner.kind === 'assert') throw new Unsayable();
  const single = inner.kind === 'choice' ? classOf(inner.parts) : undefined;
  if (single !== undefined) return `${single}{${least},${most === Number.POSITIVE_INFINITY ? '' : most}}`;
  const once = written(inner);
  const extra = Math.min(most - least, REPEATS);
  if (most - least > REPEATS && most !== Number.POSITIVE_INFINITY) throw new Unsayable();
  if (once.length * (least + extra) > MOST_UNITS) throw new Unsayable();
  let optional = '';
  for (let count = 0; count < extra; count += 1) optional = `(|${once}${optional})`;
  return `${once.repeat(least)}${optional}`;
}

/** A choice among single characters, as one class. */
function classOf(parts: readonly Tree[]): string | undefined {
  const texts = parts.map((part) => {
    const only = part.kind === 'sequence' && part.parts.length === 1 ? part.parts[0] : part;
    return only?.kind === 'atom' && /^[\w ]$/.test(only.text) ? only.text : undefined;
  });
  return texts.every((text) => text !== undefined) ? `[${texts.join('')}]` : undefined;
}

/** The same without the `u` flag, and never past the end of the text. */
function atom(text: string): string {
  // A plain text has neither of them.
  if (text === '"' || text === '\\\\') return '(?!)';
  if (/[^\0-\ud7ff\ue000-\uffff]|\\[pPuxck]|\\c|"/u.test(text) || /[\r\n\0]/.test(text)) throw new Unsayable();
  if (text === '.') return '[^"\\0\\n\\r\\u2028\\u2029]';
  if (text.startsWith('[^')) {
    if (/\\[DWS]/.test(text)) throw new Unsayable();
    return `${text.slice(0, -1)}"\\0]`;
  }
  if (text.startsWith('[')) {
    if (/\\[DWSB]/.test(text) || text === '[]') throw new Unsayable();
    return text;
  }
  if (/^\\[DWS]$/.test(text)) return `[^${text.toLowerCase()}"\\0]`;
  return text.startsWith('\\') ? text : escaped(text);
}

/** A text that a pattern takes as it is. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
