import type { Envelope, RecordKind } from '../../model/record.ts';
import { fromBase64 } from '../base64.ts';
import { isNoteOf, readCheckpoint } from '../checkpoint.ts';
import { type At, signedText } from '../lines.ts';
import { peaksText, rootOf, treeFrom } from '../tree.ts';
import { isName, isSignedBy, keyText, readKey } from '../verifier-key.ts';
import { type KeyUse, type Place, tell, type Walk } from './walk.ts';

/** A record of which the envelope was looked at, and nothing else. */
export type Found = Omit<Envelope, 'kind'> & { kind: string } & Record<string, unknown>;
type Check = (walk: Walk, found: Found, place: Place) => undefined;

/** What each kind of record has to be right in. */
export const kinds: Record<RecordKind, Check> = {
  segment: checkSegment,
  start: checkStart,
  intent: (walk) => {
    walk.intents++;
  },
  outcome: (walk) => {
    walk.outcomes++;
  },
  signature: checkSignature,
  checkpoint: checkCheckpoint,
  rotation: checkRotation,
};

/** One a day for years; whoever writes a log to be read by us must not fill the memory. */
const MOST_KEYS = 5000;

const current = (walk: Walk): KeyUse | undefined => walk.keys.at(-1);

function checkSegment(walk: Walk, { origin, segment, key, root, peaks, seq }: Found, place: Place): undefined {
  const wrong = (message: string) => tell(walk, 'mixed-segments', place, message);
  if (place.line !== 1) wrong('the header of a file stands in the middle of one');
  if (!isName(origin) || !Number.isSafeInteger(segment)) return tell(walk, 'not-a-record', place, 'this is no header');
  if (walk.origin !== null && origin !== walk.origin) tell(walk, 'other-log', place, 'this file is of another log');
  walk.origin ??= origin;
  if (walk.segment !== 0 && segment !== walk.segment + 1)
    wrong(`this is file ${String(segment)} of the log, and file ${walk.segment + 1} belongs here`);
  walk.segment = Number(segment);
  const tree = treeFrom(seq, peaks);
  const named = fromBase64(root, 32);
  const isOne = tree !== undefined && named !== undefined && rootOf(tree).equals(named);
  const isOurs = !walk.tree || (isOne && rootOf(walk.tree).equals(rootOf(tree)));
  if (!isOne || !isOurs) tell(walk, 'root', place, 'the Merkle root in the header is not that of the lines before it');
  if (isOne) walk.tree ??= tree;
  const signing = readKey(key);
  if (signing === undefined) return tell(walk, 'other-key', place, 'the header names no key');
  const used = current(walk);
  if (used === undefined) walk.keys.push({ key: signing, signatures: 0 });
  else if (keyText(used.key) !== key)
    tell(walk, 'other-key', place, 'the header names another key than the one that signed so far');
}

function checkStart(walk: Walk, { unsigned, torn, seq }: Found, place: Place): undefined {
  if (typeof unsigned === 'number' && unsigned > 0)
    tell(
      walk,
      'found-unsigned',
      place,
      `records ${seq - unsigned} to ${seq - 1} were under no signature when the writer started again, as one that was killed leaves them; they are signed as they were found`,
    );
  if (torn !== null)
    tell(walk, 'found-torn', place, 'half a line stood here when the writer started again; it was kept aside');
}

function checkSignature(walk: Walk, found: Found, place: Place): undefined {
  const used = current(walk);
  if (used === undefined) return;
  if (found.key !== used.key.id)
    return tell(walk, 'other-key', place, 'this signature is of another key than the one that signs here');
  const bytes = fromBase64(found.signature, 64);
  const text = signedText(used.key.id, found as At);
  // A field that is not signed would be one that anybody can add.
  const isClosed = Object.keys(found).length === Object.keys(JSON.parse(text) as object).length + 1;
  if (bytes === undefined || !isClosed || !isSignedBy(used.key, text, bytes))
    return tell(walk, 'signature', place, 'the signature does not hold');
  used.signatures++;
  walk.signed = found.seq + 1;
  if (walk.next === undefined) return;
  walk.keys.push({ key: walk.next, signatures: 0 });
  walk.next = undefined;
}

function checkCheckpoint(walk: Walk, { note, peaks, seq }: Found, place: Place): undefined {
  const read = readCheckpoint(note);
  const used = current(walk);
  if (read === undefined || used === undefined) return tell(walk, 'not-a-record', place, 'this is no checkpoint');
  const { origin, size, root } = read.checkpoint;
  if (origin !== walk.origin) return tell(walk, 'other-log', place, 'this checkpoint is of another log');
  if (!isNoteOf(used.key, read)) return tell(walk, 'signature', place, 'the signature of the checkpoint does not hold');
  const tree = treeFrom(seq, peaks);
  const isOne = tree !== undefined && size === seq && rootOf(tree).equals(root);
  const isOurs = !walk.tree || (walk.tree.size === size && rootOf(walk.tree).equals(root));
  const samePeaks = !walk.tree || String(peaks) === String(peaksText(walk.tree));
  if (!isOne || !isOurs || !samePeaks) return tell(walk, 'root', place, 'the checkpoint is not of the lines before it');
  walk.tree ??= tree;
  walk.note = String(note);
}

/** The key that is being left has to sign for it: what follows next is its signature. */
function checkRotation(walk: Walk, { to }: Found, place: Place): undefined {
  const key = readKey(to);
  if (key === undefined) tell(walk, 'other-key', place, 'the key that is to sign from here on is none');
  else if (walk.keys.length >= MOST_KEYS)
    tell(walk, 'other-key', place, `after ${MOST_KEYS} keys no other is followed`);
  else walk.next = key;
}
