import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { applyBaseline, BASELINE_FILE, type ReadBaseline, readBaseline } from '../lint/baseline.ts';
import { subjectTier } from '../lint/effect.ts';
import type { Linted } from '../lint/fix/check.ts';
import { applyIgnores } from '../lint/ignore.ts';
import { ENGINE_RULES } from '../lint/meta.ts';
import { findingOfProblem, findingsOf, sorted } from '../lint/run.ts';
import { shownAs } from '../manifest/paths.ts';
import { agentsOf } from '../manifest/tree.ts';
import type { Finding } from '../model/finding.ts';
import type { Loaded } from '../model/place.ts';
import type { Rule } from '../rules/define.ts';
import { rules as allRules } from '../rules/registry.generated.ts';
import { type Collected, projectRoot } from './collect.ts';

export interface LintSettings {
  rules: readonly Rule[];
  /** False: what comments hold back is shown. */
  ignores: boolean;
  baseline: ReadBaseline | undefined;
  /** The folder that the baseline's paths start at. */
  base: string;
  cwd: string;
}

export interface LintRun {
  findings: Finding[];
  ignored: Finding[];
  baselined: Finding[];
  /** Before the baseline, for writing one. */
  unheld: Finding[];
}

/** Findings of what was collected, less what somebody decided to live with. */
export function lintRun({ agents, problems, texts }: Collected, settings: LintSettings): LintRun {
  const all = [...problems.map(findingOfProblem), ...findingsOf(agents, settings.rules)];
  const ran = new Set([...settings.rules.map(({ id }) => id), ...ENGINE_RULES.map(({ id }) => id)]);
  const known = [...allRules.map(({ id }) => id)];
  const { kept, ignored, found } = settings.ignores
    ? applyIgnores(all, texts, { known, ran })
    : { kept: all, ignored: [], found: [] };
  const unheld = [...kept, ...found];
  if (settings.baseline === undefined) return { findings: sorted(unheld), ignored, baselined: [], unheld };
  const pathOf = pathFrom(settings);
  const read = new Set(agents.flatMap(agentsOf).map(({ file }) => pathOf(file)));
  const held = applyBaseline(unheld, settings.baseline, {
    ran,
    read: (file) => read.has(file),
    gone: (file) => !existsSync(join(settings.base, file)),
    pathOf,
  });
  return { findings: sorted([...held.kept, ...held.found]), ignored, baselined: held.baselined, unheld };
}

/** How a fix sees a run: what is left, and the tier of every manifest. */
export function lintedOf(collected: Collected, settings: LintSettings): Linted {
  const all = [...new Set(collected.agents.flatMap(agentsOf))].filter(({ base }) => base === '');
  const agents = all.map((agent) => ({
    id: agent.id,
    file: agent.file,
    document: agent.document,
    tier: subjectTier(agent),
  }));
  return { findings: lintRun(collected, settings).findings, agents };
}

export function pathFrom({ base, cwd }: Pick<LintSettings, 'base' | 'cwd'>): (file: string) => string {
  return (file) => relative(base, resolve(cwd, file)).split(sep).join('/');
}

/** The baseline that was named, or the nearest one up to the root of the repository. */
export function findBaseline(
  given: string | undefined,
  cwd: string,
): { file: string; read: Loaded<ReadBaseline> | undefined } {
  const full = given === undefined ? nearest(cwd) : resolve(cwd, given);
  if (full === undefined) return { file: join(projectRoot(cwd) ?? cwd, BASELINE_FILE), read: undefined };
  return { file: full, read: readBaseline(full, shownAs(full, cwd)) };
}

function nearest(cwd: string): string | undefined {
  const top = projectRoot(cwd) ?? cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, BASELINE_FILE))) return join(folder, BASELINE_FILE);
    if (folder === top || dirname(folder) === folder) return undefined;
  }
}
