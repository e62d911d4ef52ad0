import { hash } from 'node:crypto';

/** `sha256:` and hexadecimal digits, as digests are written everywhere. */
export function digestOf(data: string | Uint8Array): string {
  return `sha256:${hash('sha256', data)}`;
}

/** What the first line of a log follows. */
export const NOTHING = digestOf('');

// As text with a character for each byte: asked for a buffer, Node takes half as long again, and buffers are costly to have.
const rawHash = (data: string | Uint8Array): string => hash('sha256', data, 'binary');

/** A leaf of the RFC 6962 tree, as bytes in text. `marked`: the byte 0, and then the line without its line feed. */
export function leafHash(marked: string | Uint8Array): string {
  return rawHash(marked);
}

const raw = Buffer.alloc(32);

/** How the next line names the one whose leaf this is: one hash is both its place in the chain and its place in the tree. */
export function linkTo(leaf: string): string {
  raw.write(leaf, 0, 'latin1');
  return `sha256:${raw.toString('hex')}`;
}

const pair = Buffer.alloc(65, 1);

/** An inner node of the RFC 6962 tree. */
export function nodeHash(left: string, right: string): string {
  pair.write(left, 1, 'latin1');
  pair.write(right, 33, 'latin1');
  return rawHash(pair);
}

/** The root of a tree without leaves. */
export const emptyRoot = (): string => rawHash('');
