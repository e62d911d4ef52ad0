import type { Loaded } from '../model/place.ts';
import type { Repository } from './git.ts';
import { gitFault } from './revision.ts';

export interface Blob {
  kind: 'file' | 'link' | 'submodule';
  /** Its name in git's store. */
  object: string;
  /** Bytes; of a submodule 0. */
  size: number;
}

/** Every file of a commit by its path from the root, with `/`. */
export type Tree = ReadonlyMap<string, Blob>;

const KINDS: Record<string, Blob['kind']> = { '120000': 'link', '160000': 'submodule' };

export function treeOf(repository: Repository, commit: string): Loaded<Tree> {
  const listed = repository.run(['ls-tree', '-r', '-z', '--long', '--full-tree', commit]);
  if (!listed.ok)
    return { state: 'unreadable', problems: [gitFault(listed.said || listed.code, `list \`${commit}\``)] };
  const tree = new Map<string, Blob>();
  for (const line of listed.out.toString('utf8').split('\0')) {
    const found = /^([0-7]{6}) (?:blob|commit) ([0-9a-f]+) +([0-9]+|-)\t(.+)$/s.exec(line);
    if (!found) continue;
    const [, mode = '', object = '', size = '', path = ''] = found;
    tree.set(path, { kind: KINDS[mode] ?? 'file', object, size: Number(size) || 0 });
  }
  return { state: 'ok', value: tree };
}

/** The contents of objects by their names; what the store lacks is left out. */
export function contentsOf(repository: Repository, objects: readonly string[]): Loaded<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (objects.length === 0) return { state: 'ok', value: contents };
  const read = repository.run(['cat-file', '--batch', '--buffer'], `${objects.join('\n')}\n`);
  if (!read.ok)
    return { state: 'unreadable', problems: [gitFault(read.said || read.code, 'read the files of a commit')] };
  for (let at = 0; at < read.out.length; ) {
    const end = read.out.indexOf(0x0a, at);
    if (end < 0) break;
    const [object = '', type, size] = read.out.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    contents.set(object, read.out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return { state: 'ok', value: contents };
}
