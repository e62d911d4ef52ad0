import { posix } from 'node:path';
import type { Loaded } from '../../../model/place.ts';
import type { ImportFile } from '../../define.ts';

/** A file of the package by its path from another; what is not in the package is not read. */
export function besideOf({ file, path: home, beside }: ImportFile): (path: unknown, from?: string) => Loaded<string> {
  return (path, from = home) => {
    const full = pathFrom(from, path);
    if (full !== undefined) return beside(full);
    return { state: 'missing', problems: [{ code: 'missing-file', message: 'this file is not in the package', file }] };
  };
}

/** Undefined: it leads out of the package, or is no path. */
export function pathFrom(from: string, path: unknown): string | undefined {
  const text = typeof path === 'string' ? path.replaceAll('\\', '/') : '';
  if (text === '' || text.length > 500 || text.includes('\0') || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text))
    return undefined;
  const full = posix.join(posix.dirname(from), text);
  return full === '..' || full.startsWith('../') ? undefined : full;
}
