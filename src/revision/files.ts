import nodePath, { type PlatformPath, posix } from 'node:path';
import type { Loaded, Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import { decode, MAX_BYTES } from '../source/read.ts';
import { foldersOf } from './folders.ts';
import type { Repository, Where } from './git.ts';
import { type Followed, follow } from './links.ts';
import { listingOf, type Unseen } from './listing.ts';
import { type Reader, readerOf } from './reader.ts';
import type { Revision } from './revision.ts';

/** The files of a revision, under the paths that they have in the work tree. Nothing outside of the repository is seen. */
export interface RevisionFiles extends Files {
  unseen: readonly Unseen[];
  /** The commit that is recorded for a submodule. `path`: from the root, with `/`. */
  recorded(path: string): string | undefined;
}

/** `wanted`: names that are surely read; all of them are fetched from git at once. */
export function filesOf(
  repository: Repository,
  { name, commit }: Revision,
  wanted: (name: string) => boolean,
  env: Where['env'] = {},
): Loaded<RevisionFiles> {
  const listed = listingOf(repository, commit, env);
  if (listed.state !== 'ok') return listed;
  const { tree, unseen } = listed.value;
  const reader = readerOf(
    [...tree].flatMap(([path, stored]) =>
      stored.kind === 'link' || (stored.kind === 'file' && wanted(posix.basename(path))) ? [stored] : [],
    ),
  );
  if (reader.state !== 'ok') return reader;
  const links = {
    isLink: (path: string) => tree.get(path)?.kind === 'link',
    target: (path: string) => targetOf(tree.get(path), reader.value),
  };
  const folders = foldersOf(tree);
  const found = (path: string): Followed => {
    const steps = stepsBelow(repository.root, path);
    return steps === undefined ? { wrong: 'outside' } : follow(steps, links);
  };
  const folderAt = (path: string) => {
    const at = found(path);
    return 'path' in at ? folders.get(at.path) : undefined;
  };
  return {
    state: 'ok',
    value: {
      unseen,
      recorded: (path) => (tree.get(path)?.kind === 'submodule' ? tree.get(path)?.object : undefined),
      read(path, shown) {
        const at = found(path);
        if ('wrong' in at) return refused(shown, name, at.wrong);
        const stored = tree.get(at.path);
        if (folders.has(at.path)) return refused(shown, name, 'folder');
        if (!stored) return refused(shown, name, 'missing');
        const content = reader.value(stored);
        if (content === undefined) return refused(shown, name, 'absent');
        return typeof content === 'number' ? tooLarge(shown, name, content) : textOf(content, shown, name);
      },
      has: (path) => {
        const at = found(path);
        return 'path' in at && (tree.has(at.path) || folders.has(at.path));
      },
      isFolder: (path) => folderAt(path) !== undefined,
      real: (path) => {
        const at = found(path);
        return 'path' in at ? nodePath.resolve(repository.root, at.path) : path;
      },
      entries: folderAt,
    },
  };
}

/** The path from a folder, with `/`; undefined: it leads out. */
export function stepsBelow(root: string, path: string, paths: PlatformPath = nodePath): string | undefined {
  const steps = paths.relative(root, path);
  if (steps === '..' || steps.startsWith(`..${paths.sep}`) || paths.isAbsolute(steps)) return undefined;
  return steps.split(paths.sep).join('/');
}

function targetOf(stored: Parameters<Reader>[0] | undefined, read: Reader): string | undefined {
  const content = stored && read(stored);
  return content === undefined || typeof content === 'number' ? undefined : content.toString('utf8');
}

const LFS = 'version https://git-lfs.github.com/spec/';

function textOf(bytes: Buffer, shown: string, name: string): Loaded<string> {
  return bytes.subarray(0, LFS.length).toString('latin1') === LFS
    ? refused(shown, name, 'pointer')
    : decode(bytes, shown);
}

type Wrong = Extract<Followed, { wrong: string }>['wrong'] | 'folder' | 'missing' | 'absent' | 'pointer';

function refused(shown: string, name: string, wrong: Wrong): Loaded<string> {
  const [state, code, words, help] = WORDS[wrong];
  const message = words.replace('FILE', () => `\`${shown}\``).replace('NAME', () => `\`${name}\``);
  const problem: Problem = { code, message, file: shown, ...(help ? { help } : {}) };
  return { state, problems: [problem] };
}

type Words = [state: 'missing' | 'unreadable' | 'invalid', code: string, message: string, help?: string];

const FETCH = 'git fetch --refetch --filter=blob:limit=1m';

const WORDS: Record<Wrong, Words> = {
  missing: ['missing', 'missing-file', 'there is no file FILE in NAME'],
  folder: ['unreadable', 'not-a-file', 'FILE is a folder in NAME, not a file'],
  outside: ['unreadable', 'outside-root', 'FILE is a symbolic link that leads out of the repository in NAME'],
  loop: ['unreadable', 'unreadable-file', 'FILE is a loop of symbolic links in NAME'],
  unread: ['unreadable', 'absent-object', 'FILE is a symbolic link of NAME that is not in this clone', FETCH],
  absent: ['unreadable', 'absent-object', 'FILE of NAME is not in this clone', FETCH],
  pointer: [
    'unreadable',
    'lfs-pointer',
    'FILE is kept in Git LFS, and NAME holds only a pointer to it',
    'keep manifests in git itself: `git lfs untrack`, then `git add --renormalize`',
  ],
};

function tooLarge(shown: string, name: string, size: number): Loaded<string> {
  const message = `\`${shown}\` has ${size} bytes in \`${name}\`, and at most ${MAX_BYTES} are read`;
  return { state: 'invalid', problems: [{ code: 'too-large', message, file: shown }] };
}
