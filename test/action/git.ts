import { execFileSync } from 'node:child_process';
import { folderWith } from '../cli/fake-io.ts';

/** Files by path; null: gone. */
export type Files = Readonly<Record<string, string | null>>;

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: cwd,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
  }).trim();
}

export interface Pull {
  origin: string;
  base: string;
  head: string;
  merge: string;
}

/** A repository with a pull request, as GitHub has it: the head, and the merge that it made of it. */
export function pullOf(base: Files, head: Files): Pull {
  const origin = folderWith();
  git(origin, 'init', '--quiet', '--bare', '--initial-branch=main');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const whole = { 'README.md': 'first\n', ...base };
  const stream = [
    commitOf('refs/heads/main', 1, [], { 'README.md': 'first\n' }),
    commitOf('refs/heads/main', 2, [1], base),
    commitOf('refs/heads/topic', 3, [2], head),
    commitOf('refs/pull/7/merge', 4, [2, 3], { ...whole, ...head }, true),
  ];
  importInto(origin, stream.join(''));
  const [before = '', changed = '', merge = ''] = git(origin, 'rev-parse', 'main', 'topic', 'refs/pull/7/merge').split(
    '\n',
  );
  return { origin, base: before, head: changed, merge };
}

/** A commit on top of a branch, which the branch then is. */
export function onTopOf(origin: string, branch: string, ...parents: string[]): string {
  const all = [branch, ...parents].flatMap((parent) => ['-p', parent]);
  const made = git(origin, 'commit-tree', `${branch}^{tree}`, ...all, '-m', 'more');
  git(origin, 'update-ref', `refs/heads/${branch}`, made);
  return made;
}

/** A checkout of these files, with nothing before them. */
export function pushed(files: Files): { workspace: string; sha: string } {
  const workspace = folderWith();
  git(workspace, 'init', '--quiet');
  importInto(workspace, commitOf('refs/heads/main', 1, [], files));
  git(workspace, 'checkout', '--quiet', '--force', 'main');
  return { workspace, sha: git(workspace, 'rev-parse', 'HEAD') };
}

/** In the words of `git fast-import`. */
function commitOf(ref: string, mark: number, parents: readonly number[], files: Files, isWhole = false): string {
  const [first, ...rest] = parents;
  return [
    `commit ${ref}\nmark :${mark}\ncommitter a <a@example.com> ${1_700_000_000 + mark} +0000\ndata 1\nx\n`,
    ...(first === undefined ? [] : [`from :${first}\n`]),
    ...rest.map((parent) => `merge :${parent}\n`),
    ...(isWhole ? ['deleteall\n'] : []),
    ...Object.entries(files)
      // What is gone is gone before something else takes its place.
      .sort(([, one], [, other]) => Number(one !== null) - Number(other !== null))
      .map(([path, text]) => {
        const name = `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
        if (text === null) return isWhole ? '' : `D ${name}\n`;
        return `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
      }),
    '\n',
  ].join('');
}

function importInto(folder: string, stream: string): void {
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, input: stream, stdio: ['pipe', 'ignore', 'inherit'] });
}

/** As actions/checkout does it: one commit, so deep, detached. 0: all of it. */
export function checkout(origin: string, commit: string, depth: number): string {
  const folder = folderWith();
  git(folder, 'init', '--quiet');
  git(folder, 'remote', 'add', 'origin', `file://${origin}`);
  const deep = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : [];
  git(folder, 'fetch', '--quiet', '--no-tags', ...(depth === 0 ? [] : [`--depth=${depth}`]), 'origin', commit, ...deep);
  git(folder, 'checkout', '--quiet', '--force', '--detach', commit);
  return folder;
}
