import { resolve } from 'node:path';
import { changesBetween } from '../import/merge.ts';
import type { Planned } from '../import/plan.ts';
import { inReadingOrder, yamlOf } from '../import/write.ts';
import { shownAs } from '../manifest/paths.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Loaded } from '../model/place.ts';
import { parseSource } from '../source/document.ts';
import { editText } from '../source/edit.ts';
import { onDisk } from '../source/files.ts';
import type { Change } from '../source/patch.ts';
import { isRecord } from '../source/record.ts';
import { SCHEMA } from './importing.ts';
import type { SourceFile } from './init-start.ts';

/** A file that the answers lead to. */
export interface Wanted {
  /** Absolute. */
  path: string;
  shown: string;
  /** What lies there now. */
  before: string | undefined;
  text: string;
  /** Of an agent that an import found: what the next import compares with. */
  memory?: Planned['memory'];
}

export interface Ways {
  out: string | undefined;
  folder: string;
  cwd: string;
  plans: ReadonlyMap<string, SourceFile>;
}

/** The files of the agent as the answers have it, its own first. `found`: as it was before any answer; undefined: there was none. */
export function wantedFiles(now: Agent, found: Agent | undefined, ways: Ways): Loaded<Wanted[]> {
  if (!found) return fresh(now, ways);
  const before = agentsOf(found);
  const after = agentsOf(now);
  const files = [...new Set(before.map(({ file }) => file))];
  const wanted: Wanted[] = [];
  for (const file of files) {
    const plan = ways.plans.get(file);
    if (!plan) continue;
    const pairs = before.flatMap((old, index) => (old.file === file ? [{ old, fresh: after[index] ?? old }] : []));
    const text = edited(plan.text, pairs);
    if (text === undefined) {
      const message = `\`${file}\` is written in a way in which the answers cannot be put into it`;
      return { state: 'invalid', problems: [{ code: 'cannot-edit', message, help: 'write them in by hand', file }] };
    }
    const isRoot = file === found.file;
    const path = isRoot && ways.out !== undefined ? resolve(ways.cwd, ways.out) : plan.path;
    const there = isRoot && ways.out !== undefined ? lying(path, ways.cwd) : plan.before;
    const isElsewhere = isRoot && ways.out !== undefined;
    const memory = plan.memory === undefined || isElsewhere ? {} : { memory: plan.memory };
    wanted.push({ path, shown: shownAs(path, ways.cwd), before: there, text, ...memory });
  }
  return { state: 'ok', value: wanted };
}

function fresh(now: Agent, { out, folder, cwd }: Ways): Loaded<Wanted[]> {
  const path = out === undefined ? resolve(cwd, folder, `${now.id}.agent.yaml`) : resolve(cwd, out);
  const head = [
    ` yaml-language-server: $schema=${SCHEMA}`,
    ' Written by `stakes init`. What is not said here counts at its worst.',
  ];
  const text = yamlOf(inReadingOrder(now.manifest), head);
  return { state: 'ok', value: [{ path, shown: shownAs(path, cwd), before: lying(path, cwd), text }] };
}

function lying(path: string, cwd: string): string | undefined {
  const there = onDisk.read(path, shownAs(path, cwd));
  return there.state === 'ok' ? there.value : there.state === 'missing' ? undefined : '';
}

function edited(text: string, pairs: readonly { old: Agent; fresh: Agent }[]): string | undefined {
  let now = text;
  for (const { old, fresh } of pairs) {
    const changes = changesBetween(old.manifest, fresh.manifest).map((change) => ({
      ...change,
      path: old.base + change.path,
    }));
    const spelled = inFull(changes, now, old, fresh);
    const result = spelled.length === 0 ? { text: now } : editText(now, old.document, spelled);
    if ('refused' in result) return undefined;
    now = result.text;
  }
  return now;
}

/** A tool that is written in short (`look: read`) is replaced as a whole: nothing can be added to a word. */
function inFull(changes: readonly Change[], text: string, old: Agent, { manifest }: Agent): Change[] {
  const source = parseSource(old.file, text);
  const value =
    source.state === 'ok' ? source.value.documents.find(({ index }) => index === old.document)?.value : undefined;
  const tools = old.base === '' && isRecord(value) && isRecord(value.tools) ? value.tools : {};
  const whole = new Map<string, Change>();
  for (const change of changes) {
    const [, name] = /^\/tools\/([^/]+)\//.exec(change.path) ?? [];
    const tool = name?.replaceAll('~1', '/').replaceAll('~0', '~');
    if (tool === undefined || isRecord(tools[tool])) whole.set(change.path, change);
    else whole.set(`/tools/${name}`, { op: 'replace', path: `/tools/${name}`, value: manifest.tools[tool] });
  }
  return [...whole.values()];
}
