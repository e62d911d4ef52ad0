import { dirname, join, resolve } from 'node:path';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { Pins } from '../model/pins.ts';
import type { Loaded } from '../model/place.ts';
import type { ServerPins } from '../policy/pins.ts';
import { MOST_BYTES } from '../scan/listing.ts';
import { PINS_FILE, parsePins } from '../scan/pins/read.ts';
import { serverPin } from '../scan/pins/server.ts';
import { onDisk } from '../source/files.ts';
import { readText } from '../source/read.ts';
import { projectRoot } from './project-root.ts';

export interface PinsFile {
  path: string;
  /** As people see it. */
  file: string;
  text: string;
  /** Absent: there is no such file yet. */
  pins: Pins | undefined;
}

export function readPins(given: string | undefined, cwd: string): Loaded<PinsFile> {
  const path = resolve(cwd, given ?? PINS_FILE);
  const file = shownAs(path, cwd);
  const text = readText(path, file, MOST_BYTES);
  if (text.state === 'missing' && !onDisk.has(path))
    return { state: 'ok', value: { path, file, text: '', pins: undefined } };
  if (text.state !== 'ok') return text;
  const pins = parsePins(file, text.value);
  return pins.state === 'ok' ? { state: 'ok', value: { path, file, text: text.value, pins: pins.value } } : pins;
}

/** What the servers of a manifest are pinned to, by their names: the nearest pins from its folder up to the repository's. */
export function pinsFor(folder: string, cwd: string): Loaded<ReadonlyMap<string, ServerPins>> {
  const top = projectRoot(folder) ?? (isInside(cwd, folder) ? resolve(cwd) : folder);
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, PINS_FILE);
    if (onDisk.has(path)) {
      const read = readPins(path, cwd);
      if (read.state !== 'ok') return read;
      const servers = Object.entries(read.value.pins?.servers ?? {});
      return {
        state: 'ok',
        value: new Map(servers.map(([name, { tools }]) => [name, { pin: serverPin(tools), pins: tools }])),
      };
    }
    if (at === top || dirname(at) === at) return { state: 'ok', value: new Map() };
  }
}
