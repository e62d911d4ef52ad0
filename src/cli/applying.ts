import { join } from 'node:path';
import { type Change, changesFile } from '../apply/change.ts';
import { diffOf } from '../apply/diff.ts';
import { otherHolder } from '../apply/others.ts';
import { propose } from '../apply/propose.ts';
import { type Choice, choicesOf, keyOf } from '../apply/select.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { ApplyItem, ApplyResult } from '../report/apply-report.ts';
import { type Flags, stakes } from '../report/command-line.ts';
import { redactBlocks, redactSource } from '../source/secrets.ts';
import type { Installation } from '../targets/define.ts';
import { targets } from '../targets/registry.generated.ts';
import type { ApplyOptions } from './apply-options.ts';
import { diskProblem, type Prepared, prepare } from './bundles.ts';
import { destinationOf, knownIn, placeOf, type Site, siteOf, sourceIn, sourcePath } from './installing.ts';

/** What is to be done for one agent: the report of it, and the changes that its items stand for. */
export interface Work {
  site: Site;
  result: ApplyResult;
  changes: { item: ApplyItem; change: Change }[];
}

export interface Planned {
  works: Work[];
  problems: Problem[];
}

export function planApply(roots: readonly Agent[], options: ApplyOptions, cwd: string): Planned {
  const planned: Planned = { works: [], problems: [] };
  const [first] = roots;
  const writes = choicesOf(options.only ?? targets, options.as).some(({ installation }) => isWritten(installation));
  if (first && roots.length > 1 && writes) {
    const message = 'there are several agents here, and one file holds the rules of one';
    planned.problems.push(problemOf('several-agents', message, 'name one manifest', first.file));
    return planned;
  }
  for (const root of roots) {
    const work = workOn(root, options, cwd);
    if (work.state === 'ok') planned.works.push(work.value);
    else planned.problems.push(...work.problems);
  }
  return planned;
}

const isWritten = ({ way }: Installation) => way === 'merge' || way === 'file';

function workOn(root: Agent, options: ApplyOptions, cwd: string): Loaded<Work> {
  try {
    return workFor(root, options, cwd);
  } catch (error) {
    return { state: 'unreadable', problems: [diskProblem(error, `.stakes/${root.id}`, root.file)] };
  }
}

function workFor(root: Agent, options: ApplyOptions, cwd: string): Loaded<Work> {
  const site = siteOf(root, options.out, cwd);
  if (site.state !== 'ok') return site;
  const made = prepare(root, { only: undefined, allows: options.allows, out: options.out, cwd });
  if (made.state !== 'ok') return made;
  const stale = staleness(made.value, options.where);
  if (stale) return { state: 'invalid', problems: [stale] };
  const inBundle = made.value.plan.losses.map(({ target }) => target);
  const absent = options.only?.find((target) => !inBundle.includes(target));
  if (absent)
    return invalid(
      'not-in-bundle',
      `the bundle \`${site.value.shown}\` has no files for \`${absent.id}\``,
      `run \`${stakes('generate', root.file, { target: 'all', ...options.where })}\``,
      root.file,
    );
  const choices = choicesOf(options.only ?? inBundle, options.as);
  const work: Work = { site: site.value, result: resultOf(made.value), changes: [] };
  const problems: Problem[] = [];
  for (const choice of choices) {
    const problem = addItem(work, choice, made.value, options);
    problems.push(...problem);
  }
  return problems.length > 0 ? { state: 'invalid', problems } : { state: 'ok', value: work };
}

function addItem(work: Work, choice: Choice, prepared: Prepared, options: ApplyOptions): Problem[] {
  const { installation, target } = choice;
  const { site } = work;
  const folder = join(site.bundle, target.folder ?? target.id);
  if (installation.way === 'in-place' || installation.way === 'launcher') {
    const path = installation.way === 'launcher' ? join(folder, installation.script) : folder;
    work.result.items.push(itemOf(choice, installation.way, shownAs(path, site.cwd)));
    return [];
  }
  const to = installation.way === 'file' ? placeOf(installation, { to: options.to, cwd: site.cwd }) : undefined;
  const destination = destinationOf(installation, site, to);
  const source = sourceIn(site.bundle, sourcePath(target.folder ?? target.id, installation.from));
  if (!destination)
    return [
      problemOf(
        'no-place',
        `where \`${installation.from}\` goes on this platform is not known`,
        'name the path with `--to`',
        site.file,
      ),
    ];
  if (!source)
    return [
      problemOf(
        'stale-bundle',
        `\`${site.shown}\` has no \`${installation.from}\``,
        mend(prepared, options.where),
        site.file,
      ),
    ];
  const key = keyOf(choice);
  const recorded = Object.entries(prepared.standing.lock?.installed ?? {}).filter(([other]) => other === key);
  const { known, problems } = knownIn(Object.fromEntries(recorded), site, { to });
  if (problems.length > 0) return problems;
  const holder = otherHolder(site.bundle, destination.recorded);
  if (holder !== undefined) {
    const message = `\`${destination.shown}\` holds the rules of \`${holder}\` already, and one file holds the rules of one agent`;
    return [
      problemOf(
        'other-agent',
        message,
        `take them out first, with \`--undo\` and the manifest of \`${holder}\``,
        site.file,
      ),
    ];
  }
  const proposed = propose({ key, installation, destination, source, previous: known[0]?.installed });
  if (proposed.state !== 'ok') return proposed.problems;
  const item = {
    ...itemOf(choice, changesFile(proposed.value) ? 'pending' : 'unchanged', destination.shown),
    ...detailsOf(proposed.value),
  };
  work.result.items.push(item);
  work.changes.push({ item, change: proposed.value });
  return [];
}

export function itemOf(
  { target, installation }: { target: { id: string }; installation: { id: string; way: ApplyItem['way'] } },
  state: ApplyItem['state'],
  path: string,
): ApplyItem {
  const none = { diff: '', ours: 0, yours: 0, undo: null, gone: [], warnings: [] };
  return { target: target.id, installation: installation.id, way: installation.way, state, path, ...none };
}

export function detailsOf(change: Change): Pick<ApplyItem, 'diff' | 'ours' | 'yours' | 'warnings'> {
  const { from, to, destination, record, yours, warnings } = change;
  const ours = (record?.owns ?? []).map((item) => ('entries' in item ? item.entries.length : 'value' in item ? 1 : 0));
  return {
    diff: covered(diffOf(destination.shown, from.bytes?.toString('utf8'), to?.toString('utf8'))),
    ours: ours.reduce((sum, count) => sum + count, 0),
    yours,
    warnings,
  };
}

/** A file of somebody's, whose secrets are nobody else's. */
function covered(diff: string): string {
  return redactBlocks(diff).split('\n').map(redactSource).join('\n');
}

function resultOf({ plan, shown, file, verdict }: Prepared): ApplyResult {
  const newer = 'a newer stakes writes these files differently; the policy is the same';
  const notes = verdict.state === 'emitter-newer' ? [newer] : [];
  return { file, agent: plan.agent, folder: shown, tier: plan.policy.tier, notes, items: [] };
}

/** What keeps a bundle from being installed, with the command that mends it. */
export function staleness(prepared: Prepared, where: Flags): Problem | undefined {
  const { verdict, shown, file } = prepared;
  if (verdict.state === 'fresh' || verdict.state === 'emitter-newer') return undefined;
  return problemOf('stale-bundle', `\`${shown}\` ${STATES[verdict.state]}`, `${mend(prepared, where)} first`, file);
}

const STATES = {
  missing: 'is not generated yet',
  'manifest-changed': 'was generated before the manifest changed',
  edited: 'was edited by hand',
  'policy-changed': 'was generated when the same manifest gave another policy',
  'targets-changed': 'was generated when the configuration allowed other targets',
} as const;

function mend({ verdict, file }: Prepared, where: Flags): string {
  return `run \`${stakes('generate', file, { force: verdict.state === 'edited', ...where })}\``;
}

function problemOf(code: string, message: string, help: string, file: string): Problem {
  return { code, message, help, file };
}

function invalid(code: string, message: string, help: string, file: string): Loaded<never> {
  return { state: 'invalid', problems: [problemOf(code, message, help, file)] };
}
