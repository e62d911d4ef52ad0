import type { Manifest } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import type { Agent } from './tree.ts';

/** A value that the organisation gave. */
export interface Given {
  /** Where it says so. Searched for only when somebody asks. */
  place(): Place;
  /** The manifest says less, and that does not hold. */
  overrules: boolean;
}

/** A manifest with what the organisation says where it says nothing itself. */
export interface Completed {
  manifest: Manifest;
  /** By pointer from the root of the manifest. */
  given: ReadonlyMap<string, Given>;
}

/** What an organisation makes of the manifests that are loaded. */
export interface Completion {
  /** `file`: as it is shown to people. Leaves its input as it is. */
  complete(manifest: Manifest, file: string): Completed;
  /** Data scopes that the manifests of this file may name without having them. */
  offered(file: string): Iterable<string>;
}

/** What the organisation says at a pointer into an agent's manifest; undefined: the manifest speaks for itself. */
export function givenAt({ given, base }: Pick<Agent, 'given' | 'base'>, pointer: string): Given | undefined {
  if (given === undefined || given.size === 0) return undefined;
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = given.get(base + at);
    if (found) return found;
  }
  return undefined;
}

/** Does the manifest itself have a map of its data? Scopes that it borrows never say that there are no others. */
export function statesData({ manifest, given, base }: Pick<Agent, 'manifest' | 'given' | 'base'>): boolean {
  return manifest.data !== undefined && given?.has(`${base}/data`) !== true;
}
