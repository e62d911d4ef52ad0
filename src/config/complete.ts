import type { Completion, Given } from '../manifest/given.ts';
import type { DataScope, Manifest } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import type { Catalogue, Offer } from './catalogue.ts';
import type { Layer } from './parse.ts';
import { type Default, defaultsFor } from './settings.ts';
import { tightened } from './tighten.ts';

/** `pathIn`: from the name of a file to its path from the folder of the configuration in use. */
export function completionOf(
  layers: readonly Layer[],
  catalogue: Catalogue,
  pathIn: (file: string) => string,
): Completion {
  return {
    complete(manifest, file) {
      const path = pathIn(file);
      const given = new Map<string, Given>();
      const saying = { defaults: defaultsFor(layers, path), find: (name: string) => catalogue.find(name, path), given };
      return { manifest: completed(manifest, '', saying), given };
    },
    offered: (file) => catalogue.names(pathIn(file)),
  };
}

interface Saying {
  defaults: readonly Default[];
  find(name: string): Offer | undefined;
  /** What was given, for whoever wants to know. */
  given: Map<string, Given>;
}

function completed(manifest: Manifest, base: string, saying: Saying): Manifest {
  const out = withDefaults(manifest, base, saying);
  const data = scopesOf(manifest, base, saying);
  if (data !== undefined) out.data = data;
  if (manifest.subagents === undefined) return out;
  out.subagents = Object.fromEntries(
    Object.entries(manifest.subagents).map(([name, { manifest: inner }]) => {
      const at = base + pointerOf('subagents', name, 'manifest');
      return [name, { manifest: typeof inner === 'string' ? inner : completed(inner, at, saying) }];
    }),
  );
  return out;
}

function withDefaults(manifest: Manifest, base: string, { defaults, given }: Saying): Manifest {
  const out: Manifest & Record<string, unknown> = { ...manifest };
  for (const { path, value, from } of defaults) {
    const [map = '', key = ''] = path;
    const before = out[map];
    if (isRecord(before) && before[key] !== undefined) continue;
    out[map] = { ...(isRecord(before) ? before : {}), [key]: structuredClone(value) };
    given.set(base + pointerOf(map, key), { place: () => from, overrules: false });
  }
  return out;
}

/** The map of data with the scopes that tools name and the manifest does not have, and with what is locked; undefined: as it is. */
function scopesOf({ data, tools }: Manifest, base: string, { find, given }: Saying): Manifest['data'] {
  const named = Object.values(tools).flatMap((tool) => tool.data ?? []);
  const changed = new Map<string, DataScope>();
  for (const name of new Set([...Object.keys(data ?? {}), ...named])) {
    const offer = find(name);
    if (offer === undefined) continue;
    const place = () => offer.place();
    const at = base + pointerOf('data', name);
    const own = data !== undefined && Object.hasOwn(data, name) ? data[name] : undefined;
    if (own === undefined) {
      changed.set(name, { ...offer.scope });
      given.set(at, { place, overrules: false });
      if (data === undefined && !given.has(`${base}/data`)) given.set(`${base}/data`, { place, overrules: false });
    } else if (offer.locked) {
      const { scope, changed: fields } = tightened(own, offer.scope);
      if (fields.length === 0) continue;
      changed.set(name, scope);
      for (const { field, overrules } of fields) given.set(`${at}/${field}`, { place, overrules });
    }
  }
  if (changed.size === 0) return undefined;
  // Spread and `fromEntries` define keys, so that none is taken for a prototype.
  return { ...data, ...Object.fromEntries(changed) };
}
