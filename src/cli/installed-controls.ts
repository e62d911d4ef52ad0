import { dirname, join, resolve } from 'node:path';
import { digest, LOCK_FILE, parseLock } from '../bundle/lock.ts';
import { digestOf } from '../manifest/digest.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import { type Control, DECLARABLE_CONTROLS } from '../model/controls.ts';
import type { Lock } from '../model/lock.ts';
import type { Files } from '../source/files.ts';
import { pointerOf } from '../source/pointer.ts';
import { canonicalJson, isRecord } from '../source/record.ts';
import { ENFORCED, type Enforced } from '../targets/enforced.generated.ts';

/**
 * Says of each agent which controls its installed files show: those of a bundle of this very manifest, which hold now what
 * was generated. Only files of the project count, so that everybody who has the project sees the same.
 */
export function noteInstalled(agents: readonly Agent[], cwd: string, from: Files): void {
  const bundles = new Map<string, boolean>();
  for (const agent of agents) {
    const project = dirname(resolve(cwd, agent.file));
    const folder = join(project, '.stakes');
    const isThere = bundles.get(folder) ?? from.isFolder(folder);
    bundles.set(folder, isThere);
    const found = isThere && agent.base === '' ? controlsIn(agent, project, from) : new Map<Control, string>();
    if (found.size > 0) agent.installed = found;
  }
}

function controlsIn(agent: Agent, project: string, from: Files): Map<Control, string> {
  const found = new Map<Control, string>();
  const bundle = join(project, '.stakes', agent.id);
  const textOf = (path: string): string | undefined => {
    const read = from.has(path) ? from.read(path, path) : undefined;
    return read?.state === 'ok' ? read.value : undefined;
  };
  const lock = parseLock(textOf(join(bundle, LOCK_FILE)) ?? '');
  if (lock?.installed === undefined || lock.agent !== agent.id) return found;
  const agents = agentsOf(agent);
  if (lock.manifest !== digestOf(agents)) return found;
  for (const [key, { path, source, pending }] of Object.entries(lock.installed)) {
    const [target = '', way = ''] = key.split('/');
    const known = own(ENFORCED, target);
    const goes = known && own(known.installs, way);
    if (known === undefined || goes === undefined || path !== goes.into || pending !== undefined) continue;
    if (known.seesToolsOf === 'servers' && agents.some(hasOwnTools)) continue;
    const generated = textOf(join(bundle, known.folder, goes.from));
    const isCurrent = generated !== undefined && digest(generated) === source && isWhole(lock, known, bundle, textOf);
    const text = isCurrent ? textOf(join(project, goes.into)) : undefined;
    if (text === undefined || !holds(text, generated ?? '', goes)) continue;
    for (const control of known.enforces)
      if (isDeclarable(control) && !found.has(control)) found.set(control, `installed: ${goes.into}`);
  }
  return found;
}

/** Are the files that the installed one may lean on still as they were generated? */
function isWhole(
  { files }: Lock,
  { folder }: Enforced,
  bundle: string,
  textOf: (path: string) => string | undefined,
): boolean {
  const own = Object.entries(files).filter(([path]) => path === 'policy.json' || path.startsWith(`${folder}/`));
  return own.every(([path, expected]) => {
    const text = textOf(join(bundle, path));
    return text !== undefined && digest(text) === expected;
  });
}

/** Does a file hold all of what was generated for it? */
function holds(text: string, generated: string, { way, kept }: Enforced['installs'][string]): boolean {
  if (text === generated) return true;
  if (way === 'file') return false;
  try {
    return covers(JSON.parse(text), JSON.parse(generated), '', new Set(kept));
  } catch {
    // The engine would not read it either.
    return false;
  }
}

function covers(value: unknown, wanted: unknown, pointer: string, kept: ReadonlySet<string>): boolean {
  // The choice of whoever had one before stands.
  if (kept.has(pointer)) return value !== undefined;
  if (isRecord(wanted))
    return (
      isRecord(value) &&
      Object.entries(wanted).every(([key, part]) => covers(own(value, key), part, pointer + pointerOf(key), kept))
    );
  if (!Array.isArray(wanted)) return canonicalJson(value) === canonicalJson(wanted);
  const entries = new Set(Array.isArray(value) ? value.map(canonicalJson) : []);
  return wanted.every((entry) => entries.has(canonicalJson(entry)));
}

const hasOwnTools = ({ manifest }: Agent): boolean => Object.keys(manifest.tools).some((tool) => !tool.includes('/'));

function isDeclarable(control: Control): boolean {
  return DECLARABLE_CONTROLS.some((other) => other === control);
}

function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
