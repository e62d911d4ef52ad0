import type { Loaded, Problem } from '../model/place.ts';
import { lastWord, type Repository } from './git.ts';

/** A commit, and what it was asked for by. */
export interface Revision {
  name: string;
  /** Hexadecimal. */
  commit: string;
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** The commit that a name means: a branch, a tag, `HEAD~2`, or `main...` for where a branch left `main`. */
export function revisionOf(repository: Repository, name: string, head = 'HEAD'): Loaded<Revision> {
  const fork = /^(.+)\.\.\.(.*)$/.exec(name);
  if (fork) return forkOf(repository, fork[1] ?? '', fork[2] || head, name);
  const found = repository.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const commit = found.ok ? found.out.toString('utf8').trim() : '';
  return COMMIT.test(commit)
    ? { state: 'ok', value: { name, commit } }
    : { state: 'missing', problems: [unknown(repository, name)] };
}

function forkOf(repository: Repository, one: string, other: string, name: string): Loaded<Revision> {
  const ends = [revisionOf(repository, one), revisionOf(repository, other)] as const;
  for (const end of ends) if (end.state !== 'ok') return end;
  const commits = ends.flatMap((end) => (end.state === 'ok' ? [end.value.commit] : []));
  const found = repository.run(['merge-base', ...commits]);
  const commit = found.ok ? found.out.toString('utf8').trim() : '';
  if (COMMIT.test(commit)) return { state: 'ok', value: { name, commit } };
  const message = `\`${one}\` and \`${other}\` have no commit in common here`;
  const help = isShallow(repository)
    ? 'this clone is shallow: `git fetch --unshallow` (in the action: `fetch-depth: 0`)'
    : `compare with \`${one}\` itself`;
  return { state: 'missing', problems: [{ code: 'no-common-commit', message, help }] };
}

function unknown(repository: Repository, name: string): Problem {
  const message = `\`${name}\` is neither a file nor a revision of this repository`;
  const help = isShallow(repository)
    ? `this clone is shallow: \`git fetch --depth=1 origin ${name}\` brings it, then compare with \`FETCH_HEAD\``
    : '`git branch --all` lists the branches; a path may need `./`';
  return { code: 'unknown-revision', message, help };
}

export function isShallow(repository: Repository): boolean {
  const said = repository.run(['rev-parse', '--is-shallow-repository']);
  return said.ok && said.out.toString('utf8').trim() === 'true';
}

/** Was this made by git's own message? Kept apart from faults of the files. */
export function gitFault(said: string, doing: string): Problem {
  return { code: 'git-failed', message: `git could not ${doing}: ${lastWord(said) || 'it gave no reason'}` };
}
