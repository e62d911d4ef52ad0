import type { TomlTable } from 'smol-toml';
import type { AgentPolicy } from '../../model/policy.ts';
import type { OwnRights } from './rights.ts';

/** The profile's name in Codex's settings. */
export const PROFILE = 'stakes';

const WORKSPACE = ':workspace_roots';

/** Where a Codex that was installed in a home folder lies: its sandbox starts a helper from there. */
const RUNTIME = ['/opt', '~/.codex/tmp', '~/.nvm/versions', '~/.volta/tools'];

/** Codex's own folder for the sessions of an agent. Below the home folder, because a profile can say `~` and no variable. */
export function homeFolder(root: string): string {
  return `~/.local/state/stakes/codex/${root}`;
}

/** What commands and patches of the model may touch. What is not listed is neither read nor written. */
export function profileOf(
  root: string,
  { filesystem, network }: AgentPolicy,
  own: OwnRights,
  protectedPaths: readonly string[],
): TomlTable {
  const reaches = own.shell || own.edits;
  const write = reaches ? placesOf(filesystem.write ?? []) : [];
  const read = reaches ? placesOf(filesystem.read ?? ['.']) : [];
  const runtime = reaches ? [...RUNTIME, `${homeFolder(root)}/tmp`] : [];
  const outside = new Map<string, string>([':minimal', ...runtime].map((path) => [path, 'read']));
  const inside = new Map<string, string>();
  for (const [places, access] of [
    [read, 'read'],
    [write, 'write'],
  ] as const)
    for (const { path, inProject } of places) (inProject ? inside : outside).set(path, access);
  for (const path of heldIn(
    write.flatMap(({ path, inProject }) => (inProject ? [path] : [])),
    protectedPaths,
  ))
    inside.set(path, 'read');
  const table: TomlTable = Object.fromEntries([...outside].sort());
  if (inside.size > 0) table[WORKSPACE] = Object.fromEntries([...inside].sort());
  return { filesystem: table, network: { enabled: reaches && network.egress === 'open' } };
}

interface Place {
  path: string;
  inProject: boolean;
}

/** Paths that a profile can say: no patterns, and nothing that leads out of the project. */
export function placesOf(paths: readonly string[]): Place[] {
  return paths.filter(isSayable).map((path) => {
    const plain = withoutTail(path);
    if (/^[/~]/.test(plain)) return { path: plain, inProject: false };
    const parts = plain.split('/').filter((part) => part !== '' && part !== '.');
    return { path: parts.join('/') || '.', inProject: true };
  });
}

export function isSayable(path: string): boolean {
  const plain = withoutTail(path);
  return path !== '' && !/[*?[\]{}\\\n\r:]/.test(plain) && !/^~[^/]/.test(plain) && !plain.split('/').includes('..');
}

/** Protected paths at the top of each writable folder; those with a pattern are a loss. */
function heldIn(folders: readonly string[], protectedPaths: readonly string[]): string[] {
  const plain = protectedPaths.filter((path) => !path.startsWith('!') && !path.startsWith('~') && isSayable(path));
  return folders.flatMap((folder) =>
    plain.flatMap((path) => {
      const name = withoutTail(path).replace(/^(?:\.?\/)+/, '');
      const here = folder === '.' ? name : `${folder}/${name}`;
      const isInside = folder === '.' || name.startsWith(`${folder}/`);
      // Without a slash in the middle it holds at any depth, with one from the project on.
      return name.includes('/') ? (isInside ? [name] : []) : [here];
    }),
  );
}

/** Protected paths that a profile holds at the top of a writable folder and not deeper, or not at all. */
export function gapsOf(protectedPaths: readonly string[]): string[] {
  return protectedPaths.filter(
    (path) => !path.startsWith('~') && (!isSayable(path) || !withoutTail(path).includes('/')),
  );
}

function withoutTail(path: string): string {
  return path.replace(/(?:\/\*\*)?\/*$/, '') || (path.startsWith('/') ? '/' : '.');
}
