import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';

/** Where a gate's inbox is reached. */
export interface InboxPlace {
  /** A socket's path, or the name of a pipe. */
  address: string;
  /** What is removed at the end. */
  file: string | undefined;
}

/** What a socket's path may be long: 108 bytes on Linux, 104 on macOS, with the zero at its end. */
const MOST_PATH = 103;
const isWindows = platform() === 'win32';

/** In a folder that only this account can enter: who can open the socket can approve. Throws where it cannot be had. */
export function newPlace(folder: string, name: string): InboxPlace {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (isWindows) {
    const file = join(folder, `${name}.pipe`);
    writeFileSync(file, '');
    return { address: pipeOf(name), file };
  }
  const address = join(folder, `${name}.sock`);
  if (Buffer.byteLength(address) > MOST_PATH)
    throw new Error(`\`${folder}\` is too long a path for a socket; set \`XDG_STATE_HOME\` to a shorter one`);
  return { address, file: address };
}

/** The inboxes of all gates that run, and what killed ones have left. */
export function placesIn(folder: string): InboxPlace[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const [ending, of] = isWindows
    ? (['.pipe', (name: string) => pipeOf(name)] as const)
    : (['.sock', (name: string) => join(folder, `${name}.sock`)] as const);
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ address: of(name.slice(0, -ending.length)), file: join(folder, name) }));
}

const pipeOf = (name: string) => `\\\\.\\pipe\\stakes-${name}`;
