import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Place, Problem } from '../../model/place.ts';
import { locator } from '../../source/locate.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';

/** JSON as editors read it, with comments and trailing commas: its value, and where each part of it stands. */
export interface JsonText {
  value: Record<string, unknown>;
  place(...path: (string | number)[]): Place;
}

const MAX_DEPTH = 64;

export function readJson(file: string, text: string): JsonText | Problem {
  const raw = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const errors: ParseError[] = [];
  const root = depthOf(raw) > MAX_DEPTH ? undefined : parseTree(raw, errors, { allowTrailingComma: true });
  const locate = locator(raw);
  const at = (offset: number, length: number, pointer: string): Place => ({
    file,
    ...locate(offset, offset + length),
    document: 0,
    pointer,
  });
  const [first] = errors;
  if (!root || first) {
    const message = first ? `this is no JSON: ${wordsOf(first)}` : `nested more than ${MAX_DEPTH} deep, or empty`;
    return { code: 'not-json', message, help: 'mend the file', place: at(first?.offset ?? 0, first?.length ?? 0, '') };
  }
  const value: unknown = plainOf(root);
  if (!isRecord(value)) return { code: 'not-a-map', message: 'this is JSON, but no map', place: at(0, 0, '') };
  return {
    value,
    place(...path) {
      let node: Node | undefined;
      for (let depth = path.length; !node && depth >= 0; depth--) node = findNodeAtLocation(root, path.slice(0, depth));
      const shown = node?.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : node;
      return at(shown?.offset ?? 0, shown?.length ?? 0, pointerOf(...path));
    },
  };
}

/** Not the parser's own, which would take `__proto__` for more than a name. */
function plainOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainOf);
  if (node.type !== 'object') return node.value;
  const entries = (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [[String(key.value), plainOf(value)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** The parser calls itself for every bracket. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}
