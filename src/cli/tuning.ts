import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readPolicy } from '../audit/report/known-policies.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Policy } from '../model/policy.ts';
import { TUNE_DIRECTIONS } from '../model/tune.ts';
import { NOTHING_GIVEN } from '../roi/given.ts';
import type { Tuning } from '../tune/tune.ts';
import { periodOf } from './audit-period.ts';
import { logsFor } from './audit-places.ts';
import { policiesFor } from './audit-policies.ts';
import { trustedKeys } from './audit-trust.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { listOf } from './options.ts';
import { findRoiInputs } from './roi-inputs.ts';

export type Given = Omit<Tuning, 'roots' | 'texts'> & { where: string };

/** What the options and the machine say, besides the manifests. */
export async function givenFor(
  roots: readonly Agent[],
  options: Invocation['options'],
  io: Io,
  texts: Map<string, string>,
): Promise<Loaded<Given>> {
  const problems: Problem[] = [];
  const period = periodOf(options, Date.now());
  if ('code' in period) problems.push(period);
  const [minDays, minApprovals] = [whole(options, 'minDays', problems), whole(options, 'minApprovals', problems)];
  const found = logsFor(listOf(options.records), io);
  problems.push(...found.errors);
  const logs = found.logs.map((log) => {
    const keys = trustedKeys(listOf(options.key), log.path, io);
    // A log from elsewhere has no key here, which is no fault; one that was named and cannot be read is.
    if (keys.state !== 'ok' && listOf(options.key).length > 0) problems.push(...keys.problems);
    return { log, keys: keys.state === 'ok' ? keys.value : [] };
  });
  const policies = knownPolicies(roots, listOf(options.policy), io, problems);
  const inputs = await findRoiInputs(options, io.cwd, texts);
  if (inputs.state !== 'ok') problems.push(...inputs.problems);
  const costs = (agent: string) => (inputs.state === 'ok' ? inputs.value?.given(agent) : undefined) ?? NOTHING_GIVEN;
  if ('code' in period || problems.length > 0) return { state: 'invalid', problems: distinct(problems) };
  const directions = TUNE_DIRECTIONS.filter((direction) => {
    const asked = listOf(options.direction);
    return asked.length === 0 || asked.includes(direction);
  });
  const ids = listOf(options.only);
  const settings = { minDays, minApprovals };
  return { state: 'ok', value: { logs, policies, period, settings, directions, ids, costs, where: found.where } };
}

/** Those that were given, and those that were generated here or beside a manifest. */
function knownPolicies(
  roots: readonly Agent[],
  given: readonly string[],
  io: Io,
  problems: Problem[],
): Map<string, Policy> {
  const beside = roots
    .map(({ file, id }) => join(dirname(resolve(io.cwd, file)), '.stakes', id, 'policy.json'))
    .filter((path) => existsSync(path));
  const known = new Map<string, Policy>();
  const here = policiesFor([], io);
  // What lies around and cannot be read is no policy that anybody asked for: records of it are of an unknown one.
  for (const { digest, policy } of here.policies) known.set(digest, policy);
  for (const path of beside) {
    const read = readPolicy(path, shownAs(path, io.cwd));
    if (read.state === 'ok') known.set(read.value.digest, read.value.policy);
  }
  if (given.length === 0) return known;
  const named = policiesFor(given, io);
  problems.push(...named.errors);
  for (const { digest, policy } of named.policies) known.set(digest, policy);
  return known;
}

function whole(options: Invocation['options'], name: 'minDays' | 'minApprovals', problems: Problem[]): number {
  const text = String(options[name]);
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  const flag = name === 'minDays' ? '--min-days' : '--min-approvals';
  problems.push({
    code: 'bad-number',
    message: `\`${flag} ${text.slice(0, 60)}\` is no number`,
    help: 'it takes whole numbers, from 1',
  });
  return 0;
}

const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
