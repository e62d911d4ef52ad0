import { BASELINE_SCHEMA, type Baseline, type BaselineEntry } from '../model/baseline.ts';
import type { Finding } from '../model/finding.ts';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { parseSource, type SourceDocument } from '../source/document.ts';
import { few } from '../source/few.ts';
import { type Files, onDisk } from '../source/files.ts';
import { isRecord } from '../source/record.ts';
import { engineFinding } from './engine-finding.ts';
import { ENGINE_RULES } from './meta.ts';

export const BASELINE_FILE = 'stakes.baseline.json';

/** A baseline that was read: its entries and where each one stands. */
export interface ReadBaseline {
  /** As shown to people. */
  file: string;
  text: string;
  /** What it says of itself to editors. */
  $schema?: string;
  entries: { entry: BaselineEntry; place: Place }[];
}

export function readBaseline(path: string, shown: string, from: Files = onDisk): Loaded<ReadBaseline> {
  const text = from.read(path, shown);
  return text.state === 'ok' ? parseBaseline(shown, text.value) : text;
}

export function parseBaseline(shown: string, text: string): Loaded<ReadBaseline> {
  const source = parseSource(shown, text);
  if (source.state !== 'ok') return source;
  const [document] = source.value.documents;
  const value: unknown = document?.value;
  if (!document || !isRecord(value))
    return invalid('not-a-baseline', `\`${shown}\` is not a baseline`, shown, WRITE_IT);
  const version = /^stakes\/baseline@([1-9][0-9]{0,5})$/.exec(String(value.schema))?.[1];
  if (version !== undefined && version !== '1') {
    const message = `\`${shown}\` is in version ${version} of the format, and this stakes reads version 1`;
    return invalid('newer-format', message, shown, 'a newer stakes reads it', document.place('/schema', 'value'));
  }
  if (version === undefined || !Array.isArray(value.entries))
    return invalid('not-a-baseline', `\`${shown}\` is not a baseline`, shown, WRITE_IT, document.place('/schema'));
  const problems = few(wrongEntries(value.entries), shown, (index) => wrongEntry(document, index));
  if (problems.length > 0) return { state: 'invalid', problems };
  const entries = (value.entries as BaselineEntry[]).map((entry, i) => ({
    entry,
    place: document.place(`/entries/${i}`),
  }));
  const own = typeof value.$schema === 'string' ? { $schema: value.$schema } : {};
  return { state: 'ok', value: { file: shown, text, ...own, entries } };
}

const WRITE_IT = 'write it with `stakes lint --write-baseline`';

function invalid(code: string, message: string, file: string, help: string, place?: Place): Loaded<never> {
  return { state: 'invalid', problems: [{ code, message, help, ...(place ? { place } : { file }) }] };
}

function wrongEntries(entries: readonly unknown[]): number[] {
  return entries.flatMap((entry, index) => (isEntry(entry) ? [] : [index]));
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value) || !Number.isInteger(value.document) || Number(value.document) < 0) return false;
  return (
    [value.rule, value.file, value.pointer].every((part) => typeof part === 'string') && Object.keys(value).length === 4
  );
}

function wrongEntry(document: SourceDocument, index: number): Problem {
  const message = `entry ${index + 1} must have \`rule\`, \`file\`, \`document\` and \`pointer\`, and nothing else`;
  return { code: 'wrong-entry', message, help: WRITE_IT, place: document.place(`/entries/${index}`) };
}

/** From the name that a finding calls its file to the one that the baseline does. */
export type PathOf = (file: string) => string;

const keyOf = ({ rule, file, document, pointer }: BaselineEntry) => JSON.stringify([file, document, pointer, rule]);
const engine: ReadonlySet<string> = new Set(ENGINE_RULES.map(({ id }) => id));

/** What the engine itself finds is never held back: a file that cannot be read would pass for a good one. */
const entryOf = ({ rule, file, document, pointer }: Finding, pathOf: PathOf): BaselineEntry | undefined =>
  engine.has(rule) ? undefined : { rule, file: pathOf(file), document, pointer };

/** The text of a baseline that holds all of these findings back. `before`: the one in its place, which may name its schema to editors. */
export function baselineText(
  findings: readonly Finding[],
  pathOf: PathOf = (file) => file,
  before?: ReadBaseline,
): string {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const entry = entryOf(finding, pathOf);
    if (entry) entries.set(keyOf(entry), entry);
  }
  const baseline: Baseline = { schema: BASELINE_SCHEMA, entries: [...entries.values()].sort(byPlace) };
  const $schema = before?.$schema;
  return `${JSON.stringify($schema === undefined ? baseline : { $schema, ...baseline }, null, 2)}\n`;
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  const order = (entry: BaselineEntry) => [entry.file, entry.document, entry.pointer, entry.rule];
  const [left, right] = [order(a), order(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1;
}

/** What this run can know of an entry that nothing matches. */
export interface Looked {
  /** Rules that ran. */
  ran: ReadonlySet<string>;
  /** Was the file read and understood? By the baseline's name of it. */
  read(file: string): boolean;
  /** Is there no such file any more? */
  gone(file: string): boolean;
  pathOf?: PathOf;
}

export interface Baselined {
  kept: Finding[];
  baselined: Finding[];
  found: Finding[];
}

export function applyBaseline(findings: readonly Finding[], baseline: ReadBaseline, looked: Looked): Baselined {
  const { pathOf = (file) => file } = looked;
  const listed = new Set(baseline.entries.map(({ entry }) => keyOf(entry)));
  const met = new Set<string>();
  const [kept, baselined]: [Finding[], Finding[]] = [[], []];
  for (const finding of findings) {
    const entry = entryOf(finding, pathOf);
    const key = entry && keyOf(entry);
    if (key === undefined || !listed.has(key)) kept.push(finding);
    else {
      met.add(key);
      baselined.push(finding);
    }
  }
  const stale = baseline.entries.filter(({ entry }) => !met.has(keyOf(entry)) && isKnownStale(entry, looked));
  return { kept, baselined, found: stale.map(({ entry, place }) => staleFinding(baseline.file, entry, place)) };
}

const isKnownStale = ({ rule, file }: BaselineEntry, { ran, read, gone }: Looked) =>
  gone(file) || (ran.has(rule) && read(file));

function staleFinding(file: string, entry: BaselineEntry, place: Place): Finding {
  return engineFinding({
    rule: 'stale-baseline',
    message: `\`${entry.rule}\` is no longer found at \`${entry.pointer || '/'}\` of \`${entry.file}\``,
    help: 'remove the entry, or write the baseline anew with `stakes lint --write-baseline`',
    file,
    place,
    about: keyOf(entry),
  });
}
