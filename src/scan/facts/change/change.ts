import type { Clues } from '../../clues.ts';

/** A verb whose deed can be taken back, unless what it is applied to says otherwise. */
export interface Change {
  verb: string;
  objects: readonly string[];
  clues: Clues;
}

export const first = (objects: readonly string[], set: ReadonlySet<string>) => objects.find((word) => set.has(word));
export const fieldOf = (clues: Clues, names: RegExp) => clues.fields.find(({ name }) => names.test(name));
