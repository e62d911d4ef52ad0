import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import type { Installed, Lock } from '../../src/model/lock.ts';
import { folderWith, manifest, run } from '../cli/fake-io.ts';

export const DESK = manifest(
  'desk',
  'autonomy: { initiation: human, review: high-stakes }',
  'approvals: { approvers: [alice], channel: inbox }',
  'data: { orders: { classification: internal, source: staging } }',
  'mcpServers: { shop: { command: npx, args: ["shop-mcp@1"] } }',
  'tools:',
  '  shop/list: { effect: read, data: [orders], egress: none }',
  '  shop/refund: { effect: write, reversible: false, impact: high, data: [orders], egress: none }',
);
export const SETTINGS = '.claude/settings.json';
const LOCK = '.stakes/desk/stakes.lock.json';

export interface Project {
  folder: string;
  path(name: string): string;
  read(name?: string): string;
  has(name?: string): boolean;
  write(text: string | Uint8Array, name?: string): void;
  apply(argv?: readonly string[], more?: Partial<Io>): ReturnType<typeof run>;
  generate(...argv: string[]): ReturnType<typeof run>;
  installed(): Installed | undefined;
  lock(change: (lock: Lock) => void): void;
}

/** A project with a generated bundle and these settings, and a home of its own. */
export async function projectWith(settings?: string | Uint8Array, more: Record<string, string> = {}): Promise<Project> {
  const folder = folderWith({ 'p/desk.agent.yaml': DESK, ...prefixed(more) });
  const cwd = join(folder, 'p');
  const env = { HOME: join(folder, 'home') };
  const path = (name: string) => join(cwd, name);
  const lockNow = () => JSON.parse(readFileSync(path(LOCK), 'utf8')) as Lock;
  const project: Project = {
    folder: cwd,
    path,
    read: (name = SETTINGS) => readFileSync(path(name), 'utf8'),
    has: (name = SETTINGS) => existsSync(path(name)),
    write: (text, name = SETTINGS) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    },
    apply: (argv = ['-y'], io = {}) => run(cwd, ['apply', ...argv], { env, ...io }),
    generate: (...argv) => run(cwd, ['generate', ...argv], { env }),
    installed: () => lockNow().installed?.['claude-code/project'],
    lock: (change) => {
      const value = lockNow();
      change(value);
      writeFileSync(path(LOCK), `${JSON.stringify(value, null, 2)}\n`);
    },
  };
  if (settings !== undefined) project.write(settings);
  const made = await project.generate();
  if (made.code !== 0) throw new Error(made.err + made.out);
  return project;
}

/** A terminal where a person gives this answer, after something happened. */
export function answering(answer: string | undefined, first: () => void = () => {}): Partial<Io> {
  const question = async () => {
    first();
    return answer;
  };
  return { stdinIsTty: true, stdoutIsTty: true, question };
}

function prefixed(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`p/${name}`, text]));
}
