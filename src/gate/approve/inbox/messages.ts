import { isRecord } from '../../../source/record.ts';
import type { Said, Waiting } from '../define.ts';

export interface Reply extends Said {
  id: string;
  /** Of the arguments that were shown. */
  digest: string;
}

/** What a gate writes to whoever looks into its inbox, one JSON line each. */
export type FromGate =
  | { kind: 'waiting'; calls: Waiting[] }
  | { kind: 'answered'; id: string; says: string; ok: boolean };

const MOST_WORDS = 1000;

/** What came from the other end; undefined: nothing that counts as a reply. */
export function readReply(line: string): Reply | undefined {
  const value = parsed(line);
  if (!isRecord(value)) return undefined;
  const { id, digest, approve, by, reason } = value;
  if (typeof id !== 'string' || typeof digest !== 'string' || typeof approve !== 'boolean') return undefined;
  if (typeof by !== 'string' || by === '' || by.length > 200) return undefined;
  if (reason !== null && typeof reason !== 'string') return undefined;
  return { id, digest, approve, by, reason: reason === null ? null : reason.slice(0, MOST_WORDS) };
}

export function readFromGate(line: string): FromGate | undefined {
  const value = parsed(line);
  if (!isRecord(value)) return undefined;
  if (value.kind === 'waiting' && Array.isArray(value.calls)) return value as unknown as FromGate;
  if (value.kind === 'answered' && typeof value.says === 'string') return value as unknown as FromGate;
  return undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
