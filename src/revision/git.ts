import { execFileSync } from 'node:child_process';
import { sep } from 'node:path';
import type { Loaded, Problem } from '../model/place.ts';

/** A repository on this machine. */
export interface Repository {
  /** Absolute. */
  root: string;
  run(args: readonly string[], input?: string): Ran;
}

type Ran = { ok: true; out: Buffer } | { ok: false; code: string; said: string };

export interface Where {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_MS = 60_000;

/** The repository that a folder lies in. Only plumbing is run in it: no hook, no filter, no pager, no network. */
export function repositoryOf({ cwd, env }: Where): Loaded<Repository> {
  const top = run(cwd, env, ['rev-parse', '--show-toplevel']);
  if (!top.ok) return { state: 'invalid', problems: [noRepository(top)] };
  const root = top.out
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .split('/')
    .join(sep);
  return { state: 'ok', value: { root, run: (args, input) => run(root, env, args, input) } };
}

function run(cwd: string, env: Where['env'], args: readonly string[], input?: string): Ran {
  try {
    const out = execFileSync('git', ['--no-pager', '--no-replace-objects', '-c', 'core.fsmonitor=false', ...args], {
      cwd,
      // A partial clone would fetch what it lacks.
      env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
      input: input ?? '',
      maxBuffer: MOST_BYTES,
      timeout: MOST_MS,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return { ok: true, out };
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    return { ok: false, code: code ?? '', said: String(stderr ?? '').trim() };
  }
}

function noRepository({ code, said }: { code: string; said: string }): Problem {
  if (code === 'ENOENT') {
    return { code: 'no-git', message: '`git` was not found', help: 'install git, or compare two folders' };
  }
  if (/dubious ownership/.test(said)) {
    const message = 'git does not trust this repository: it belongs to somebody else';
    return { code: 'no-repository', message, help: 'git config --global --add safe.directory <its folder>' };
  }
  const message = 'this folder is in no git repository';
  return { code: 'no-repository', message, help: 'compare two files or folders: `stakes diff old/ new/`' };
}

/** What git said, on one line and cut short. */
export function lastWord(said: string): string {
  return (said.split('\n').findLast((line) => line.trim() !== '') ?? '')
    .replace(/^(?:fatal|error): /, '')
    .slice(0, 300);
}
