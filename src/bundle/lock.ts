import { createHash } from 'node:crypto';
import { LOCK_SCHEMA, type Lock } from '../model/lock.ts';
import { byName } from '../source/order.ts';
import { isRecord } from '../source/record.ts';
import { isInstalledMap } from './installed.ts';

export const LOCK_FILE = 'stakes.lock.json';

export function digest(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

export function lockText({ installed, ...lock }: Lock): string {
  const sorted = Object.entries(installed ?? {}).sort(byName);
  return `${JSON.stringify(sorted.length > 0 ? { ...lock, installed: Object.fromEntries(sorted) } : lock, null, 2)}\n`;
}

/** A lock that is not one (or is from a newer format) is treated as none, which makes every file beside it a stranger's. */
export function parseLock(text: string): Lock | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value.schema !== LOCK_SCHEMA || !isRecord(value.files) || !isRecord(value.targets))
      return undefined;
    if (typeof value.manifest !== 'string' || typeof value.policy !== 'string') return undefined;
    if (Object.keys(value.files).some((path) => !isSafePath(path))) return undefined;
    if (value.installed !== undefined && !isInstalledMap(value.installed)) return undefined;
    return value as unknown as Lock;
  } catch {
    return undefined;
  }
}

/** A path that stays inside the bundle. A lock is committed, so anybody may have written it. */
export function isSafePath(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !/^[A-Za-z]:|\\/.test(path) &&
    !path.split('/').some((part) => part === '..' || part === '.' || part === '')
  );
}
