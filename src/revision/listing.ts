import { resolve } from 'node:path';
import type { Loaded, Problem } from '../model/place.ts';
import { type Repository, repositoryOf, type Where } from './git.ts';
import { type Blob, treeOf } from './tree.ts';

/** A file, and the repository that holds it: the one that was asked, or that of a submodule. */
export interface Stored extends Blob {
  store: Repository;
}

/** A submodule whose files cannot be read. */
export interface Unseen {
  /** From the root, with `/`. */
  path: string;
  commit: string;
  /** False: nobody looks into it here, on either side. */
  isCheckedOut: boolean;
  problem: Problem;
}

export interface Listing {
  /** By path from the root, with `/`; those of submodules are among them. */
  tree: ReadonlyMap<string, Stored>;
  unseen: readonly Unseen[];
}

/** Every file of a commit, and of the commits that it records for its submodules. */
export function listingOf(store: Repository, commit: string, env: Where['env']): Loaded<Listing> {
  const tree = new Map<string, Stored>();
  const unseen: Unseen[] = [];
  const list = (repository: Repository, of: string, prefix: string): Problem[] => {
    const listed = treeOf(repository, of);
    if (listed.state !== 'ok') return listed.problems;
    for (const [path, blob] of listed.value) {
      const full = prefix + path;
      tree.set(full, { ...blob, store: repository });
      if (blob.kind !== 'submodule') continue;
      const inner = submodule(repository, path, blob.object, env);
      const seen = { path: full, commit: blob.object };
      if ('problem' in inner) unseen.push({ ...seen, ...inner });
      else
        for (const problem of list(inner.repository, blob.object, `${full}/`))
          unseen.push({ ...seen, isCheckedOut: true, problem });
    }
    return [];
  };
  const problems = list(store, commit, '');
  return problems.length > 0 ? { state: 'unreadable', problems } : { state: 'ok', value: { tree, unseen } };
}

function submodule(
  { root, hasWorkTree }: Repository,
  path: string,
  commit: string,
  env: Where['env'],
): { repository: Repository } | Pick<Unseen, 'isCheckedOut' | 'problem'> {
  const short = commit.slice(0, 12);
  const told = (isCheckedOut: boolean, message: string, help: string) => ({
    isCheckedOut,
    problem: { code: 'unread-submodule', message, help },
  });
  const folder = resolve(root, path);
  const own = hasWorkTree ? repositoryOf({ cwd: folder, env: outside(env) }) : undefined;
  // A folder that nothing is checked out in belongs to the repository around it.
  if (own?.state !== 'ok' || own.value.root !== folder)
    return told(
      false,
      `the submodule \`${path}\` at \`${short}\` is not checked out here`,
      'git submodule update --init (in the action that checks out: `submodules: true`)',
    );
  if (!own.value.run(['cat-file', '-e', `${commit}^{commit}`]).ok)
    return told(
      true,
      `the commit \`${short}\` of the submodule \`${path}\` is not in this clone of it`,
      `git -C ${/^[\w./-]+$/.test(path) ? path : '<its folder>'} fetch origin ${commit}`,
    );
  return { repository: own.value };
}

/** What was set for the repository around does not hold for one inside it. */
function outside(env: Where['env']): Where['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_ONE.has(name)));
}

const OF_ONE = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
]);
