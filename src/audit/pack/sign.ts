import { signatureLine } from '../checkpoint.ts';
import { LogFault } from '../fault.ts';
import { digestOf } from '../hash.ts';
import { openKey, type SigningKey } from '../signing-key.ts';
import { keyText } from '../verifier-key.ts';

/** A log whose key may be on this machine. */
export interface KeyPlace {
  keys: string;
  origin: string;
  /** Verifier keys that signed in the log: another key says nothing about it. */
  used: readonly string[];
}

/** The keys that can sign a pack. One that is not here, or that others can read, signs nothing. */
export function packKeys(places: readonly KeyPlace[]): SigningKey[] {
  const found = places.flatMap(({ keys, origin, used }) => {
    try {
      const own = openKey(keys, origin, false);
      return used.includes(keyText(own.key)) ? [own] : [];
    } catch (error) {
      if (!(error instanceof LogFault)) throw error;
      return [];
    }
  });
  return [...new Map(found.map((own) => [keyText(own.key), own])).values()];
}

/**
 * A C2SP signed note over the digests of all files, by the keys of the logs in it. It begins with another word than any
 * checkpoint, and is no JSON as what stands in a log is: a signature of one is never one of the other.
 */
export function signedPack(sums: string, keys: readonly SigningKey[]): string {
  const text = `stakes/audit-pack@1\n${digestOf(sums)}\n`;
  return `${text}\n${keys.map(({ key, sign }) => signatureLine(key, sign(text))).join('')}`;
}
