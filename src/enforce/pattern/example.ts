import { membership } from './alphabet.ts';
import { ACCEPT, type Automaton, closure, EDGE, OTHER, type Side, WORD } from './automaton.ts';

const pointsOf = (text: string) => [...text].map((character) => character.codePointAt(0) ?? 0);
const WORDS = pointsOf('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_');
const OTHERS = pointsOf('-. /@:,+=#!?&%;()[]{}<>*$^|~\'"`\\\n\t');
/** Where characters are looked for that no keyboard has; emoji are the last of them. */
const LAST_POINT = 0x1fb00;
/** Nodes looked at before the search is given up. */
const MOST_VISITS = 1_000_000;

interface Step {
  node: number;
  before: Side;
  length: number;
  point: number;
  from: Step | undefined;
}

interface Reader {
  word: number | undefined;
  other: number | undefined;
}

/** A shortest text of at least `least` characters that matches, or undefined when none is found within bounds. */
export function shortestMatch(automaton: Automaton, least: number): string | undefined {
  const readers = new Map<number, Reader>();
  const read = (atom: number): Reader => {
    const reader = readers.get(atom) ?? readerOf(automaton.atoms[atom] ?? '[]');
    readers.set(atom, reader);
    return reader;
  };
  const seen = new Set<number>();
  const steps: Step[] = [];
  const visit = (node: number, before: Side, point: number, from: Step | undefined) => {
    const length = from ? Math.min(from.length + 1, least) : 0;
    const key = (length * automaton.nodes.length + node) * 3 + before;
    if (seen.has(key)) return;
    seen.add(key);
    steps.push({ node, before, length, point, from });
  };
  visit(automaton.start, EDGE, 0, undefined);
  let visits = 0;
  const reach = (node: number, before: Side, after: Side) => {
    const reached = closure(automaton, [node], before, after);
    visits += reached.size;
    return reached;
  };
  for (const step of steps) {
    if (visits > MOST_VISITS) return undefined;
    const { node, before, length } = step;
    if (length >= least && reach(node, before, EDGE).has(ACCEPT)) return textOf(step);
    for (const side of [WORD, OTHER] as const) {
      const any = side === WORD ? 97 : 32;
      // Before a match there may be anything, and after it.
      if (node === automaton.start) visit(node, side, any, step);
      for (const index of reach(node, before, side)) {
        const reached = automaton.nodes[index];
        if (reached?.kind === 'accept') visit(ACCEPT, side, any, step);
        if (reached?.kind !== 'atom') continue;
        const { word, other } = read(reached.atom);
        const point = side === WORD ? word : other;
        if (point !== undefined) visit(reached.next, side, point, step);
      }
    }
  }
  return undefined;
}

/** A word character that the atom takes, and another one. */
function readerOf(atom: string): Reader {
  const [takes = () => false] = membership([atom]);
  const word = WORDS.find(takes);
  const other = [...OTHERS, ...pointsOf(atom).filter((point) => point > 127)].find(takes);
  return { word, other: other ?? (word === undefined ? rare(takes) : undefined) };
}

function rare(takes: (point: number) => boolean): number | undefined {
  for (let point = 128; point < LAST_POINT; point++) if (takes(point)) return point;
  for (let point = 0; point < 32; point++) if (takes(point)) return point;
  return undefined;
}

function textOf(last: Step): string {
  const points: number[] = [];
  for (let step: Step = last; step.from; step = step.from) points.push(step.point);
  return String.fromCodePoint(...points.reverse());
}
