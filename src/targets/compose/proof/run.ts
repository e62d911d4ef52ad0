import type { Probe } from '../../../model/proof.ts';
import { createWorkspace } from '../../../probe/workspace.ts';
import type { Box } from '../../container/boxes.ts';
import { attemptsOf } from '../../container/proof/attempts.ts';
import { foldersIn, shortened, written } from '../../container/proof/folders.ts';
import { seenIn } from '../../container/proof/seen.ts';
import { inSession } from '../../container/proof/session.ts';
import type { ProofJob } from '../../prover.ts';
import { projectName } from '../file.ts';
import { serviceOf } from '../services.ts';
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
      return {
        box,
        proxy,
        attempts: attemptsOf(job.policy, box, foldersIn(box, workspace), {
          host: proxy,
          port: isOnline(box) ? PROXY_PORT : 443,
        }),
      };
    });
    const { seccomp } = stage(job, workspace, plans, standIns);
    const ended = await inSession(job.engine, workspace, standIns, sessionLines(job, boxes), seccomp);
    const lines = written(workspace, 'reached').split('\n');
    const tried = plans.map(({ box, attempts }) => {
      const said = written(workspace, `said-${serviceOf(box)}`);
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
