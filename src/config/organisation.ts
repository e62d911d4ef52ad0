import { relative, resolve, sep } from 'node:path';
import type { Completion } from '../manifest/given.ts';
import type { Loaded, Place } from '../model/place.ts';
import { onDisk } from '../source/files.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { completionOf } from './complete.ts';
import { type ConfigOptions, loadConfig } from './load.ts';
import type { Layer } from './parse.ts';
import { allowedTargets, type Setting } from './settings.ts';

/** A configuration with all that it extends and names, as every command goes by it. */
export interface Organisation {
  /** The outermost first, the file itself last. */
  layers: readonly Layer[];
  catalogue: Catalogue;
  completion: Completion;
  /** Undefined: every target may be generated for. */
  allowed: (Setting<readonly string[]> & { from: Place }) | undefined;
  /** From the name of a file, as it is shown, to its path from the folder of the configuration. */
  pathIn(file: string): string;
}

export function loadOrganisation(path: string, options: ConfigOptions): Loaded<Organisation> {
  const loaded = loadConfig(path, options);
  if (loaded.state !== 'ok') return loaded;
  const layers = loaded.value;
  const catalogue = catalogueOf(layers, options);
  if (catalogue.state !== 'ok') return catalogue;
  const pathIn = pathsFrom(layers.at(-1)?.folder ?? options.cwd, options);
  const completion = completionOf(layers, catalogue.value, pathIn);
  return {
    state: 'ok',
    value: { layers, catalogue: catalogue.value, completion, allowed: allowedTargets(layers), pathIn },
  };
}

/** By the files' real names: a link to a manifest must not give it the settings of another path. */
function pathsFrom(folder: string, { cwd, from = onDisk }: ConfigOptions): (file: string) => string {
  const base = from.real(folder);
  const known = new Map<string, string>();
  return (file) => {
    const path =
      known.get(file) ??
      relative(base, from.real(resolve(cwd, file)))
        .split(sep)
        .join('/');
    known.set(file, path);
    return path;
  };
}
