import type { Expectation } from '../../../src/model/proof.ts';
import type { Attempt } from '../../../src/targets/container/proof/attempts.ts';
import type { Shown } from '../../../src/targets/container/proof/seen.ts';
import { PROCESSES } from '../../../src/targets/kubernetes/losses.ts';
import { PROCESSES as SRT_PROCESSES } from '../../../src/targets/srt/losses.ts';
import type { Attack, Attempts } from './attacks.ts';
import type { Scene } from './scene.ts';

/** What a matrix says of one attempt at one tier. */
export type Word = 'held' | 'works' | 'loss' | 'not proven' | 'FAILED';
export interface Cell {
  word: Word;
  /** The declared loss, or why nothing was proven. */
  because: string;
  /** The attempt succeeded where nothing holds the process. */
  control: boolean;
}

const NETWORK = 'a NetworkPolicy holds only where the network of the cluster enforces it';
const HELD_BY_NOTHING = 'protected files in a writable folder are not held';

/** The loss that would own up to it, by a part of its text. Whatever else comes through is a failure. */
const OWNED: Readonly<Record<string, Partial<Record<Attack, string>>>> = {
  bubblewrap: { 'reach a listed host': 'bubblewrap knows all hosts or none' },
  compose: { 'change the manifest': 'only `.stakes` of the project is held' },
  kubernetes: {
    'reach an unlisted host': NETWORK,
    'reach the metadata address': NETWORK,
    'fork bomb': PROCESSES,
    'change the policy': HELD_BY_NOTHING,
    'change the manifest': HELD_BY_NOTHING,
  },
  srt: {
    'fork bomb': SRT_PROCESSES,
    'change the manifest': 'on Linux srt holds literal paths only: `.stakes/**`, `*.agent.yaml`',
  },
};

/** What no engine here can show, whatever it does. */
const UNSHOWN: Readonly<Record<string, Partial<Record<Attack, string>>>> = {
  kubernetes: { 'reach a listed host': 'no engine here enforces a NetworkPolicy, so every host is reached' },
};

/** The parts of each attempt that came through. */
export type Came = ReadonlyMap<Attack, readonly boolean[]>;

export function cameOf(attempts: Attempts, { said, reached }: Shown): Came {
  const entries = Object.entries(attempts) as [Attack, { parts: readonly Attempt[] }][];
  return new Map(entries.map(([attack, { parts }]) => [attack, parts.map(({ came }) => came(said, reached))]));
}

/** `open`: the control, in which every part of an attempt must come through, or its refusal shows nothing. */
export function judge({ target, losses }: Scene, expected: Expectation, attack: Attack, held: Came, open: Came): Cell {
  const control = open.get(attack)?.every(Boolean) === true;
  const unshown = UNSHOWN[target]?.[attack];
  if (unshown !== undefined) return { word: 'not proven', because: unshown, control };
  if (!control) return { word: 'not proven', because: 'the control did not succeed', control };
  const came = held.get(attack) ?? [];
  if (expected === 'runs' && came.every(Boolean)) return { word: 'works', because: '', control };
  if (expected === 'refused' && !came.includes(true)) return { word: 'held', because: '', control };
  const owned = OWNED[target]?.[attack];
  const loss = owned === undefined ? undefined : losses.find(({ message }) => message.includes(owned));
  if (loss === undefined) return { word: 'FAILED', because: 'no loss owns up to it', control };
  return { word: 'loss', because: loss.message, control };
}
