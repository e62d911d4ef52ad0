import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { runBounded } from '../probe/bounded.ts';
import { createWorkspace } from '../probe/workspace.ts';
import { isRecord } from '../source/record.ts';
import type { Engine, Prover } from '../targets/prover.ts';

/** Where to look. */
export interface Surroundings {
  /** Absolute; its `node_modules` and those above it are looked at first. */
  project: string;
  cwd: string;
  /** The PATH variable. */
  path: string;
  /** Paths given by `--engine name=path`. */
  given: ReadonlyMap<string, string>;
  /** How long a program may take to say its version; 20 s unless told. */
  patienceMs?: number;
}

/** `missing`: it is not here; `unusable`: what was found is not it, or does not run. */
export type Found =
  | { state: 'found'; engine: Engine }
  | { state: 'missing'; reason: string }
  | { state: 'unusable'; path: string; reason: string };

const PATIENCE_MS = 20_000;

export async function findEngine(prover: Prover, around: Surroundings): Promise<Found> {
  const given = around.given.get(prover.engine);
  const path = given === undefined ? lookFor(prover, around) : resolve(around.cwd, given);
  if (path === undefined) return { state: 'missing', reason: `${prover.title} is not on this machine` };
  const identified = await identify(prover, path, around.patienceMs ?? PATIENCE_MS);
  if ('reason' in identified) return { state: 'unusable', path, reason: identified.reason };
  const programs: Record<string, string> = {};
  for (const name of process.platform === 'linux' ? prover.needs : []) {
    const program = onPath(name, around.path);
    if (program === undefined) return { state: 'unusable', path, reason: `it needs \`${name}\`, which is not on PATH` };
    programs[name] = program;
  }
  return { state: 'found', engine: { path, version: identified.version, programs } };
}

function lookFor(prover: Prover, { project, path }: Surroundings): string | undefined {
  for (let folder = project; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    const local = prover.programs.map((name) => join(modules, '.bin', name)).find(isProgram);
    if (local !== undefined) return local;
    const inside = prover.package === undefined ? undefined : join(modules, prover.package);
    if (inside !== undefined && isFolder(inside)) return inside;
    if (isFolder(join(folder, '.git')) || dirname(folder) === folder) break;
  }
  return prover.programs.map((name) => onPath(name, path)).find((found) => found !== undefined);
}

function onPath(name: string, path: string): string | undefined {
  // A relative entry would be a folder of whatever project this is.
  const folders = path.split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

async function identify(
  prover: Prover,
  path: string,
  limitMs: number,
): Promise<{ version: string } | { reason: string }> {
  if (isFolder(path)) return identifyPackage(prover, path);
  if (!isProgram(path)) return { reason: 'there is no program at this path' };
  const workspace = createWorkspace();
  try {
    const ended = await runBounded({
      command: path,
      args: prover.asksVersion ?? ['--version'],
      env: {
        HOME: workspace.home,
        TMPDIR: workspace.root,
        PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
        DISABLE_AUTOUPDATER: '1',
      },
      cwd: workspace.project,
      limitMs,
    });
    if (ended.timedOut) return { reason: `\`--version\` gave no answer in ${limitMs / 1000} seconds` };
    const version = prover.versionIn(prover.asksVersion ? ended.stdout + ended.stderr : ended.stdout);
    if (version !== undefined) return { version };
    return { reason: `it is another program, or broken: \`--version\` does not answer as ${prover.title} does` };
  } catch {
    return { reason: 'it does not start' };
  } finally {
    workspace.remove();
  }
}

function identifyPackage({ package: name, title }: Prover, folder: string): { version: string } | { reason: string } {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (isRecord(manifest) && manifest.name === name && typeof manifest.version === 'string')
      return { version: manifest.version };
  } catch {
    // Said below.
  }
  return { reason: name === undefined ? 'this is a folder' : `this is not the package \`${name}\` of ${title}` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
