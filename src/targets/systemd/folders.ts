import type { Policy } from '../../model/policy.ts';
import type { Box } from '../container/boxes.ts';
import { isMountable } from '../container/inside.ts';
import { type Place, placesOf } from '../container/places.ts';
import { writablePlaces } from '../container/protected.ts';
import { denyWriteRules, RUNTIME } from '../srt/paths.ts';

/** The folders of a box, none inside another that may be written: what lies in one is put there by the process itself. */
export interface Folders {
  read: Place[];
  /** Read where it is there: what the program needs, and what the machine has. */
  runtime: Place[];
  write: Place[];
  /** Inside of `write`, and kept. */
  kept: Place[];
}

export function foldersOf({ protectedPaths }: Policy, box: Box): Folders {
  const granted = writablePlaces(box.write, protectedPaths).filter(isMountable);
  const write = granted.filter((place) => !granted.some((other) => other !== place && isInside(place, other)));
  const isFree = (place: Place) => isMountable(place) && !write.some((other) => isInside(place, other));
  const read = placesOf(box.read ?? []).filter(isFree);
  const known = new Set(read.map(({ root, rest }) => `${root}/${rest}`));
  const runtime = placesOf(box.runtime).filter((place) => isFree(place) && !known.has(`${place.root}/${place.rest}`));
  const kept = placesOf(denyWriteRules(protectedPaths, box.write)).filter((place) =>
    write.some((other) => isInside(place, other)),
  );
  return { read, runtime, write, kept };
}

/** Absolute folders of the machine that programs need; the others of the list are for srt or for macOS. */
export const MACHINE = RUNTIME.filter((path) => /^(?:\/[\w.-]+)+$/.test(path) && !/^\/(?:System|private)/.test(path));

/** The same place counts. */
function isInside(inner: Place, outer: Place): boolean {
  if (inner.root !== outer.root) return false;
  return outer.rest === '' || `${inner.rest}/`.startsWith(`${outer.rest}/`);
}
