import { alphabetOf } from './alphabet.ts';
import { ACCEPT, type Automaton, closure, EDGE, OTHER, type Side, WORD } from './automaton.ts';

/** What a search has done; for tests of its bounds. */
export interface Tally {
  /** Characters read. */
  steps: number;
  /** Nodes looked at to learn what a character does. */
  visits: number;
}

interface State {
  /** Nodes reached by the characters so far; what needs no character is left until the next one is known. */
  nodes: number[];
  before: Side;
  /** By class of the next character; null: found. */
  next: (State | null | undefined)[];
  /** Whether the text may end here; undefined until it is asked. */
  atEnd: boolean | undefined;
}

/** Nodes in all states kept; with more, every state is forgotten and learnt again. */
const MOST_KEPT = 20_000;

export type Search = (text: string, tally?: Tally) => boolean;

/** Whether a text matches somewhere, in one pass, with states learnt on the way. */
export function searchOf(automaton: Automaton): Search {
  const alphabet = alphabetOf(automaton.atoms);
  const states = new Map<string, State>();
  let kept = 0;
  let first: State | undefined;

  /** The state to go on with: the same, but for what must be forgotten first. */
  function trimmed(state: State): State {
    if (kept <= MOST_KEPT && !alphabet.isFull()) return state;
    alphabet.forget();
    states.clear();
    kept = 0;
    first = undefined;
    return stateOf(state.nodes, state.before);
  }

  function stateOf(nodes: number[], before: Side): State {
    const key = `${before}:${nodes.join()}`;
    const known = states.get(key);
    if (known) return known;
    const state: State = { nodes, before, next: [], atEnd: undefined };
    states.set(key, state);
    kept += nodes.length + 1;
    return state;
  }

  function learn(state: State, kind: number, tally: Tally | undefined): State | null {
    const side = alphabet.isWord(kind) ? WORD : OTHER;
    const reached = closure(automaton, state.nodes, state.before, side);
    if (tally) tally.visits += reached.size;
    if (reached.has(ACCEPT)) return null;
    // A match may start after any character.
    const nodes = new Set([automaton.start]);
    for (const index of reached) {
      const node = automaton.nodes[index];
      if (node?.kind === 'atom' && alphabet.takes(kind, node.atom)) nodes.add(node.next);
    }
    return stateOf(
      [...nodes].sort((a, b) => a - b),
      automaton.words ? side : OTHER,
    );
  }

  return (text, tally) => {
    first ??= stateOf([automaton.start], EDGE);
    let state = trimmed(first);
    for (let i = 0; i < text.length; ) {
      const point = text.codePointAt(i) ?? 0;
      i += point > 0xffff ? 2 : 1;
      if (tally) tally.steps++;
      const kind = alphabet.classOf(point);
      let next = state.next[kind];
      if (next === undefined) {
        next = learn(state, kind, tally);
        state.next[kind] = next;
        if (next !== null) next = trimmed(next);
      }
      if (next === null) return true;
      state = next;
    }
    state.atEnd ??= closure(automaton, state.nodes, state.before, EDGE).has(ACCEPT);
    return state.atEnd;
  };
}
