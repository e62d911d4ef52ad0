import { kindOf } from './kind.ts';

/** Whether two JSON values are the same; the order of keys does not matter. Goes as deep as `expected` does. */
export function equal(expected: unknown, value: unknown): boolean {
  if (expected === value) return true;
  const kind = kindOf(expected);
  if (kind !== kindOf(value)) return false;
  if (kind === 'array') {
    const [one, other] = [expected as unknown[], value as unknown[]];
    return one.length === other.length && one.every((item, i) => equal(item, other[i]));
  }
  if (kind !== 'object') return false;
  const [one, other] = [expected as Record<string, unknown>, value as Record<string, unknown>];
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]))
  );
}
