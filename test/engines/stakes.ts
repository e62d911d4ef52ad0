import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineProof, Probe, ProofReport } from '../../src/model/proof.ts';

const root = join(import.meta.dirname, '../..');

export const EXAMPLES = readdirSync(join(root, 'examples'))
  .filter((name) => name.endsWith('.agent.yaml'))
  .sort();

/** A project to throw away, in which the built program runs as a user would run it. */
export interface Project {
  folder: string;
  stakes: (...args: string[]) => { code: number | null; out: string; err: string };
  prove: (engine: string, path: string, ...args: string[]) => { code: number | null; proofs: EngineProof[] };
  read: (path: string) => string;
  write: (path: string, text: string) => void;
  remove: () => void;
}

function projectOf(...manifests: string[]): Project {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-project-'));
  for (const name of manifests) cpSync(join(root, 'examples', name), join(folder, name));
  const stakes: Project['stakes'] = (...args) => {
    const env = { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: join(folder, 'state'), NO_COLOR: '1' };
    const ended = spawnSync(process.execPath, [join(root, 'bin/stakes.js'), ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { code: ended.status, out: ended.stdout, err: ended.stderr };
  };
  return {
    folder,
    stakes,
    prove: (engine, path, ...args) => {
      const { code, out, err } = stakes('prove', '-f', 'json', '-t', engine, '--engine', `${engine}=${path}`, ...args);
      if (!out.startsWith('{')) throw new Error(`prove said nothing (${code}): ${err}`);
      return { code, proofs: (JSON.parse(out) as ProofReport).results.flatMap(({ engines }) => engines) };
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, text) => writeFileSync(join(folder, path), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A project with the bundles of these examples, gone when the test ends. */
export function generated(...manifests: string[]): Project {
  return generatedWith(manifests);
}

/** The same for one target, with what it is checked against. */
export function generatedFor(target: string, ...manifests: string[]): Project {
  return generatedWith(manifests, '-t', target);
}

function generatedWith(manifests: readonly string[], ...args: string[]): Project {
  const project = projectOf(...manifests);
  onTestFinished(project.remove);
  const { code, err } = project.stakes('generate', ...args);
  if (code !== 0) throw new Error(err);
  return project;
}

/** What a proof says of itself, short enough to compare. */
export function summaryOf({ way, state, reason, probes }: EngineProof): string {
  const wrong = probes.filter(({ verdict }) => verdict === 'mismatch').map(wordsOf);
  return [`${way} ${state}`, ...(reason === '' ? [] : [reason]), ...wrong].join('; ');
}

function wordsOf({ agent, tool, attempt, expected, observed }: Probe): string {
  return `${agent}: ${tool}${attempt === '' ? '' : ` ${attempt}`}: ${observed}, not ${expected}`;
}
