import type { Loaded } from '../model/place.ts';
import { MAX_BYTES } from '../source/read.ts';
import { gitFault, type Ran, type Repository } from './git.ts';

/** Bytes, or only how many there are: more than anybody reads. */
export type Content = Buffer | number;

/** The contents of objects by their names; what the store lacks is left out. */
export function contentsOf(repository: Repository, objects: readonly string[]): Loaded<Map<string, Content>> {
  const contents = new Map<string, Content>();
  const sized = asked(repository, ['cat-file', '--batch-check', '--buffer'], objects);
  if (!sized.ok) return { state: 'unreadable', problems: [gitFault(sized, 'look at the files of a commit')] };
  for (const { object, size } of parseSizes(sized.out)) contents.set(object, size);
  const small = [...contents].flatMap(([object, size]) => (Number(size) <= MAX_BYTES ? [object] : []));
  const read = asked(repository, ['cat-file', '--batch', '--buffer'], small);
  if (!read.ok) return { state: 'unreadable', problems: [gitFault(read, 'read the files of a commit')] };
  for (const [object, bytes] of parseContents(read.out)) contents.set(object, bytes);
  // What was there a moment ago and is not read now is not known.
  for (const object of small) if (typeof contents.get(object) === 'number') contents.delete(object);
  return { state: 'ok', value: contents };
}

function asked(repository: Repository, args: readonly string[], objects: readonly string[]): Ran {
  if (objects.length === 0) return { ok: true, out: Buffer.alloc(0) };
  const ran = repository.run(args, `${objects.join('\n')}\n`);
  if (ran.ok) return ran;
  // In a partial clone the first object that is missing ends it all.
  const there = present(repository, objects);
  return there === undefined || there.length === objects.length ? ran : asked(repository, args, there);
}

/** Those that are in the store, told without a try to fetch the others; undefined: it cannot be told. */
function present(repository: Repository, objects: readonly string[]): string[] | undefined {
  const args = ['rev-list', '--objects', '--no-walk', '--ignore-missing', '--missing=allow-any', '--stdin'];
  const ran = repository.run(args, `${objects.join('\n')}\n`);
  if (!ran.ok) return undefined;
  const listed = new Set(
    ran.out
      .toString('latin1')
      .split('\n')
      .map((line) => line.split(' ', 1)[0]),
  );
  return objects.filter((object) => listed.has(object));
}

const HEAD = /^([0-9a-f]{40,64}) blob ([0-9]+)$/;

function parseSizes(out: Buffer): { object: string; size: number }[] {
  return out
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const [, object, size] = HEAD.exec(line) ?? [];
      return object === undefined ? [] : [{ object, size: Number(size) }];
    });
}

/** What `cat-file --batch` wrote; an object that is cut short is left out. */
export function parseContents(out: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0x0a, at);
    if (end < 0) break;
    const [, object, size] = HEAD.exec(out.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (object === undefined) continue;
    const bytes = out.subarray(at, at + Number(size));
    if (bytes.length === Number(size)) contents.set(object, bytes);
    at += Number(size) + 1;
  }
  return contents;
}
