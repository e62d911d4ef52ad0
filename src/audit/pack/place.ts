import { hash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../model/place.ts';
import { faultOf } from '../../source/fault-code.ts';

/** Files of a pack with a name of their own. */
export const SUMS = 'SHA256SUMS';
export const SIGNATURE = 'SIGNATURE';
const MOST_SUMS = 10_000_000;

/** Why a pack may not be put there; undefined: it may. Only an earlier pack is replaced, and one that was edited only when told. */
export function obstacleAt(folder: string, shown: string, force: boolean): Problem | undefined {
  const refuse = (code: string, message: string, help: string): Problem => ({ code, message, help, file: shown });
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const elsewhere = 'choose another folder with `--out`, or move it away';
  if (!stat.isDirectory()) return refuse('blocked-path', `\`${shown}\` is there, and is no folder of ours`, elsewhere);
  try {
    const files = filesBelow(folder);
    if (files.length === 0) return undefined;
    const sums = sumsOf(folder);
    const stranger = sums === undefined ? files[0] : files.find((file) => !sums.has(file) && !OWN.includes(file));
    if (sums === undefined || stranger !== undefined)
      return refuse('not-a-pack', `\`${shown}\` holds \`${stranger}\`, which is of no earlier pack`, elsewhere);
    const edited = [...sums].find(([file, sum]) => !files.includes(file) || digestOf(join(folder, file)) !== sum);
    if (edited === undefined || force) return undefined;
    return refuse(
      'edited-pack',
      `\`${shown}/${edited[0]}\` is not as it was packed`,
      'look at it; `--force` replaces the pack',
    );
  } catch (error) {
    return refuse('unreadable-file', `\`${shown}\` cannot be read (${faultOf(error)})`, elsewhere);
  }
}

const OWN: readonly string[] = [SUMS, SIGNATURE];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** Undefined: this is no pack. */
function sumsOf(folder: string): Map<string, string> | undefined {
  const path = join(folder, SUMS);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile() || stat.size > MOST_SUMS) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const parts = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  if (!parts.every((part) => part !== null) || !parts.some((part) => part[2] === 'index.json')) return undefined;
  return new Map(parts.map(([, sum = '', file = '']) => [file, sum]));
}

const digestOf = (path: string): string => (lstatSync(path).isFile() ? hash('sha256', readFileSync(path)) : 'no file');

/** Beside the place itself, so that it is put there by a rename. */
export const draftBeside = (folder: string): string => `${folder}.${randomBytes(6).toString('hex')}.tmp`;

/** The new pack is there whole, or the old one is. Throws what the system says. */
export function putFolder(draft: string, folder: string): void {
  const old = draftBeside(folder);
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  if (isThere) renameSync(folder, old);
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (isThere) renameSync(old, folder);
    throw error;
  }
  if (isThere) rmSync(old, { recursive: true, force: true });
}

/** Removes drafts of runs that were killed. */
export function sweepBeside(folder: string): void {
  const name = basename(folder);
  for (const entry of readdirSync(dirname(folder)))
    if (entry.startsWith(`${name}.`) && /^\.[0-9a-f]{12}\.tmp$/.test(entry.slice(name.length)))
      rmSync(join(dirname(folder), entry), { recursive: true, force: true });
}
