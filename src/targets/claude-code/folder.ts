import type { AgentPolicy } from '../../model/policy.ts';
import { isOneOf, READERS } from './built-ins.ts';

/** The project itself, or a folder in it as `a/b`; undefined: not one folder of the project. */
export type Folder = string | undefined;

/**
 * The folder to start in: Claude Code's file tools stop at the working directory, and no rule draws a narrower line.
 * The project where the agents with file tools do not agree on one.
 */
export function workingFolder(agents: readonly AgentPolicy[]): string {
  const wanted = new Set(agents.flatMap(wantedFolders).filter((folder) => folder !== undefined));
  const [only] = wanted;
  return wanted.size === 1 && only !== undefined ? only : '.';
}

function wantedFolders(agent: AgentPolicy): Folder[] {
  const held = Object.entries(agent.tools).flatMap(([tool, grant]) => (grant.decision === 'deny' ? [] : [tool]));
  return [
    ...(held.some((tool) => isOneOf(READERS, tool)) ? [readFolder(agent)] : []),
    ...(held.includes('Bash') ? [shellFolder(agent)] : []),
  ];
}

export function readFolder({ filesystem }: AgentPolicy): Folder {
  return oneFolder(filesystem.read);
}

/** A shell reads and writes in the working directory alike, so both lists must say the same. */
export function shellFolder({ filesystem }: AgentPolicy): Folder {
  const folder = oneFolder(filesystem.write);
  return folder === oneFolder(filesystem.read) ? folder : undefined;
}

/** The folders that an agent may write, as seen from `start`; undefined: somewhere outside of it. */
export function writableFolders({ filesystem }: AgentPolicy, start: string): Folder[] {
  return (filesystem.write ?? ['.']).map((path) => {
    const folder = inProject(path);
    if (folder === undefined || start === '.') return folder;
    if (folder === '.' || folder === start) return '.';
    return folder.startsWith(`${start}/`) ? folder.slice(start.length + 1) : undefined;
  });
}

function oneFolder(paths: readonly string[] | null): Folder {
  if (paths === null) return '.';
  const folders = paths.map(inProject);
  if (folders.includes('.')) return '.';
  return folders.length === 1 ? folders[0] : undefined;
}

function inProject(path: string): Folder {
  const parts = path
    .replace(/\/\*\*$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (path === '' || path.startsWith('/') || /^~|[\\*?[\]{}()!\n]/.test(path) || parts.includes('..')) return undefined;
  return parts.length === 0 ? '.' : parts.join('/');
}
