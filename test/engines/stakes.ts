import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineProof, Probe, ProofReport } from '../../src/model/proof.ts';
import { note, noteAsked } from './figures.ts';

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
  // What was edited to be found out is no verdict on what is generated.
  let isChanged = false;
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
      const { results } = JSON.parse(out) as ProofReport;
      for (const { agent, engines } of isChanged ? [] : results)
        for (const proof of engines) if (proof.probes.length > 0) noteVerdicts(agent, proof);
      return { code, proofs: results.flatMap(({ engines }) => engines) };
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, text) => {
      isChanged = true;
      writeFileSync(join(folder, path), text);
    },
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

function noteVerdicts(agent: string, { target, version, probes }: EngineProof): void {
  noteAsked({ target, agent, tools: [...new Set(probes.map((probe) => `${probe.agent} ${probe.tool}`))] });
  const of = (verdict: Probe['verdict']) => probes.filter((probe) => probe.verdict === verdict).length;
  note('verdicts', {
    target,
    version: version ?? '',
    proofs: 1,
    asked: probes.length,
    'outside of the schema': probes.filter(({ attempt }) => attempt.startsWith('with `')).length,
    'waits for a person': probes.filter(({ observed }) => observed === 'asked').length,
    'as the policy': of('holds'),
    'stricter, declared': of('stricter'),
    'looser, declared': of('looser'),
    otherwise: of('mismatch'),
  });
}

/** What a proof says of itself, short enough to compare. */
export function summaryOf({ way, state, reason, probes }: EngineProof): string {
  const wrong = probes.filter(({ verdict }) => verdict === 'mismatch').map(wordsOf);
  return [`${way} ${state}`, ...(reason === '' ? [] : [reason]), ...wrong].join('; ');
}

function wordsOf({ agent, tool, attempt, expected, observed }: Probe): string {
  return `${agent}: ${tool}${attempt === '' ? '' : ` ${attempt}`}: ${observed}, not ${expected}`;
}
