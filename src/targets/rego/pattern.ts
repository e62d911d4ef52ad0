import { tokensOf } from '../../enforce/pattern/tokens.ts';
import { type Tree, treeOf } from '../../enforce/pattern/tree.ts';
import { atomText } from './class.ts';

/** How often RE2 repeats something, repeats of repeats included. */
const MOST_REPEATS = 1_000;

/** A pattern of JSON Schema (ECMA-262, `u` flag) as RE2 says it, finding the same texts; undefined where it cannot. */
export function re2Of(pattern: string): string | undefined {
  const tokens = tokensOf(pattern);
  if (!Array.isArray(tokens)) return undefined;
  const tree = treeOf(tokens);
  return repeatsOf(tree) > MOST_REPEATS ? undefined : textOf(tree);
}

function textOf(tree: Tree): string | undefined {
  switch (tree.kind) {
    case 'atom':
      return atomText(tree.text);
    case 'assert':
      // `$` alone could mean the end of a line to another engine.
      return tree.what === '^' ? '\\A' : tree.what === '$' ? '\\z' : tree.what;
    case 'repeat': {
      const body = textOf(tree.body);
      return body === undefined ? undefined : `(?:${body})${quantifierOf(tree)}`;
    }
    default: {
      const parts = tree.parts.map(textOf);
      if (parts.includes(undefined)) return undefined;
      return tree.kind === 'sequence' ? parts.join('') : `(?:${parts.join('|')})`;
    }
  }
}

function quantifierOf({ least, most }: { least: number; most: number }): string {
  if (most === Number.POSITIVE_INFINITY) return least < 2 ? (least === 0 ? '*' : '+') : `{${least},}`;
  if (least === 0 && most === 1) return '?';
  return least === most ? `{${least}}` : `{${least},${most}}`;
}

function repeatsOf(tree: Tree): number {
  if (tree.kind === 'atom' || tree.kind === 'assert') return 1;
  if (tree.kind !== 'repeat') return Math.max(1, ...tree.parts.map(repeatsOf));
  const times = tree.most === Number.POSITIVE_INFINITY ? tree.least : tree.most;
  return Math.max(1, times) * repeatsOf(tree.body);
}
