import { hash } from 'node:crypto';

/** `sha256:` and hexadecimal digits, as digests are written everywhere. */
export function digestOf(data: string | Uint8Array): string {
  return `sha256:${hash('sha256', data)}`;
}

/** What the first line of a log follows. */
export const NOTHING = digestOf('');

// Asked for a buffer, Node takes half as long again.
const rawHash = (data: Uint8Array): Buffer => Buffer.from(hash('sha256', data, 'binary'), 'binary');

/** A leaf of the RFC 6962 tree. `marked`: the byte 0, and then the line without its line feed. */
export function leafHash(marked: Uint8Array): Buffer {
  return rawHash(marked);
}

const pair = Buffer.alloc(65, 1);

/** An inner node of the RFC 6962 tree. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1);
  right.copy(pair, 33);
  return rawHash(pair);
}

/** The root of a tree without leaves. */
export const emptyRoot = (): Buffer => hash('sha256', '', 'buffer');
