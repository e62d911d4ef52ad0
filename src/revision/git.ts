import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Loaded, Problem } from '../model/place.ts';

/** A repository on this machine. */
export interface Repository {
  /** Absolute, as the folder that was asked from is spelled: the top of the work tree; without one, that folder. */
  root: string;
  hasWorkTree: boolean;
  run(args: readonly string[], input?: string): Ran;
}

export type Ran = { ok: true; out: Buffer } | { ok: false; code: string; said: string };

export interface Where {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_MS = 60_000;

const ALWAYS = [
  '--no-pager',
  '--no-replace-objects',
  ...['-c', 'core.fsmonitor=false'],
  // Files of a repository can make a folder of it look like a repository of its own, with a history and settings to suit.
  ...['-c', 'safe.bareRepository=explicit'],
];

/** What a hook of git sets for the repository that it runs in: beyond its top, or in another one, it would mislead. */
const OF_HOOKS = ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/** The repository that a folder lies in. Only plumbing is run in it: no hook, no filter, no pager, no network. */
export function repositoryOf({ cwd, env }: Where): Loaded<Repository> {
  const found = env.GIT_WORK_TREE === undefined ? lookFrom(cwd, without(env, OF_HOOKS)) : undefined;
  const { asked, used } = found?.asked.ok ? found : lookFrom(cwd, env);
  if (!asked.ok) return { state: 'invalid', problems: [noRepository(asked)] };
  const [, inside, prefix = ''] = /^(true|false)\n(.*)\n$/s.exec(asked.out.toString('utf8')) ?? [];
  const hasWorkTree = inside === 'true';
  const up = hasWorkTree ? prefix.split('/').flatMap((step) => (step === '' ? [] : ['..'])) : [];
  const root = resolve(cwd, ...up);
  return { state: 'ok', value: { root, hasWorkTree, run: (args, input) => run(root, used, args, input) } };
}

function lookFrom(cwd: string, env: Where['env']) {
  return { used: env, asked: run(cwd, env, ['rev-parse', '--is-inside-work-tree', '--show-prefix']) };
}

function without(env: Where['env'], names: readonly string[]): Where['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

function run(cwd: string, env: Where['env'], args: readonly string[], input?: string): Ran {
  try {
    const out = execFileSync('git', [...ALWAYS, ...args], {
      cwd,
      // A partial clone would fetch what it lacks; older versions know only the second way to forbid it.
      env: {
        ...env,
        LC_ALL: 'C',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_ALLOW_PROTOCOL: 'none',
      },
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
  if (/safe\.bareRepository/i.test(said)) {
    const message = 'this folder is a bare repository, which is used only where somebody names it';
    return { code: 'no-repository', message, help: 'if it is meant, set `GIT_DIR=.`' };
  }
  const message = 'this folder is in no git repository';
  return { code: 'no-repository', message, help: 'compare two files or folders: `stakes diff old/ new/`' };
}

/** A fault that git told of, kept apart from faults of the files. */
export function gitFault({ said, code }: { code: string; said: string }, doing: string): Problem {
  const reason = lastWord(said) || code || 'it gave no reason';
  return { code: 'git-failed', message: `git could not ${doing}: ${reason}` };
}

/** What git said, on one line and cut short. */
function lastWord(said: string): string {
  return (said.split('\n').findLast((line) => line.trim() !== '') ?? '')
    .replace(/^(?:fatal|error): /, '')
    .slice(0, 300);
}
