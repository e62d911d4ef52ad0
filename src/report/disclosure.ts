import type { Assessment } from '../model/assessment.ts';
import { toolWords } from './assessment-words.ts';
import { placeWords } from './pointer-words.ts';
import { shown } from './shown.ts';
import { firstOf } from './words.ts';

/** The disclosure paths that share an exit and a source of strangers' text. */
export interface Leak {
  certain: boolean;
  data: string[];
  untrusted: string;
  exit: string;
}

export function leaksOf({ agent, disclosurePaths }: Assessment): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const { certain, data, untrusted, exit } of disclosurePaths) {
    const source = placeWords(untrusted.pointer) + (untrusted.agent === agent ? '' : ` in ${shown(untrusted.agent, 64)}`);
    const way = toolWords(exit, agent);
    const key = JSON.stringify([source, way, certain]);
    const leak = leaks.get(key) ?? { certain, data: [], untrusted: source, exit: way };
    const scope = shown(data.scope, 100);
    if (!leak.data.includes(scope)) leak.data.push(scope);
    leaks.set(key, leak);
  }
  return [...leaks.values()];
}

/** `customers, orders and 3 more`. */
export function dataWords({ data }: Leak): string {
  const { items, more } = firstOf(data, 3);
  return items.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
