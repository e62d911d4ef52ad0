import type { Loaded } from '../model/place.ts';
import { gitFault, type Repository } from './git.ts';

export interface Blob {
  kind: 'file' | 'link' | 'submodule';
  /** Its name in git's store; of a submodule, the commit. */
  object: string;
}

/** Every file of a commit by its path from the root, with `/`. */
export type Tree = ReadonlyMap<string, Blob>;

const KINDS: Record<string, Blob['kind']> = { '120000': 'link', '160000': 'submodule' };

/** Sizes are not asked for: git would look at each file, and a partial clone has not got them. */
export function treeOf(repository: Repository, commit: string): Loaded<Tree> {
  const listed = repository.run(['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (!listed.ok) return { state: 'unreadable', problems: [gitFault(listed, `list \`${commit.slice(0, 12)}\``)] };
  return { state: 'ok', value: parseTree(listed.out) };
}

/** No checkout makes such a file, and whoever follows its name could go round for ever. */
const STRAY = /(?:^|\/)\.{0,2}(?:\/|$)/;

export function parseTree(out: Buffer): Tree {
  const tree = new Map<string, Blob>();
  for (let at = 0; at < out.length; ) {
    const zero = out.indexOf(0, at);
    const end = zero < 0 ? out.length : zero;
    const tab = out.indexOf(9, at);
    const [mode = '', type = '', object = ''] = tab < 0 || tab > end ? [] : out.toString('latin1', at, tab).split(' ');
    const path = out.toString('utf8', Math.min(tab + 1, end), end);
    const isNamed = (type === 'blob' || type === 'commit') && /^[0-9a-f]{40,64}$/.test(object);
    if (isNamed && !STRAY.test(path)) tree.set(free(tree, path), { kind: KINDS[mode] ?? 'file', object });
    at = end + 1;
  }
  return tree;
}

/** Names that are no UTF-8 may look the same, and none of them is to hide another. */
function free(tree: Tree, path: string): string {
  if (!tree.has(path)) return path;
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/s.exec(path) ?? [];
  return free(tree, `${folder}\uFFFD${name}`);
}
