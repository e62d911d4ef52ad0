import type { Change } from '../patch.ts';
import { escapeToken } from '../pointer.ts';
import { canonicalJson, isRecord } from '../record.ts';

const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

/** A whole value in the place of another as the fewest changes inside it, so that what is equal stays as it is written. */
export function refined(path: string, from: unknown, to: unknown): Change[] {
  if (same(from, to)) return [];
  if (isRecord(from) && isRecord(to)) return inMap(path, from, to);
  if (Array.isArray(from) && Array.isArray(to)) return inList(path, from, to);
  return [{ op: 'replace', path, value: to }];
}

function inMap(path: string, from: Record<string, unknown>, to: Record<string, unknown>): Change[] {
  const whole: Change[] = [{ op: 'replace', path, value: to }];
  if (!Object.keys(from).some((key) => Object.hasOwn(to, key))) return whole;
  const at = (key: string) => `${path}/${escapeToken(key)}`;
  const changed = Object.entries(to).flatMap(([key, value]): Change[] =>
    Object.hasOwn(from, key) ? refined(at(key), from[key], value) : [{ op: 'add', path: at(key), value }],
  );
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  return [...changed, ...gone.map((key): Change => ({ op: 'remove', path: at(key) }))];
}

/** Entries taken out and put behind the last one; anything else is written anew. */
function inList(path: string, from: readonly unknown[], to: readonly unknown[]): Change[] {
  const gone: number[] = [];
  let kept = 0;
  for (const [index, item] of from.entries()) {
    if (kept < to.length && same(item, to[kept])) kept++;
    else gone.push(index);
  }
  if (kept === 0) return [{ op: 'replace', path, value: to }];
  return [
    ...gone.reverse().map((index): Change => ({ op: 'remove', path: `${path}/${index}` })),
    ...to.slice(kept).map((value): Change => ({ op: 'add', path: `${path}/-`, value })),
  ];
}
