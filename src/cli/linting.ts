import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Organisation } from '../config/organisation.ts';
import { applyBaseline, BASELINE_FILE, type ReadBaseline, readBaseline } from '../lint/baseline.ts';
import type { Reviewed } from '../lint/config/reviews.ts';
import { subjectTier } from '../lint/effect.ts';
import type { Linted } from '../lint/fix/check.ts';
import { applyIgnores, type Ignored, type Trusts } from '../lint/ignore.ts';
import { ENGINE_RULES } from '../lint/meta.ts';
import { findingOfProblem, findingsOf, sorted } from '../lint/run.ts';
import { digestOf } from '../manifest/digest.ts';
import { shownAs } from '../manifest/paths.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Finding } from '../model/finding.ts';
import type { Loaded } from '../model/place.ts';
import type { Rule } from '../rules/define.ts';
import { rules as allRules } from '../rules/registry.generated.ts';
import { type Files, onDisk } from '../source/files.ts';
import type { Collected } from './collect.ts';
import { projectRoot } from './project-root.ts';

/** A configuration, and the functions of the lint that go by it. */
export interface Configured {
  organisation: Organisation;
  by: typeof import('../lint/config/config.ts');
}

export interface LintSettings {
  rules: readonly Rule[];
  /** False: what comments hold back is shown. */
  ignores: boolean;
  baseline: ReadBaseline | undefined;
  config: Configured | undefined;
  /** Was everything below the configuration's folder looked at? */
  everything: boolean;
  /** The folder that the baseline's paths start at. */
  base: string;
  cwd: string;
  /** Absent: the disk. */
  from?: Files;
  /** Absent: every comment holds. */
  trusts?: Trusts;
}

export interface LintRun {
  /** Everything that was found, whatever holds it back. */
  all: Finding[];
  /** What is left of it, with what is wrong with that which holds it back. */
  findings: Finding[];
  ignored: Finding[];
  baselined: Finding[];
  /** Before the baseline, for writing one. */
  unheld: Finding[];
}

/** Findings of what was collected, less what somebody decided to live with. */
export function lintRun({ agents, problems, texts }: Collected, settings: LintSettings): LintRun {
  const { config } = settings;
  const ran = new Set([...settings.rules.map(({ id }) => id), ...ENGINE_RULES.map(({ id }) => id)]);
  const all = [
    ...problems.map(findingOfProblem),
    ...findingsOf(agents, settings.rules),
    ...(config ? organisationFindings(agents, config) : []),
  ];
  const layers = config?.organisation.layers ?? [];
  const locked = new Set(layers.flatMap((layer) => layer.config.locked ?? []));
  const inline = settings.ignores
    ? applyIgnores(all, texts, {
        known: allRules.map(({ id }) => id),
        ran,
        locked,
        ...(settings.trusts ? { trusts: settings.trusts } : {}),
      })
    : { kept: all, ignored: [], found: [] };
  const byConfig = config ? configHeld(inline.kept, [...texts.keys()], ran, settings, config) : NOTHING_HELD;
  const rest = config ? byConfig.kept : inline.kept;
  const found = [...rest, ...inline.found, ...byConfig.found];
  const unheld = config ? config.by.withLevels(found, layers, FACTS, config.organisation.pathIn) : found;
  const ignored = [...inline.ignored, ...byConfig.ignored];
  if (settings.baseline === undefined) return { all, findings: sorted(unheld), ignored, baselined: [], unheld };
  const pathOf = pathFrom(settings);
  const read = new Set(agents.flatMap(agentsOf).map(({ file }) => pathOf(file)));
  const held = applyBaseline(unheld, settings.baseline, {
    ran,
    read: (file) => read.has(file),
    gone: (file) => !(settings.from ?? onDisk).has(join(settings.base, file)),
    pathOf,
  });
  return { all, findings: sorted([...held.kept, ...held.found]), ignored, baselined: held.baselined, unheld };
}

const FACTS = [...allRules, ...ENGINE_RULES];
const NOTHING_HELD: Ignored = { kept: [], ignored: [], found: [] };

const today = (): string => new Date().toISOString().slice(0, 10);

/** What the organisation asks for beyond the rules. */
function organisationFindings(agents: readonly Agent[], { organisation, by }: Configured): Finding[] {
  const { layers } = organisation;
  const reviewed = agents.map((agent) => asReviewed(agent, by));
  return [
    ...by.loosenedFindings(layers, FACTS),
    ...by.loosenedEntries(organisation),
    ...by.unprotectedFindings(layers),
    ...by.overruledFindings(agents),
    ...by.reviewFindings(layers, reviewed, today()),
    ...by.ownerFindings(layers, reviewed),
  ];
}

function configHeld(
  findings: readonly Finding[],
  files: readonly string[],
  ran: ReadonlySet<string>,
  settings: LintSettings,
  config: Configured,
): Ignored {
  if (!settings.ignores) return { kept: [...findings], ignored: [], found: [] };
  const { pathIn, layers } = config.organisation;
  const { everything } = settings;
  const run = { today: today(), ran, files: files.map(pathIn), everything, pathIn };
  return config.by.applyConfigIgnores(findings, layers, run);
}

function asReviewed(root: Agent, { givenRelated }: Configured['by']): Reviewed {
  const { id, file, document, base, manifest } = root;
  const place = (pointer: string, at?: 'key' | 'value') => root.place(pointer, at);
  const tier = subjectTier(root);
  const { owner } = manifest.agent;
  const ownedBy = givenRelated(root, '/agent/owner');
  return { id, file, document, base, owner, ownedBy, tier, digest: digestOf(agentsOf(root)), place };
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
  from: Files = onDisk,
): { file: string; read: Loaded<ReadBaseline> | undefined } {
  const full = given === undefined ? nearest(cwd, from) : resolve(cwd, given);
  if (full === undefined) return { file: join(projectRoot(cwd) ?? cwd, BASELINE_FILE), read: undefined };
  return { file: full, read: readBaseline(full, shownAs(full, cwd), from) };
}

function nearest(cwd: string, from: Files): string | undefined {
  const top = projectRoot(cwd) ?? cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (from.has(join(folder, BASELINE_FILE))) return join(folder, BASELINE_FILE);
    if (folder === top || dirname(folder) === folder) return undefined;
  }
}
