import { dirname, join, resolve } from 'node:path';
import type { Layer } from '../config/parse.ts';
import { type Held, heldByBaseline, heldByComments, heldByConfig } from '../diff/ignores.ts';
import type { Side } from '../diff/side.ts';
import type { Trusts } from '../lint/ignore.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { rules } from '../rules/registry.generated.ts';
import { type Files, onDisk } from '../source/files.ts';
import { type Collected, collectWith } from './collect.ts';
import type { Invocation } from './command.ts';
import { findBaseline, type LintSettings, lintRun } from './linting.ts';
import { textOf } from './options.ts';
import { findOrganisation } from './organisation.ts';

/** Where one side of a comparison is, and what of it is looked at. */
export interface Look {
  paths: readonly string[];
  cwd: string;
  from: Files;
  options: Invocation['options'];
  /** From the name of a file to the one that it goes by on both sides. */
  known(file: string): string;
  unread?: readonly Unread[];
}

/** A folder that cannot be looked into. */
export interface Unread {
  /** As it is shown. */
  folder: string;
  problem: Problem;
  /** It is looked into otherwise: what it held is missing. */
  isBroken: boolean;
}

/** What decides which findings are shown: of the side itself, or of the revision that is trusted. */
export interface Ways {
  config: LintSettings['config'];
  baseline: LintSettings['baseline'];
  /** The folder that the baseline's paths start at. */
  base: string;
  /** Absent: every comment of the manifests. */
  trusts?: Trusts;
  /** Texts that were read, for code frames. */
  texts: ReadonlyMap<string, string>;
}

export async function waysOf({ cwd, from, options }: Look): Promise<Loaded<Ways>> {
  const texts = new Map<string, string>();
  const organisation = await findOrganisation(options, cwd, texts, from);
  if (organisation.state !== 'ok') return organisation;
  const found = options.baseline === false ? undefined : findBaseline(textOf(options.baseline), cwd, from);
  const read = found?.read;
  if (read && read.state !== 'ok') return read;
  if (read) texts.set(read.value.file, read.value.text);
  const by = organisation.value ? await import('../lint/config/config.ts') : undefined;
  return {
    state: 'ok',
    value: {
      config: organisation.value && by ? { organisation: organisation.value, by } : undefined,
      baseline: read?.value,
      base: dirname(found?.file ?? join(cwd, 'none')),
      texts,
    },
  };
}

export interface Seen extends Side {
  collected: Collected;
}

/** One side as the lint sees it by these ways. */
export function lookAt(look: Look, { config, baseline, base, trusts }: Ways): Seen {
  const { cwd, from, known, unread = [] } = look;
  const collected = collectedFrom(look, config);
  const { all, findings, ignored, baselined } = lintRun(collected, {
    config,
    baseline,
    base,
    cwd,
    from,
    rules,
    ignores: true,
    everything: false,
    ...(trusts ? { trusts } : {}),
  });
  // A broken file is an error of the comparison, not a finding in it.
  const readable = ({ rule }: { rule: string }) => rule !== 'invalid-file';
  return {
    collected,
    agents: collected.agents,
    shown: findings.filter(readable),
    raw: all.filter(readable),
    heldBack: [...ignored, ...baselined],
    held: heldBy(collected, { config, baseline, base }, cwd),
    unread: new Set([
      ...collected.problems.map(({ place, file }) => place?.file ?? file ?? ''),
      ...unread.map(({ folder }) => folder),
    ]),
    known,
  };
}

function collectedFrom({ paths, cwd, from }: Look, config: Ways['config']): Collected {
  const reading = config ? { completion: config.organisation.completion } : {};
  if (from === onDisk) return collectWith(paths, cwd, reading);
  // What a revision has not got yet, or not any more, is no fault of it.
  const there = (paths.length > 0 ? paths : ['.']).filter((path) => from.has(resolve(cwd, path)));
  return there.length > 0
    ? collectWith(there, cwd, { ...reading, from })
    : { agents: [], problems: [], texts: new Map() };
}

function heldBy(
  { texts }: Collected,
  { config, baseline, base }: Pick<Ways, 'config' | 'baseline' | 'base'>,
  cwd: string,
): Held[] {
  const layers: readonly Layer[] = config?.organisation.layers ?? [];
  const folder = layers.at(-1)?.folder ?? cwd;
  return [
    ...heldByComments(texts),
    ...heldByConfig(layers, (path) => shownAs(resolve(folder, path), cwd)),
    ...heldByBaseline(baseline, (path) => shownAs(resolve(base, path), cwd)),
  ];
}
