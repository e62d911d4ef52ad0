import type { Assessment } from '../model/assessment.ts';
import { toolWords } from './assessment-words.ts';
import { placeWords } from './pointer-words.ts';
import { shown } from './shown.ts';
import { firstOf } from './words.ts';

/** The disclosure paths that carry the same data out after the same strangers' text. */
export interface Leak {
  certain: boolean;
  data: string;
  reader: string;
  /** Where strangers' text comes in, unless the manifest as a whole says so. */
  untrusted: string;
  exits: string[];
  /** A person approves every call of the exits. */
  held: boolean;
}

type Leaking = Pick<Assessment, 'agent' | 'disclosurePaths' | 'highStakes'>;

export function leaksOf({ agent, disclosurePaths, highStakes }: Leaking): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const { certain, data, untrusted, exit } of disclosurePaths) {
    const scope = shown(data.scope, 100);
    const reader = toolWords(data, agent);
    const source = sourceWords(untrusted, agent);
    const hold = highStakes.find((each) => each.agent === exit.agent && each.tool === exit.tool)?.access;
    const held = hold === 'ask' || hold === 'deny';
    const key = JSON.stringify([scope, reader, source, certain, held]);
    const leak = leaks.get(key) ?? { certain, data: scope, reader, untrusted: source, exits: [], held };
    const way = toolWords(exit, agent);
    if (!leak.exits.includes(way)) leak.exits.push(way);
    leaks.set(key, leak);
  }
  return [...leaks.values()];
}

/** Data, what comes in, and where it can leave, in one line. */
export function leakWords({ certain, data, untrusted, exits, held }: Leak): string {
  const hold = held ? (exits.length === 1 ? ' (asks)' : ' (all ask)') : '';
  return `${data} → ${strangersWords(untrusted)} → ${exitWords(exits)}${hold}${certain ? '' : ' (if an open fact turns out so)'}`;
}

export function strangersWords(untrusted: string): string {
  return `strangers' text${untrusted === '' ? '' : ` (${untrusted})`}`;
}

export function exitWords(exits: readonly string[]): string {
  const { items, more } = firstOf(exits, 3);
  return items.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function sourceWords({ agent, pointer }: { agent: string; pointer: string }, root: string): string {
  const place = pointer.endsWith('/inputs/untrusted') ? '' : placeWords(pointer);
  return [place, agent === root ? '' : `in ${shown(agent, 64)}`].filter((part) => part !== '').join(' ');
}
