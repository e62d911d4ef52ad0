import type { Loaded, Problem } from '../model/place.ts';
import type { Repository } from './git.ts';

/** A commit, and what it was asked for by. */
export interface Revision {
  name: string;
  /** Hexadecimal. */
  commit: string;
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** The commit that a name means: a branch, a tag, `HEAD~2`, or `main...` for where `head` left `main`. */
export function revisionOf(repository: Repository, name: string, head = 'HEAD'): Loaded<Revision> {
  const fork = /^(.+)\.\.\.(.*)$/s.exec(name);
  if (fork) return forkOf(repository, fork[1] ?? '', fork[2] || head, name);
  const commit = hashOf(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return commit === undefined
    ? { state: 'missing', problems: [unknown(repository, name)] }
    : { state: 'ok', value: { name, commit } };
}

function hashOf(repository: Repository, args: readonly string[]): string | undefined {
  const found = repository.run(args);
  const hash = found.ok ? found.out.toString('utf8').trim() : '';
  return COMMIT.test(hash) ? hash : undefined;
}

function forkOf(repository: Repository, one: string, other: string, name: string): Loaded<Revision> {
  const ends = [revisionOf(repository, one), revisionOf(repository, other)] as const;
  for (const end of ends) if (end.state !== 'ok') return end;
  const commits = ends.flatMap((end) => (end.state === 'ok' ? [end.value.commit] : []));
  const commit = hashOf(repository, ['merge-base', ...commits]);
  if (commit !== undefined) return { state: 'ok', value: { name, commit } };
  const message = `\`${one}\` and \`${other}\` have no commit in common here`;
  const help = isShallow(repository)
    ? 'this clone is shallow: `git fetch --unshallow` (in the action: `fetch-depth: 0`)'
    : `compare with \`${one}\` itself`;
  return { state: 'missing', problems: [{ code: 'no-common-commit', message, help }] };
}

function unknown(repository: Repository, name: string): Problem {
  if (hashOf(repository, ['rev-parse', '--verify', '--quiet', 'HEAD']) === undefined && /^(?:HEAD|@)/.test(name)) {
    const message = `\`${name}\` is no revision yet: nothing is committed on this branch`;
    return { code: 'unknown-revision', message, help: 'commit something first, or compare two folders' };
  }
  const message = `\`${name}\` is neither a file nor a revision of this repository`;
  const help = isShallow(repository)
    ? shallowHelp(name)
    : '`git branch --all` lists the branches; a path may need `./`';
  return { code: 'unknown-revision', message, help };
}

/** What is asked for is cut off, or was never fetched. */
function shallowHelp(name: string): string {
  if (/[~^@:]/.test(name))
    return 'this clone is shallow: `git fetch --deepen=10` brings more of its past (in the action: `fetch-depth: 0`)';
  const branch = name.replace(/^(?:refs\/)?(?:remotes\/|heads\/)?(?:origin\/)?/, '');
  return `this clone is shallow: \`git fetch --depth=1 origin ${branch}\`, then compare with \`FETCH_HEAD\``;
}

function isShallow(repository: Repository): boolean {
  const said = repository.run(['rev-parse', '--is-shallow-repository']);
  return said.ok && said.out.toString('utf8').trim() === 'true';
}
