import { dirname, join, resolve } from 'node:path';
import { assess } from '../assess/assess.ts';
import { checkBundle, type Verdict } from '../bundle/check.ts';
import { diskComplaint, type Standing, standingOf } from '../bundle/disk.ts';
import { type Plan, planBundle } from '../bundle/plan.ts';
import { shownAs } from '../manifest/paths.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Lock } from '../model/lock.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { buildPolicy } from '../policy/build.ts';
import type { Target } from '../targets/define.ts';
import { targets } from '../targets/registry.generated.ts';
import { pinsFor } from './pins-file.ts';

/** A bundle as it would be written, and how what lies on disk stands against it. */
export interface Prepared {
  plan: Plan;
  standing: Standing;
  verdict: Verdict;
  /** Folder of the bundle as people see it. */
  shown: string;
  /** The manifest. */
  file: string;
}

export interface BundleOptions {
  /** Undefined: the targets the bundle already has, or the standard ones. */
  only: Target[] | undefined;
  /** May this be generated for? What is not is left out. */
  allows(target: Target): boolean;
  /** Undefined: `.stakes` beside the manifest. */
  out: string | undefined;
  cwd: string;
}

export function prepare(root: Agent, options: BundleOptions): Loaded<Prepared> {
  try {
    return prepareOn(root, options);
  } catch (error) {
    return { state: 'unreadable', problems: [diskProblem(error, `.stakes/${root.id}`, root.file)] };
  }
}

/** Why a bundle cannot be read or written. */
export function diskProblem(error: unknown, bundle: string, manifest: string): Problem {
  const message = `the bundle \`${bundle}\` of \`${manifest}\` cannot be read or written: ${diskComplaint(error)}`;
  return { code: 'unusable-folder', message, help: 'choose another folder with `--out`', file: bundle };
}

function prepareOn(found: Agent, { only, allows, out, cwd }: BundleOptions): Loaded<Prepared> {
  // A bundle is the same wherever it is installed.
  const { installed, ...root } = found;
  const assessment = assess(root);
  const beside = root.file === '<stdin>' ? cwd : dirname(resolve(cwd, root.file));
  const pins = pinsFor(beside, cwd);
  // Without the pins of people, a server that changed would pass for one that nobody ever looked at.
  if (pins.state !== 'ok') return pins;
  const policy = buildPolicy(root, assessment, pins.value);
  if (policy.state !== 'ok') return policy;
  // A folder that was asked for may be a link; what a repository holds may not.
  const below = out === undefined ? beside : resolve(cwd, out);
  const bundle = out === undefined ? `.stakes/${root.id}` : root.id;
  const planFor = (wanted: Target[]): Plan => {
    const refused = wanted.filter((target) => !allows(target)).map(({ id }) => id);
    return planBundle(assessment, policy.value, wanted.filter(allows), refused, targets);
  };
  const first = only ?? STANDARD;
  const firstPlan = planFor(first);
  const before = standingOf(below, bundle, firstPlan);
  const kept = only ?? keptTargets(before.lock);
  const isSame = kept.map(({ id }) => id).join() === first.map(({ id }) => id).join();
  const plan = isSame ? firstPlan : planFor(kept);
  const standing = isSame ? before : standingOf(below, bundle, plan);
  if (standing.obstacles.length > 0) {
    return { state: 'invalid', problems: standing.obstacles.map((other) => obstacleProblem(other, below, cwd)) };
  }
  const shown = shownAs(standing.folder, cwd);
  const verdict = checkBundle(plan, standing, only !== undefined);
  return { state: 'ok', value: { plan, standing, verdict, shown, file: root.file } };
}

function obstacleProblem({ path, kind }: Standing['obstacles'][number], below: string, cwd: string): Problem {
  const file = shownAs(join(below, path), cwd);
  const message = `\`${file}\` is ${kind}, where a generated file or its folder belongs`;
  return { code: 'blocked-path', message, help: 'move it away, or choose another folder with `--out`', file };
}

/** A bundle that was made for some targets stays with those until it is told otherwise; what was not allowed may be now. */
function keptTargets(lock: Lock | undefined): Target[] {
  const wanted = [...Object.keys(lock?.targets ?? {}), ...(Array.isArray(lock?.notAllowed) ? lock.notAllowed : [])];
  const known = targets.filter(({ id }) => wanted.includes(id));
  return known.length > 0 ? known : STANDARD;
}

/** What most people run. All that there are would bury it. */
const STANDARD = targets.filter(({ standard }) => standard);

/** Agents that no other collected agent hands work to: the others are part of their caller's bundle. */
export function rootsOf(agents: Agent[]): Agent[] {
  const below = new Set(agents.flatMap((agent) => agentsOf(agent).slice(1)));
  return agents.filter((agent) => !below.has(agent));
}

/** Two agents that would be written to the same folder. */
export function twins(roots: Agent[], out: string | undefined): Problem[] {
  const folderOf = (agent: Agent) => (out === undefined ? join(dirname(agent.file), agent.id) : agent.id);
  return roots
    .filter((agent, i) => roots.findIndex((other) => folderOf(other) === folderOf(agent)) < i)
    .map((agent) => {
      const place = agent.place('/agent/id', 'value');
      const message = `another agent here has the id \`${agent.id}\` and would be written to the same folder`;
      return { code: 'duplicate-agent', message, help: 'rename one', ...(place ? { place } : { file: agent.file }) };
    });
}
