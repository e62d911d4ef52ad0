import { parse, TomlError } from 'smol-toml';
import type { Place, Problem } from '../../model/place.ts';
import { locator } from '../../source/locate.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';

export interface TomlText {
  value: Record<string, unknown>;
  /** The line of its table, or of a key at the top; the parser keeps no places. */
  place(...path: string[]): Place;
}

const MAX_DEPTH = 64;

export function readToml(file: string, text: string): TomlText | Problem {
  const raw = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const locate = locator(raw);
  const at = (start: number, end: number, pointer: string): Place => ({
    file,
    ...locate(start, end),
    document: 0,
    pointer,
  });
  try {
    const value: unknown = JSON.parse(JSON.stringify(parse(raw, { maxDepth: MAX_DEPTH })));
    return {
      value: isRecord(value) ? value : {},
      place(...path) {
        const start = lineOf(raw, path);
        return at(start, Math.max(start, endOf(raw, start)), pointerOf(...path));
      },
    };
  } catch (error) {
    const [line, column] = error instanceof TomlError ? [error.line, error.column] : [1, 1];
    const start = raw.split('\n', line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    // The parser's own words quote the line, and with it whatever secret is in it.
    return { code: 'not-toml', message: 'this is no TOML', help: 'mend the file', place: at(start, start, '') };
  }
}

/** Where the table of the longest part of a path begins that has one of its own. */
function lineOf(text: string, path: readonly string[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const names = path.slice(0, depth).map((name) => `["']?${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?`);
    const found = new RegExp(`^[ \\t]*\\[${names.join('[ \\t]*\\.[ \\t]*')}[ \\t]*[.\\]]`, 'm').exec(text);
    const key = depth === 1 ? new RegExp(`^[ \\t]*${names[0]}[ \\t]*[=.]`, 'm').exec(text) : null;
    const start = found ?? key;
    if (start) return start.index + (/\S/.exec(start[0])?.index ?? 0);
  }
  return 0;
}

function endOf(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
