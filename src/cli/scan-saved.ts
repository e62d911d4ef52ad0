import { basename, resolve } from 'node:path';
import { shownAs } from '../manifest/paths.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { MOST_BYTES, savedListing } from '../scan/listing.ts';
import { type Scanned, scanned } from '../scan/scan.ts';
import { decode, readText } from '../source/read.ts';
import type { Io } from './io.ts';

const STDIN = '<stdin>';

/** Saved lists, each its server's tools or one problem. */
export async function scanSaved(
  files: readonly string[],
  name: string | undefined,
  io: Io,
): Promise<{ scans: Scanned[]; problems: Problem[] }> {
  const scans: Scanned[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const shownName = file === '-' ? STDIN : shownAs(resolve(io.cwd, file), io.cwd);
    const result = scanOf(await textIn(file, shownName, io), shownName, name);
    if (Array.isArray(result)) problems.push(...result);
    else if (scans.some((other) => other.name === result.name)) problems.push(twice(result.name, shownName));
    else scans.push(result);
  }
  return { scans, problems };
}

async function textIn(file: string, shownName: string, io: Io): Promise<Loaded<string>> {
  if (file === '-') return decode(await io.readStdin(MOST_BYTES), shownName, MOST_BYTES);
  return readText(resolve(io.cwd, file), shownName, MOST_BYTES);
}

function scanOf(text: Loaded<string>, file: string, given: string | undefined): Scanned | Problem[] {
  if (text.state !== 'ok') return text.problems;
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch {
    return [{ code: 'not-json', message: `\`${file}\` is no JSON`, help: 'save the result of `tools/list`', file }];
  }
  const listing = savedListing(value);
  if ('wrong' in listing)
    return [{ code: 'not-a-list', message: `\`${file}\` ${listing.wrong}`, help: listing.help, file }];
  const result = scanned(given ?? listing.server ?? nameOf(file), listing.tools);
  return 'code' in result ? [{ ...result, file }] : result;
}

const nameOf = (file: string) =>
  file === STDIN ? 'server' : basename(file).replace(/(?:\.tools)?\.json$/, '') || 'server';

function twice(name: string, file: string): Problem {
  const help = '`"server": "…"` in the file gives it another name';
  return { code: 'same-name', message: `another list is of \`${name}\`, too`, help, file };
}
