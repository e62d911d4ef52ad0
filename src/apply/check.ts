import { digest } from '../bundle/lock.ts';
import type { Installed } from '../model/lock.ts';
import type { Installation } from '../targets/define.ts';
import { readingFaults } from './faults.ts';
import { at, leftOut, listAt, same } from './merge.ts';
import { type Destination, readDestination, textOf } from './read.ts';
import { plainOf } from './syntax.ts';
import { entriesOf, type Wanted, wantedOf } from './wanted.ts';

/** How an installed file stands against what was installed. */
export interface Hold {
  state: 'holds' | 'missing' | 'changed' | 'stale' | 'unreadable';
  /** What it no longer holds, for people. */
  gone: string[];
}

/** `source` is the generated file as it should be now; undefined: it is no longer made. */
export function checkInstalled(
  { source: installed, pending }: Installed,
  installation: Installation,
  destination: Destination,
  source: Buffer | undefined,
): Hold {
  const content = readDestination(destination);
  if (content.state !== 'ok') return { state: 'unreadable', gone: [] };
  const { bytes } = content.value;
  if (!bytes) return { state: 'missing', gone: [] };
  if (!source || digest(source) !== installed) return { state: 'stale', gone: [] };
  if (installation.way !== 'merge') return { state: bytes.equals(source) && !pending ? 'holds' : 'changed', gone: [] };
  const opened = textOf(bytes, destination.shown);
  if (opened.state !== 'ok' || readingFaults(opened.value.text, destination.shown, installation.reads).length > 0)
    return { state: 'unreadable', gone: [] };
  const wanted = wantedOf(JSON.parse(source.toString('utf8')), installation.rules);
  const gone = wanted.flatMap((item) => missingFrom(opened.value.text, item));
  return { state: gone.length > 0 || pending ? 'changed' : 'holds', gone };
}

function missingFrom(text: string, item: Wanted): string[] {
  const { path, rule, value } = item;
  const name = path.join('.');
  if (rule === 'union')
    return leftOut(entriesOf(item), listAt(text, path)).map((entry) => `${name}: ${JSON.stringify(entry)}`);
  const node = at(text, path);
  const holds = node && (rule === 'keep-if-present' || same(plainOf(node), value));
  return holds ? [] : [`${name}: ${JSON.stringify(value)}`];
}
