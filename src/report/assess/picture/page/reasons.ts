import type { Because } from '../../../../model/assessment.ts';
import type { Place } from '../../../../model/place.ts';
import { factPhrases } from '../../../facts.ts';
import { seen } from '../../../page/text.ts';
import { soundsOpen } from '../../../words.ts';

export interface Reason {
  phrase: string;
  places: Place[];
}

const TOOLS = 7;
const LINES = 7;

/** Facts that say the same of several tools, together; what is sure before what is open. */
export function reasonsOf(facts: readonly Because[], root: string): Reason[] {
  const groups = new Map<string, Because[]>();
  for (const fact of facts) {
    const says = fact.fact.replace(/^`[^`]+` /, '');
    const key = JSON.stringify([fact.agent, says, fact.provenance]);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  const reasons = [...groups.values()].flatMap((group): Reason[] => {
    const places = group.flatMap(({ place }) => (place ? [place] : []));
    // Facts that do not begin with their tool are phrases of their own.
    return factPhrases(group, root, TOOLS).map((phrase) => ({ phrase, places }));
  });
  return [
    ...reasons.filter(({ phrase }) => !soundsOpen(phrase)),
    ...reasons.filter(({ phrase }) => soundsOpen(phrase)),
  ];
}

/** `line 4`, `lines 4, 9`, `other.agent.yaml:4`. */
export function placeWords(places: readonly Place[], file: string): string {
  const own = [...new Set(places.filter((place) => place.file === file).map(({ line }) => line))];
  const others = [...new Set(places.filter((place) => place.file !== file).map((each) => `${each.file}:${each.line}`))];
  const lines = own.length === 0 ? [] : [`line${own.length > 1 ? 's' : ''} ${first(own.map(String))}`];
  return [...lines, ...(others.length > 0 ? [seen(first(others))] : [])].join('; ');
}

function first(words: readonly string[]): string {
  return words.length <= LINES
    ? words.join(', ')
    : `${words.slice(0, LINES).join(', ')} and ${words.length - LINES} more`;
}
