import type { ArgumentSchema } from '../model/manifest.ts';
import { violationOf } from './arguments.ts';
import { rightValue } from './sample/right.ts';
import { type Change, changesOf } from './sample/wrong.ts';

/** Changed samples that are tried for one schema. */
const MOST_CHANGES = 300;

/** Arguments that a schema lets through, with every field that can be filled; undefined when none are found within bounds. */
export function sampleArguments(schema: ArgumentSchema): unknown {
  return rightValue(schema);
}

/** Arguments that a schema refuses, each the sample with one thing changed; `pointer` is where. The same every time. */
export function violatingArguments(schema: ArgumentSchema): Change[] {
  const right = sampleArguments(schema);
  if (right === undefined) return [];
  const wrong = new Map<string, Change>();
  let tried = 0;
  for (const change of changesOf(schema, right)) {
    if (tried++ >= MOST_CHANGES) break;
    if (violationOf(schema, change.value)) wrong.set(JSON.stringify(change), change);
  }
  return [...wrong.values()];
}
