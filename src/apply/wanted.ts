import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import type { MergeRule } from '../targets/define.ts';

/** One key of a generated settings file, and how it is merged. */
export interface Wanted {
  pointer: string;
  path: string[];
  rule: MergeRule;
  value: unknown;
}

/** What a generated file asks for. A key without a rule is a fault of the target, so it throws. */
export function wantedOf(settings: unknown, rules: Readonly<Record<string, MergeRule>>): Wanted[] {
  const found: Wanted[] = [];
  const visit = (value: unknown, path: string[]): void => {
    const pointer = pointerOf(...path);
    const rule = Object.hasOwn(rules, pointer) ? rules[pointer] : undefined;
    if (rule !== undefined) found.push({ pointer, path, rule, value });
    else if (isRecord(value)) for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    else throw new Error(`no rule says how \`${pointer}\` is merged`);
  };
  visit(settings, []);
  return found;
}

/** The entries that a rule of lists adds. */
export function entriesOf({ value, pointer }: Wanted): unknown[] {
  if (!Array.isArray(value)) throw new Error(`\`${pointer}\` is merged as a list and is none`);
  return value;
}
