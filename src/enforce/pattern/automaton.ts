import type { Tree } from './tree.ts';

/** What stands before or after a place in a text: nothing, a word character, or another one. */
export const EDGE = 0;
export const WORD = 1;
export const OTHER = 2;
export type Side = typeof EDGE | typeof WORD | typeof OTHER;

export type Node =
  | { kind: 'atom'; atom: number; next: number }
  | { kind: 'assert'; what: '^' | '$' | '\\b' | '\\B'; next: number }
  | { kind: 'fork'; next: number; other: number }
  | { kind: 'accept' };

export interface Automaton {
  nodes: Node[];
  start: number;
  /** The different atoms, as they are written. */
  atoms: string[];
  /** The sides of a place matter beyond the edges of the text. */
  words: boolean;
}

export const ACCEPT = 0;

export function automatonOf(tree: Tree): Automaton {
  const nodes: Node[] = [{ kind: 'accept' }];
  const atoms = new Map<string, number>();
  let words = false;
  const add = (node: Node) => nodes.push(node) - 1;

  function build(tree: Tree, next: number): number {
    switch (tree.kind) {
      case 'atom': {
        const atom = atoms.get(tree.text) ?? atoms.size;
        atoms.set(tree.text, atom);
        return add({ kind: 'atom', atom, next });
      }
      case 'assert':
        words ||= tree.what === '\\b' || tree.what === '\\B';
        return add({ kind: 'assert', what: tree.what, next });
      case 'sequence':
        return tree.parts.reduceRight((after, part) => build(part, after), next);
      case 'choice':
        return tree.parts
          .map((part) => build(part, next))
          .reduceRight((other, first) => add({ kind: 'fork', next: first, other }));
      case 'repeat':
        return repeat(tree, next);
    }
  }

  function repeat({ body, least, most }: Tree & { kind: 'repeat' }, next: number): number {
    if (most === 0) return next;
    let entry = next;
    if (most === Number.POSITIVE_INFINITY) {
      const fork: Node = { kind: 'fork', next, other: next };
      entry = add(fork);
      fork.next = build(body, entry);
      // Nothing is repeated where the body is nothing.
      if (fork.next === entry) return next;
    } else {
      for (let i = least; i < most; i++) {
        const inner = build(body, entry);
        if (inner === entry) return next;
        entry = add({ kind: 'fork', next: inner, other: next });
      }
    }
    for (let i = 0; i < least; i++) {
      const inner = build(body, entry);
      if (inner === entry) return entry;
      entry = inner;
    }
    return entry;
  }

  const start = build(tree, ACCEPT);
  return { nodes, start, atoms: [...atoms.keys()], words };
}

export function holdsBetween(what: '^' | '$' | '\\b' | '\\B', before: Side, after: Side): boolean {
  if (what === '^') return before === EDGE;
  if (what === '$') return after === EDGE;
  return ((before === WORD) !== (after === WORD)) === (what === '\\b');
}

/** Every node that can be reached from `from` without a character, between the two sides. */
export function closure({ nodes }: Automaton, from: Iterable<number>, before: Side, after: Side): Set<number> {
  const reached = new Set(from);
  // A set grows while it is walked, and the walk follows.
  for (const index of reached) {
    const node = nodes[index];
    if (node?.kind === 'fork') reached.add(node.next).add(node.other);
    else if (node?.kind === 'assert' && holdsBetween(node.what, before, after)) reached.add(node.next);
  }
  return reached;
}
