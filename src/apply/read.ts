import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { diskComplaint } from '../bundle/disk.ts';
import { obstacleOn } from '../bundle/obstacles.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { decode, MAX_BYTES } from '../source/read.ts';

/** A file that `stakes apply` writes. Everything below `below` is somebody's; `below` itself is trusted. */
export interface Destination {
  below: string;
  /** With `/`. */
  path: string;
  full: string;
  /** As people see it. */
  shown: string;
  /** As the lock names it: a path in the project, or an absolute one. */
  recorded: string;
}

/** What lies at a destination. */
export interface Content {
  /** Undefined: there is no file. */
  bytes: Buffer | undefined;
  /** Permission bits. */
  mode: number;
  owner: { uid: number; gid: number } | undefined;
}

export const NOTHING: Content = { bytes: undefined, mode: 0o644, owner: undefined };

export function inProject(project: string, path: string, shown: string): Destination {
  return { below: project, path, full: join(project, path), shown, recorded: path };
}

/** A file outside of the project: only its own name can be a link. */
export function outside(path: string): Destination {
  return { below: dirname(path), path: basename(path), full: path, shown: path, recorded: path };
}

/** A folder on the way to the file, as the lock names it. */
export function recordedFolder({ below, full, recorded }: Destination, folder: string): string {
  return recorded === full ? folder : relative(below, folder).split(sep).join('/');
}

export function readDestination({ below, path, full, shown }: Omit<Destination, 'recorded'>): Loaded<Content> {
  const refuse = (code: string, message: string, help: string): Loaded<Content> => ({
    state: 'unreadable',
    problems: [{ code, message, help, file: shown }],
  });
  try {
    const obstacle = obstacleOn(below, path);
    if (obstacle) {
      const part = shown.slice(0, shown.length - path.length) + obstacle.path;
      const target = leadsTo(join(below, obstacle.path));
      const leads = target === undefined ? '' : ` to \`${target}\``;
      const message = `\`${part}\` is ${obstacle.kind}${leads}, where a plain ${obstacle.path === path ? 'file' : 'folder'} belongs`;
      return refuse('blocked-path', message, 'move it away, or put what it holds in its place; nothing was written');
    }
    const stat = lstatSync(full, { throwIfNoEntry: false });
    if (!stat) return { state: 'ok', value: NOTHING };
    const bytes = readBounded(full);
    if (bytes.length > MAX_BYTES)
      return refuse(
        'too-large',
        `\`${shown}\` has more than ${MAX_BYTES} bytes, the most that is read`,
        'is this the right file?',
      );
    const owner = { uid: stat.uid, gid: stat.gid };
    return { state: 'ok', value: { bytes, mode: stat.mode & 0o7777, owner } };
  } catch (error) {
    return refuse('unreadable-file', `\`${shown}\` cannot be read: ${diskComplaint(error)}`, 'check its permissions');
  }
}

function readBounded(path: string): Buffer {
  // A link put there just now is not followed, and a pipe is not waited for.
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
  try {
    return fstatSync(handle).size > MAX_BYTES ? Buffer.alloc(MAX_BYTES + 1) : readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function leadsTo(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

const MARK = '\uFEFF';

/** Settings as text, and what must be put back in front of it. */
export function textOf(bytes: Uint8Array, shown: string): Loaded<{ text: string; mark: string }> {
  const decoded = decode(bytes, shown);
  if (decoded.state !== 'ok') return { ...decoded, problems: decoded.problems.map(asSettings) };
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? MARK : '';
  return { state: 'ok', value: { text: decoded.value, mark } };
}

/** The reader's own advice is about manifests. */
function asSettings(problem: Problem): Problem {
  return problem.code === 'not-text' ? { ...problem, help: 'settings are JSON in UTF-8' } : problem;
}
