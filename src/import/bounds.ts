import { isAbsolute, join, posix } from 'node:path';
import type { ImportFile } from '../importers/define.ts';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { NotFollowed } from '../model/import.ts';
import type { Loaded } from '../model/place.ts';
import type { Files } from '../source/files.ts';

/** What may be read without being asked for: a stranger's repository could name any file of this machine. */
export interface Bounds {
  from: Files;
  cwd: string;
  /** The repository; links and paths that leave it lead outside. */
  within: string;
  /** Is what lies outside read, too? */
  follow: boolean;
  /** The home folder; undefined: not known. */
  home?: string | undefined;
  /** A file that was named on the command line, which may be a link to anywhere. */
  named?: string | undefined;
}

/** Does this lead to a place that nobody asked to read? */
export function isOutside(path: string, { from, within, follow, named }: Bounds): boolean {
  return !follow && path !== named && !isInside(within, path, from);
}

/** How a file reads others: `folder` is its agent's. What is read, and what leads outside, is noted. */
export function besideOf(
  { folder, file, bounds }: { folder: string; file: string; bounds: Bounds },
  into: { read: Map<string, string>; notFollowed: NotFollowed[] },
): ImportFile['beside'] {
  return (path) => {
    const full = fullPath(folder, path, bounds.home);
    const target = full === undefined ? path : shownAs(full, bounds.cwd);
    if (full === undefined || isOutside(full, bounds)) {
      into.notFollowed.push({ file, to: target });
      return nothing(`\`${target}\` lies outside of the repository, and was not followed`, target);
    }
    const text = bounds.from.read(full, target);
    if (text.state === 'ok') into.read.set(target, text.value);
    return text;
  };
}

const HOME = /^(?:~|\$HOME|\$\{HOME\}|\$\{env:HOME\}|\$\{userHome\}|%USERPROFILE%)(?=[/\\]|$)/;

/** Undefined: it starts at a place that is not known here. */
function fullPath(folder: string, path: string, home: string | undefined): string | undefined {
  const start = HOME.exec(path)?.[0];
  if (start !== undefined) return home === undefined ? undefined : join(home, path.slice(start.length));
  return isAbsolute(path) || posix.isAbsolute(path) ? path : join(folder, path);
}

export function nothing(message: string, file: string): Loaded<string> {
  return { state: 'missing', problems: [{ code: 'missing-file', message, file }] };
}
