import type { Assessment } from '../model/assessment.ts';
import { toolWords } from './assessment-words.ts';
import { placeWords } from './pointer-words.ts';
import { shown } from './shown.ts';
import { firstOf } from './words.ts';

/** The disclosure paths that carry the same data out after the same strangers' text. */
export interface Leak {
  certain: boolean;
  data: string;
  /** Where strangers' text comes in, unless the manifest as a whole says so. */
  untrusted: string;
  exits: string[];
}

export function leaksOf({ agent, disclosurePaths }: Assessment): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const { certain, data, untrusted, exit } of disclosurePaths) {
    const from = `${shown(data.scope, 100)} (${toolWords(data, agent)})`;
    const source = sourceWords(untrusted, agent);
    const key = JSON.stringify([from, source, certain]);
    const leak = leaks.get(key) ?? { certain, data: from, untrusted: source, exits: [] };
    const way = toolWords(exit, agent);
    if (!leak.exits.includes(way)) leak.exits.push(way);
    leaks.set(key, leak);
  }
  return [...leaks.values()];
}

/** Data, what comes in, and where it can leave, in one line. */
export function leakWords({ certain, data, untrusted, exits }: Leak): string {
  const { items, more } = firstOf(exits, 3);
  const ways = items.join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `${data} → strangers' text${untrusted === '' ? '' : ` (${untrusted})`} → ${ways}${certain ? '' : ' (if so)'}`;
}

function sourceWords({ agent, pointer }: { agent: string; pointer: string }, root: string): string {
  const place = pointer.endsWith('/inputs/untrusted') ? '' : placeWords(pointer);
  return [place, agent === root ? '' : `in ${shown(agent, 64)}`].filter((part) => part !== '').join(' ');
}
