import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { type Files, onDisk } from '../source/files.ts';
import { redactAll } from '../source/secrets.ts';
import { CONFIG_FILES } from './find.ts';
import { type Known, type Layer, parseConfig } from './parse.ts';

/** Configurations that extend each other in a row. */
const MOST_LAYERS = 10;

export interface ConfigOptions {
  /** Paths are shown relative to this folder. */
  cwd: string;
  /** No path leads out of this folder; packages are where they are installed. */
  root: string;
  known: Known;
  /** Takes the texts that were read, by the name they are shown under; for code frames. */
  texts?: Map<string, string>;
  /** Absent: the disk. */
  from?: Files;
}

/** A configuration and all that it extends: the outermost first, the file itself last. */
export function loadConfig(path: string, options: ConfigOptions): Loaded<Layer[]> {
  const { from = onDisk } = options;
  const layers: Layer[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = resolve(options.cwd, path); next !== undefined; ) {
    seen.add(from.real(next));
    const shown = shownAs(next, options.cwd);
    const text = from.read(next, shown);
    if (text.state !== 'ok') return { ...text, problems: redactAll(text.problems) };
    options.texts?.set(shown, text.value);
    const layer = parseConfig(shown, dirname(next), text.value, options.known);
    if (layer.state !== 'ok') return { ...layer, problems: redactAll(layer.problems) };
    layers.unshift(layer.value);
    const above = extended(layer.value, options);
    if (typeof above === 'object') return { state: 'invalid', problems: redactAll([above]) };
    if (above !== undefined && (seen.has(from.real(above)) || layers.length === MOST_LAYERS))
      return { state: 'invalid', problems: redactAll([loop(layer.value, seen.has(from.real(above)))]) };
    next = above;
  }
  return { state: 'ok', value: layers };
}

function loop({ place, config }: Layer, isLoop: boolean): Problem {
  const message = isLoop
    ? `\`${config.extends}\` leads back to a configuration that extends this one`
    : `more than ${MOST_LAYERS} configurations extend each other`;
  return { code: 'extends-loop', message, help: 'remove one `extends`', place: place('/extends', 'value') };
}

/** The file that a configuration extends; undefined: none. */
function extended(
  { config, folder, place }: Layer,
  { root, from = onDisk }: ConfigOptions,
): string | Problem | undefined {
  const name = config.extends;
  if (name === undefined) return undefined;
  const wrong = (code: string, message: string, help: string): Problem => ({
    code,
    message,
    help,
    place: place('/extends', 'value'),
  });
  if (/^\.{0,2}[/\\]|\.(?:ya?ml|json)$/.test(name) || isAbsolute(name)) {
    const path = resolve(folder, name);
    if (!isInside(root, path, from)) {
      const help = 'move it into the project, or install it as a package';
      return wrong('outside-root', `\`${name}\` leads out of the project`, help);
    }
    return from.has(path)
      ? path
      : wrong('missing-config', `there is no file \`${name}\``, 'paths start at the folder of this file');
  }
  if (!PACKAGE.test(name))
    return wrong('wrong-value', `\`${name}\` is neither a path nor the name of a package`, 'start a path with `./`');
  return (
    inPackage(name, folder, from) ??
    wrong(
      'missing-config',
      `no installed package \`${name}\` has a \`${CONFIG_FILES[0]}\``,
      'install it, or start a path with `./`',
    )
  );
}

const PACKAGE = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

function inPackage(name: string, folder: string, from: Files): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = CONFIG_FILES.map((file) => join(at, 'node_modules', name, file)).find((path) => from.has(path));
    if (found || dirname(at) === at) return found;
  }
}
