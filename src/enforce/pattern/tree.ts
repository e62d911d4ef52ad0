import type { Token } from './tokens.ts';

export type Tree =
  | { kind: 'atom'; text: string }
  | { kind: 'assert'; what: '^' | '$' | '\\b' | '\\B' }
  | { kind: 'sequence' | 'choice'; parts: Tree[] }
  | { kind: 'repeat'; body: Tree; least: number; most: number };

/** The tree of a pattern whose syntax is known to be right. */
export function treeOf(tokens: readonly Token[]): Tree {
  let at = 0;

  function choice(): Tree {
    const options = [sequence()];
    while (tokens[at]?.kind === 'bar') {
      at++;
      options.push(sequence());
    }
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', parts: options };
  }

  function sequence(): Tree {
    const parts: Tree[] = [];
    for (let token = tokens[at]; token && token.kind !== 'bar' && token.kind !== 'close'; token = tokens[at]) {
      at++;
      if (token.kind === 'open') {
        parts.push(choice());
        at++;
      } else if (token.kind === 'repeat') {
        const body = parts.pop();
        if (body) parts.push({ kind: 'repeat', body, least: token.least, most: token.most });
      } else if (token.kind === 'atom' || token.kind === 'assert') parts.push(token);
    }
    return { kind: 'sequence', parts };
  }

  return choice();
}

/** Nodes that the tree takes in an automaton; infinite where repeats of repeats go beyond counting. */
export function sizeOf(tree: Tree): number {
  if (tree.kind === 'atom' || tree.kind === 'assert') return 1;
  if (tree.kind === 'repeat') {
    const body = sizeOf(tree.body);
    if (body === 0 || tree.most === 0) return 0;
    const optional = tree.most === Number.POSITIVE_INFINITY ? 1 : tree.most - tree.least;
    return body * tree.least + (body + 1) * optional;
  }
  const forks = tree.kind === 'choice' ? tree.parts.length - 1 : 0;
  return tree.parts.reduce((sum, part) => sum + sizeOf(part), forks);
}
