import { posix, relative, resolve, sep } from 'node:path';
import type { Loaded, Problem } from '../model/place.ts';
import type { Entry, Files } from '../source/files.ts';
import { decode, MAX_BYTES } from '../source/read.ts';
import type { Repository } from './git.ts';
import type { Revision } from './revision.ts';
import { type Blob, contentsOf, type Tree, treeOf } from './tree.ts';

/** Symbolic links that lead to each other in a row. */
const MOST_LINKS = 40;

/**
 * The files of a revision, under the paths that they have in the work tree. Nothing outside of the repository is seen.
 * `wanted`: names that are surely read; all of them are fetched from git at once.
 */
export function filesOf(
  repository: Repository,
  { name, commit }: Revision,
  wanted: (name: string) => boolean,
): Loaded<Files> {
  const listed = treeOf(repository, commit);
  if (listed.state !== 'ok') return listed;
  const tree = listed.value;
  const folders = foldersOf(tree);
  const first = [...tree].filter(([path, blob]) => blob.size <= MAX_BYTES && wanted(posix.basename(path)));
  const fetched = contentsOf(repository, [...new Set(first.map(([, { object }]) => object))]);
  if (fetched.state !== 'ok') return fetched;
  const contents = fetched.value;

  const inside = (path: string): string | undefined => {
    const steps = relative(repository.root, path).split(sep).join('/');
    return steps === '..' || steps.startsWith('../') || /^[A-Za-z]:/.test(steps) ? undefined : steps;
  };
  const bytesOf = ({ object }: Blob): Buffer | undefined => {
    if (!contents.has(object)) {
      const more = contentsOf(repository, [object]);
      if (more.state === 'ok') for (const [key, bytes] of more.value) contents.set(key, bytes);
    }
    return contents.get(object);
  };
  /** The path with links followed; undefined: out of the repository, or a loop. */
  const follow = (path: string): string | undefined => {
    let steps = path === '' ? [] : path.split('/');
    for (let links = 0, at = 0; at < steps.length; at++) {
      const here = steps.slice(0, at + 1).join('/');
      const blob = tree.get(here);
      if (blob?.kind !== 'link') continue;
      const target = bytesOf(blob)?.toString('utf8');
      if (target === undefined || posix.isAbsolute(target) || ++links > MOST_LINKS) return undefined;
      const to = posix.join(posix.dirname(here), target, ...steps.slice(at + 1));
      if (to === '..' || to.startsWith('../')) return undefined;
      steps = to === '.' ? [] : to.replace(/\/$/, '').split('/');
      at = -1;
    }
    return steps.join('/');
  };
  const known = (path: string): string | undefined => {
    const steps = inside(path);
    return steps === undefined ? undefined : follow(steps);
  };

  return {
    state: 'ok',
    value: {
      read(path, shown) {
        const steps = known(path);
        const blob = steps === undefined ? undefined : tree.get(steps);
        const refuse = (state: 'missing' | 'unreadable' | 'invalid', code: string, message: string): Loaded<string> => {
          const problem: Problem = { code, message, file: shown };
          return { state, problems: [problem] };
        };
        if (!blob) {
          return steps !== undefined && folders.has(steps)
            ? refuse('unreadable', 'not-a-file', `\`${shown}\` is a folder in \`${name}\`, not a file`)
            : refuse('missing', 'missing-file', `there is no file \`${shown}\` in \`${name}\``);
        }
        if (blob.size > MAX_BYTES)
          return refuse(
            'invalid',
            'too-large',
            `\`${shown}\` has ${blob.size} bytes in \`${name}\`, and at most ${MAX_BYTES} are read`,
          );
        const bytes = blob.kind === 'file' ? bytesOf(blob) : undefined;
        return bytes
          ? decode(bytes, shown)
          : refuse('unreadable', 'unreadable-file', `\`${shown}\` of \`${name}\` is not in this clone`);
      },
      has: (path) => {
        const steps = known(path);
        return steps !== undefined && (tree.has(steps) || folders.has(steps));
      },
      isFolder: (path) => {
        const steps = known(path);
        return steps !== undefined && folders.has(steps);
      },
      real: (path) => {
        const steps = known(path);
        return steps === undefined ? path : resolve(repository.root, steps);
      },
      entries: (path) => {
        const steps = known(path);
        return steps === undefined ? undefined : folders.get(steps);
      },
    },
  };
}

/** What lies in each folder, by its path; the root's is empty. */
function foldersOf(tree: Tree): Map<string, Entry[]> {
  const folders = new Map<string, Entry[]>([['', []]]);
  const folder = (path: string): Entry[] => {
    const known = folders.get(path);
    if (known) return known;
    const made: Entry[] = [];
    folders.set(path, made);
    folder(parent(path)).push({ name: posix.basename(path), kind: 'folder' });
    return made;
  };
  for (const [path, { kind }] of tree) {
    folder(parent(path)).push({ name: posix.basename(path), kind: kind === 'submodule' ? 'other' : kind });
  }
  return folders;
}

const parent = (path: string): string => (path.includes('/') ? posix.dirname(path) : '');
