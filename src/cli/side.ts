import { dirname, join, resolve } from 'node:path';
import type { Layer } from '../config/parse.ts';
import { type Held, heldByBaseline, heldByComments, heldByConfig } from '../diff/ignores.ts';
import type { Side } from '../diff/side.ts';
import type { Trusts } from '../lint/ignore.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Loaded } from '../model/place.ts';
import { rules } from '../rules/registry.generated.ts';
import { type Files, onDisk } from '../source/files.ts';
import { type Collected, collectWith } from './collect.ts';
import type { Invocation } from './command.ts';
import { textOf } from './lint-options.ts';
import { findBaseline, type LintSettings, lintRun } from './linting.ts';
import { findOrganisation } from './organisation.ts';

/** Where one side of a comparison is, and what of it is looked at. */
export interface Look {
  paths: readonly string[];
  cwd: string;
  from: Files;
  options: Invocation['options'];
  /** From the name of a file to the one that it goes by on both sides. */
  known(file: string): string;
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
export function lookAt({ paths, cwd, from, known }: Look, { config, baseline, base, trusts }: Ways): Seen {
  const completion = config?.organisation.completion;
  const collected = collectWith(paths, cwd, {
    ...(completion ? { completion } : {}),
    ...(from === onDisk ? {} : { from }),
  });
  const { all, findings } = lintRun(collected, {
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
    held: heldBy(collected, { config, baseline, base }, cwd),
    unread: new Set(collected.problems.map(({ place, file }) => place?.file ?? file ?? '')),
    known,
  };
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
