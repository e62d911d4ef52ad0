import { basename, dirname, join } from 'node:path';
import { readJson } from '../importers/parts/jsonc.ts';
import { entryOf } from '../importers/parts/server-entry.ts';
import { shownAs } from '../manifest/paths.ts';
import type { McpServer } from '../model/manifest.ts';
import type { Place, Problem } from '../model/place.ts';
import { launchOf } from '../scan/start/entry.ts';
import type { Launch } from '../scan/start/launch.ts';
import { onDisk } from '../source/files.ts';
import { isRecord } from '../source/record.ts';

export interface ServerToStart {
  name: string;
  launch: Launch;
  /** As the file has it, without secrets. */
  entry: McpServer;
  place: Place;
}

export interface Found {
  servers: ServerToStart[];
  problems: Problem[];
  texts: Map<string, string>;
}

const KEYS = ['mcpServers', 'servers'];
const MOST_SERVERS = 200;

/** The servers of MCP clients' configurations that could be started; `only`: those of these names. */
export function serversIn(
  paths: readonly string[],
  only: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string | undefined>> },
): Found {
  const found: Found = { servers: [], problems: [], texts: new Map() };
  for (const path of paths) {
    const file = shownAs(path, cwd);
    const text = onDisk.read(path, file);
    if (text.state !== 'ok') {
      found.problems.push(...text.problems);
      continue;
    }
    found.texts.set(file, text.value);
    const json = readJson(file, text.value);
    if ('code' in json) {
      found.problems.push(json);
      continue;
    }
    const key = KEYS.find((name) => isRecord(json.value[name]));
    const map = key === undefined ? json.value : json.value[key];
    const around = { folder: projectOf(path), env };
    for (const [name, entry] of Object.entries(isRecord(map) ? map : {}).slice(0, MOST_SERVERS)) {
      const isOff = isRecord(entry) && (entry.disabled === true || entry.enabled === false);
      if (isOff || (only.length > 0 && !only.includes(name))) continue;
      const place = json.place(...(key === undefined ? [name] : [key, name]));
      const launch = launchOf(entry, around);
      if ('code' in launch) found.problems.push(problemOf(name, launch, place));
      else if (found.servers.some((other) => other.name === name)) found.problems.push(twice(name, place));
      else
        found.servers.push({
          name,
          launch,
          entry: entryOf(name, isRecord(entry) ? entry : {}, () => place).server,
          place,
        });
    }
  }
  return found;
}

export function problemOf(
  name: string,
  { code, says, help }: { code: string; says: string; help?: string },
  place: Place,
): Problem {
  return { code, message: `\`${name}\` ${says}`, ...(help === undefined ? {} : { help }), place };
}

function twice(name: string, place: Place): Problem {
  const help = 'scan the files one by one, or rename one of the two';
  return { code: 'same-name', message: `another server is called \`${name}\`, too`, help, place };
}

/** `.vscode/mcp.json` belongs to the folder that holds `.vscode`. */
function projectOf(path: string): string {
  const folder = dirname(path);
  return basename(folder).startsWith('.') ? dirname(folder) : folder;
}

/** What clients read in a folder. */
const USUAL = ['.mcp.json', '.vscode/mcp.json', '.cursor/mcp.json'];

export function usualConfigs(cwd: string): string[] {
  return USUAL.map((name) => join(cwd, name)).filter((path) => onDisk.has(path));
}
