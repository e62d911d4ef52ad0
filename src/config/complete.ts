import { resolve } from 'node:path';
import { isInside, shownAs } from '../manifest/paths.ts';
import { schemaProblems } from '../manifest/validate.ts';
import type { ConfigDefaults } from '../model/config.ts';
import type { DataScope, Manifest } from '../model/manifest.ts';
import type { Loaded } from '../model/place.ts';
import { parseSource } from '../source/document.ts';
import { pointerOf } from '../source/pointer.ts';
import { readText } from '../source/read.ts';
import type { ConfigOptions } from './load.ts';
import type { Layer } from './parse.ts';

/** Later layers say more about one field each; what they do not say stays. */
export function defaultsOf(layers: readonly Layer[]): ConfigDefaults {
  return Object.assign({}, ...layers.map(({ config }) => config.defaults ?? {})) as ConfigDefaults;
}

/** The data scopes that all layers offer; of two with one name, that of the later layer. */
export function catalogueOf(layers: readonly Layer[], options: ConfigOptions): Loaded<Record<string, DataScope>> {
  const all: Record<string, DataScope> = {};
  for (const layer of layers) {
    const { data } = layer.config;
    if (data === undefined) continue;
    const path = resolve(layer.folder, data);
    if (!isInside(options.root, path) && !isInside(layer.folder, path)) {
      const message = `\`${data}\` leads out of the project`;
      return { state: 'invalid', problems: [{ code: 'outside-root', message, place: layer.place('/data', 'value') }] };
    }
    const shown = shownAs(path, options.cwd);
    const text = readText(path, shown);
    if (text.state !== 'ok') return text;
    options.texts?.set(shown, text.value);
    const scopes = parseCatalogue(shown, text.value);
    if (scopes.state !== 'ok') return scopes;
    Object.assign(all, scopes.value);
  }
  return { state: 'ok', value: all };
}

/** A map of data scopes, checked as the `data` of a manifest is. */
export function parseCatalogue(shown: string, text: string): Loaded<Record<string, DataScope>> {
  const source = parseSource(shown, text);
  if (source.state !== 'ok') return source;
  const [document] = source.value.documents;
  if (!document) return { state: 'empty', problems: [] };
  const around = { schemaVersion: 1, agent: { id: 'catalogue' }, tools: {}, data: document.value };
  const problems = schemaProblems({
    ...document,
    value: around,
    place: (pointer, at) => document.place(pointer.slice('/data'.length), at),
  });
  return problems.length > 0
    ? { state: 'invalid', problems }
    : { state: 'ok', value: document.value as Record<string, DataScope> };
}

/** A manifest with what the organisation says where it says nothing itself. */
export interface Completed {
  manifest: Manifest;
  /** Pointers of the values that the organisation gave. */
  organisation: string[];
}

export function completed(
  manifest: Manifest,
  defaults: ConfigDefaults,
  catalogue: Readonly<Record<string, DataScope>>,
): Completed {
  const organisation: string[] = [];
  return { manifest: complete(manifest, '', { defaults, catalogue, organisation }), organisation };
}

interface Given {
  defaults: ConfigDefaults;
  catalogue: Readonly<Record<string, DataScope>>;
  organisation: string[];
}

function complete(manifest: Manifest, base: string, given: Given): Manifest {
  const { defaults, organisation } = given;
  const out: Manifest = { ...manifest, agent: { ...manifest.agent } };
  const note = (...path: string[]) => organisation.push(base + pointerOf(...path));
  if (out.agent.owner === undefined && defaults.owner !== undefined) {
    out.agent.owner = defaults.owner;
    note('agent', 'owner');
  }
  if (out.agent.environment === undefined && defaults.environment !== undefined) {
    out.agent.environment = defaults.environment;
    note('agent', 'environment');
  }
  if (out.approvals === undefined && defaults.approvals !== undefined) {
    out.approvals = structuredClone(defaults.approvals);
    note('approvals');
  }
  const taken = takenScopes(manifest, given.catalogue);
  if (Object.keys(taken).length > 0) out.data = { ...manifest.data, ...taken };
  for (const name of Object.keys(taken)) note('data', name);
  if (manifest.subagents) {
    out.subagents = Object.fromEntries(
      Object.entries(manifest.subagents).map(([name, { manifest: inner }]) => [
        name,
        {
          manifest:
            typeof inner === 'string' ? inner : complete(inner, base + pointerOf('subagents', name, 'manifest'), given),
        },
      ]),
    );
  }
  return out;
}

/** The scopes that tools name and the manifest does not have. */
function takenScopes({ data, tools }: Manifest, catalogue: Given['catalogue']): Record<string, DataScope> {
  const facts = Object.values(tools);
  // A map of data would turn "unknown data" behind the tools that name none into just these scopes.
  if (data === undefined && facts.some((tool) => tool.data === undefined)) return {};
  const names = new Set(facts.flatMap((tool) => tool.data ?? []));
  return Object.fromEntries(
    [...names]
      .filter((name) => !Object.hasOwn(data ?? {}, name) && Object.hasOwn(catalogue, name))
      .map((name) => [name, { ...catalogue[name] }]),
  );
}
