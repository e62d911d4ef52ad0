import { fromBase64 } from './base64.ts';
import { isName, isSignedBy, type VerifierKey } from './verifier-key.ts';

/** The head of a log. Source: https://c2sp.org/tlog-checkpoint */
export interface Checkpoint {
  origin: string;
  /** Lines of the log that it is about. */
  size: number;
  root: Buffer;
}

export interface NoteSignature {
  name: string;
  /** Eight hexadecimal digits. */
  id: string;
  signature: Buffer;
}

/** A checkpoint and who signed it; `text` is what was signed. */
export interface SignedCheckpoint {
  checkpoint: Checkpoint;
  text: string;
  signatures: NoteSignature[];
}

/** Source: https://c2sp.org/signed-note, which asks for at least sixteen. */
const MOST_SIGNATURES = 16;
const MOST_TEXT = 100_000;

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

export function signatureLine({ name, id }: Pick<VerifierKey, 'name' | 'id'>, signature: Buffer): string {
  return `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`;
}

/** Undefined: this is no checkpoint. Whether anybody signed it is another question. */
export function readCheckpoint(note: unknown): SignedCheckpoint | undefined {
  if (typeof note !== 'string' || note.length > MOST_TEXT) return undefined;
  const cut = note.lastIndexOf('\n\n');
  const text = note.slice(0, cut + 1);
  const [origin = '', size = '', root, ...extensions] = text.split('\n').slice(0, -1);
  const hash = fromBase64(root, 32);
  const signatures = note
    .slice(cut + 2)
    .split('\n')
    .slice(0, -1)
    .map(readSignature);
  const isWhole = cut >= 0 && note.endsWith('\n') && origin !== '' && extensions.every((line) => line !== '');
  if (!isWhole || !/^(?:0|[1-9]\d{0,15})$/.test(size) || hash === undefined) return undefined;
  if (signatures.length === 0 || signatures.length > MOST_SIGNATURES) return undefined;
  if (!signatures.every((signature) => signature !== undefined)) return undefined;
  return { checkpoint: { origin, size: Number(size), root: hash }, text, signatures };
}

function readSignature(line: string): NoteSignature | undefined {
  const [, name, coded = ''] = /^— ([^+\s]{1,200}) (\S{1,10000})$/.exec(line) ?? [];
  const bytes = fromBase64(coded, Buffer.from(coded, 'base64').length);
  if (!isName(name) || bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) };
}

/** True where this key signed; others may have, too. */
export function isNoteOf(key: VerifierKey, { text, signatures }: SignedCheckpoint): boolean {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  return own.length > 0 && own.every(({ signature }) => isSignedBy(key, text, signature));
}
