import type { Installed, Owned } from '../model/lock.ts';
import { isRecord } from '../source/record.ts';

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const KEY = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/** The shape only: whether the path is one that a target installs to is for whoever writes there. */
export function isInstalledMap(value: unknown): value is Record<string, Installed> {
  return isRecord(value) && Object.entries(value).every(([key, item]) => KEY.test(key) && isInstalled(item));
}

function isInstalled(value: unknown): value is Installed {
  if (!isRecord(value)) return false;
  const { path, source, before, after, owns, folders, pending } = value;
  return (
    isText(path) &&
    isDigest(source) &&
    (before === null || isDigest(before)) &&
    isDigest(after) &&
    Array.isArray(owns) &&
    owns.every(isOwned) &&
    Array.isArray(folders) &&
    folders.every(isText) &&
    (pending === undefined || (isRecord(pending) && (pending.from === null || isDigest(pending.from))))
  );
}

function isOwned(value: unknown): value is Owned {
  if (!isRecord(value) || !isText(value.pointer) || !value.pointer.startsWith('/')) return false;
  const kinds = ['entries', 'value', 'created'].filter((key) => key in value);
  if (kinds.length !== 1) return false;
  return kinds[0] === 'entries' ? Array.isArray(value.entries) : kinds[0] === 'value' || value.created === true;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isDigest = (value: unknown): value is string => typeof value === 'string' && DIGEST.test(value);
