import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith, type Ran, run } from '../cli/fake-io.ts';

export type Contents = Readonly<Record<string, string | Uint8Array>>;

/** A repository of its own: nothing of this machine's settings, people or dates is in it. */
export interface TestRepository {
  folder: string;
  env: Readonly<Record<string, string>>;
  git(...args: string[]): string;
  write(files: Contents): void;
  /** Everything that is there now, as a commit; its name. */
  commit(message?: string): string;
  stakes(...argv: string[]): Promise<Ran>;
}

export const ENV = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
} as const;

export function git(cwd: string, args: readonly string[], input?: string): string {
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd,
    env: ENV,
    encoding: 'utf8',
    input: input ?? '',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
}

export function repositoryIn(folder: string): TestRepository {
  const inside = (...args: string[]) => git(folder, args);
  return {
    folder,
    env: ENV,
    git: inside,
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    },
    commit(message = 'change') {
      inside('add', '--all', '--force');
      inside('commit', '--quiet', '--allow-empty', '-m', message);
      return inside('rev-parse', 'HEAD').trim();
    },
    stakes: (...argv) => run(folder, argv, { env: ENV, columns: 100 }),
  };
}

/** With each of these as a commit; what one does not hold is gone. */
export function repositoryOf(...states: Contents[]): TestRepository {
  const folder = join(folderWith(), 'repo');
  mkdirSync(folder);
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  const repository = repositoryIn(folder);
  for (const [index, files] of states.entries()) {
    if (index > 0) repository.git('rm', '-r', '--quiet', '--ignore-unmatch', '.');
    repository.write(files);
    repository.commit(`state ${index}`);
  }
  return repository;
}
