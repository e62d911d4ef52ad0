import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Probe } from '../../../model/proof.ts';
import { createWorkspace, type Workspace } from '../../../probe/workspace.ts';
import type { Box } from '../../container/boxes.ts';
import { placesOf } from '../../container/places.ts';
import { type Attempt, attemptsOf } from '../../container/proof/attempts.ts';
import { seenIn } from '../../container/proof/seen.ts';
import { inSession } from '../../container/proof/session.ts';
import type { ProofJob } from '../../prover.ts';
import { projectName } from '../file.ts';
import { HOME, PROJECT, serviceOf } from '../services.ts';
import { isProxyHost, PROXY_PORT } from '../squid.ts';
import { subnetsOf } from '../subnets.ts';
import { OPEN, type Plan, STARTED, sessionLines, stage } from './stage.ts';
import { reachedBy, standInsOf } from './stand-ins.ts';

/** Starts every box of the file in one session, each with its attempts in place of what it would run. */
export async function tryBoxes(
  job: ProofJob,
  boxes: readonly Box[],
): Promise<Probe[] | { reason: string; inconclusive: true }> {
  const workspace = createWorkspace();
  try {
    const subnets = subnetsOf(projectName(job.policy), boxes.filter(isOnline).map(serviceOf));
    const standIns = standInsOf(boxes);
    const plans = boxes.map((box): Plan => {
      const proxy = subnets.get(serviceOf(box))?.proxy ?? standIns.find((one) => one.box === box)?.address ?? '';
      return { box, proxy, attempts: attemptsIn(job, box, workspace, proxy) };
    });
    const { seccomp } = stage(job, workspace, plans, standIns);
    const ended = await inSession(job.engine, workspace, standIns, sessionLines(job, boxes), seccomp);
    const lines = read(workspace, 'reached').split('\n');
    const tried = plans.map(({ box, attempts }) => {
      const said = read(workspace, `said-${serviceOf(box)}`);
      // A container that never starts, or has no way to its proxy, would look like one that stops everything.
      const isWhole = said.includes(STARTED) && (!isOnline(box) || said.includes(OPEN));
      return isWhole ? seenIn(box, attempts, { said, reached: reachedBy(box, lines) }, job.losses) : undefined;
    });
    if (!tried.includes(undefined)) return tried.flatMap((probes) => probes ?? []);
    const why = ended.timedOut ? 'they did not end in time' : shortened(`${ended.stdout}\n${ended.stderr}`);
    return { reason: `the containers did not start: ${why}`, inconclusive: true };
  } finally {
    workspace.remove();
  }
}

export function isOnline({ hosts }: Box): boolean {
  return hosts.some(isProxyHost);
}

function attemptsIn({ policy }: ProofJob, box: Box, { project, home }: Workspace, host: string): Attempt[] {
  for (const { root, rest } of placesOf([...(box.read ?? []), ...box.write])) {
    const folder = { project, home, machine: '/' }[root];
    if (root === 'machine') continue;
    mkdirSync(join(folder, rest), { recursive: true });
    chmodSync(join(folder, rest), 0o777);
  }
  for (const path of box.runtime.map((one) => join(project, one))) {
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    if (path.endsWith('.json')) writeFileSync(path, '{}');
    else mkdirSync(path);
  }
  const folders = { project: { outside: project, inside: PROJECT }, home: { outside: home, inside: HOME } };
  return attemptsOf(policy, box, folders, { host, port: isOnline(box) ? PROXY_PORT : 443 });
}

function read({ root }: Workspace, name: string): string {
  return readdirSync(root).includes(name) ? readFileSync(join(root, name), 'utf8') : '';
}

function shortened(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ').slice(0, 300);
}
