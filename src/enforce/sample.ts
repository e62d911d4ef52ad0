import type { ArgumentSchema } from '../model/manifest.ts';
import type { Grant } from '../model/policy.ts';
import { violationOf } from './arguments.ts';
import { costOf } from './cost.ts';
import { rightValue } from './sample/right.ts';
import { type Change, changesOf } from './sample/wrong.ts';

/** Changed samples that are tried for one schema. */
const MOST_CHANGES = 300;

/** Arguments that a schema lets through, with every field that can be filled; undefined when none are found within bounds. */
export function sampleArguments(schema: ArgumentSchema): unknown {
  return rightValue(schema);
}

/** Arguments that a grant lets through, as a plain object; empty where none are asked for. */
export function sampleCall({ arguments: schema, cost }: Pick<Grant, 'arguments' | 'cost'>): Record<string, unknown> {
  const sample = schema === null ? {} : sampleArguments(schema);
  const call = isObject(sample) ? sample : {};
  if (cost === null || 'usd' in cost || typeof costOf(cost, call) === 'number') return call;
  // What a call costs by must be there, whether or not a schema says so; nothing costs nothing.
  const [, ...tokens] = cost.argument.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = tokens.pop() ?? '';
  let holder = call;
  for (const token of tokens) {
    const next = isObject(holder[token]) ? holder[token] : {};
    holder[token] = next;
    holder = next;
  }
  holder[last] = 0;
  return call;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
