import { resolve } from 'node:path';
import { isInside, shownAs } from '../manifest/paths.ts';
import { schemaProblems } from '../manifest/validate.ts';
import type { DataScope } from '../model/manifest.ts';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { parseSource } from '../source/document.ts';
import { onDisk } from '../source/files.ts';
import { pointerOf } from '../source/pointer.ts';
import { redactAll } from '../source/secrets.ts';
import { didYouMean } from '../source/suggest.ts';
import { pathMatches } from './glob.ts';
import type { ConfigOptions } from './load.ts';
import type { Layer } from './parse.ts';
import { tightened } from './tighten.ts';

/** A data scope that manifests may name. */
export interface Offer {
  scope: DataScope;
  place(): Place;
  /** A manifest that has a scope of this name can only add to it. */
  locked: boolean;
}

/** The data scopes that an organisation offers. `path`: of the manifest, from the folder of the configuration in use. */
export interface Catalogue {
  find(name: string, path: string): Offer | undefined;
  names(path: string): string[];
  /** Scopes that a later file states less strictly than the lock allows, with where. */
  loosened(): { name: string; layer: Layer; place: Place }[];
}

/** One file of scopes, and for whom it is. */
interface Shelf {
  /** Index of the layer that names the file. */
  layer: number;
  /** Absent: every manifest. */
  paths?: readonly string[];
  scopes: ReadonlyMap<string, DataScope>;
  place(pointer: string, at?: 'key' | 'value'): Place;
}

/** Prefix of a scope in `locked`. */
export const SCOPE = 'data/';

/** The data scopes that all layers offer; of two with one name, that of the later layer counts unless it is locked. */
export function catalogueOf(layers: readonly Layer[], options: ConfigOptions): Loaded<Catalogue> {
  const shelves: Shelf[] = [];
  for (const [index, layer] of layers.entries()) {
    for (const { file, pointer, paths } of filesOf(layer)) {
      const shelf = readShelf(file, pointer, layer, options);
      if (shelf.state !== 'ok') return { ...shelf, problems: redactAll(shelf.problems) };
      shelves.push({ ...shelf.value, layer: index, ...(paths ? { paths } : {}) });
    }
  }
  const locks = new Map<string, number>();
  for (const [index, layer] of layers.entries()) {
    for (const [i, entry] of (layer.config.locked ?? []).entries()) {
      if (!entry.startsWith(SCOPE)) continue;
      const name = entry.slice(SCOPE.length);
      const known = shelves.filter((shelf) => shelf.layer <= index);
      if (!known.some(({ scopes }) => scopes.has(name)))
        return { state: 'invalid', problems: redactAll([unknownScope(name, layer, i, known)]) };
      if (!locks.has(name)) locks.set(name, index);
    }
  }
  return { state: 'ok', value: catalogue(layers, shelves, locks) };
}

function catalogue(layers: readonly Layer[], shelves: readonly Shelf[], locks: ReadonlyMap<string, number>): Catalogue {
  const forAll = ({ paths }: Shelf, path: string) => paths?.some((pattern) => pathMatches(pattern, path)) ?? true;
  const isHeld = (name: string, layer: number) => layer <= (locks.get(name) ?? -1);
  return {
    find(name, path) {
      let found: Offer | undefined;
      for (const shelf of shelves) {
        const scope = shelf.scopes.get(name);
        if (scope === undefined || !forAll(shelf, path)) continue;
        if (found?.locked && !isHeld(name, shelf.layer))
          found = { ...found, scope: tightened(scope, found.scope).scope };
        else found = { scope, place: () => shelf.place(pointerOf(name)), locked: isHeld(name, shelf.layer) };
      }
      return found;
    },
    names: (path) => [
      ...new Set(shelves.filter((shelf) => forAll(shelf, path)).flatMap(({ scopes }) => [...scopes.keys()])),
    ],
    loosened: () =>
      [...locks].flatMap(([name, lock]) => {
        const held = shelves.findLast(({ layer, scopes }) => layer <= lock && scopes.has(name))?.scopes.get(name) ?? {};
        return shelves.flatMap(({ layer: index, scopes, place }) => {
          const scope = scopes.get(name);
          const layer = layers[index];
          if (layer === undefined || scope === undefined || index <= lock) return [];
          const isLess = tightened(scope, held).changed.some(({ overrules }) => overrules);
          return isLess ? [{ name, layer, place: place(pointerOf(name)) }] : [];
        });
      }),
  };
}

/** The files of scopes that a configuration names, and for whom they are. */
export function filesOf({ config }: Layer): { file: string; pointer: string; paths?: readonly string[] }[] {
  return [
    ...(config.data === undefined ? [] : [{ file: config.data, pointer: '/data' }]),
    ...(config.overrides ?? []).flatMap(({ paths, data }, i) =>
      data === undefined ? [] : [{ file: data, pointer: pointerOf('overrides', i, 'data'), paths }],
    ),
  ];
}

type Read = Pick<Shelf, 'scopes' | 'place'>;

function readShelf(file: string, pointer: string, { folder, place }: Layer, options: ConfigOptions): Loaded<Read> {
  const { from = onDisk } = options;
  const path = resolve(folder, file);
  const wrong = (code: string, message: string, help: string): Loaded<Read> => ({
    state: 'invalid',
    problems: [{ code, message, help, place: place(pointer, 'value') }],
  });
  if (!isInside(options.root, path, from) && !isInside(folder, path, from))
    return wrong('outside-root', `\`${file}\` leads out of the project`, 'move it into the project');
  const shown = shownAs(path, options.cwd);
  const text = from.read(path, shown);
  if (text.state === 'missing')
    return wrong('missing-file', `there is no file \`${file}\``, 'paths start at the folder of this file');
  if (text.state !== 'ok') return text;
  options.texts?.set(shown, text.value);
  return parseCatalogue(shown, text.value);
}

/** A map of data scopes, checked as the `data` of a manifest is. */
export function parseCatalogue(shown: string, text: string): Loaded<Read> {
  const source = parseSource(shown, text);
  if (source.state !== 'ok') return source;
  const [document, second] = source.value.documents;
  if (!document) return { state: 'empty', problems: [] };
  if (second) {
    const message = `\`${shown}\` holds several documents, and a catalogue is one`;
    return { state: 'invalid', problems: [{ code: 'too-many-documents', message, place: second.place('') }] };
  }
  const around = { schemaVersion: 1, agent: { id: 'catalogue' }, tools: {}, data: document.value };
  const problems = schemaProblems({
    ...document,
    value: around,
    place: (pointer, at) => document.place(pointer.slice('/data'.length), at),
  });
  if (problems.length > 0) return { state: 'invalid', problems };
  const scopes = new Map(Object.entries(document.value as Record<string, DataScope>));
  return { state: 'ok', value: { scopes, place: document.place } };
}

function unknownScope(name: string, { place }: Layer, index: number, shelves: readonly Shelf[]): Problem {
  const known = shelves.flatMap(({ scopes }) => [...scopes.keys()]);
  return {
    code: 'dangling-name',
    message: `no catalogue up to here has a data scope \`${name.slice(0, 80)}\` to lock`,
    help: didYouMean(name, known) ?? 'add it to the file that `data` names',
    place: place(pointerOf('locked', index), 'value'),
  };
}
