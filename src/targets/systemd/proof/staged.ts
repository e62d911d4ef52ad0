import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { quoted } from '../../claude-code/quoted.ts';
import type { Box } from '../../container/boxes.ts';
import type { Attempt } from '../../container/proof/attempts.ts';
import { variablesOf } from '../../kubernetes/pod.ts';
import type { ProofJob } from '../../prover.ts';
import { servicePath, stateFolder } from '../names.ts';
import { argument } from '../words.ts';
import { FOLDERS, INSIDE } from './session.ts';

export const STARTED = 'stakes-unit-started';
/** What a unit of the bundle is called once it runs; a server's is one of many. */
export function startedUnit({ policy }: ProofJob, box: Box): string {
  return servicePath(policy, box).replace('@.', '@proof.');
}

/** Gives each unit its attempts in place of what it would run. */
export function stage(
  job: ProofJob,
  { root }: Workspace,
  boxes: readonly Box[],
  attempts: readonly (readonly Attempt[])[],
): void {
  const { policy } = job;
  boxes.forEach((box, at) => {
    const [calls, others] = parted(attempts[at] ?? []);
    // Where packets vanish, each call waits to its end: they wait together.
    const lines = [`echo ${STARTED}`, ...calls.map((line) => `{ ${line}; } &`), ...others, 'wait', 'exit 0'];
    writeIn(
      root,
      `units/${servicePath(policy, box)}.d/zz-proof.conf`,
      [
        '[Unit]',
        'DefaultDependencies=no',
        '[Service]',
        'Type=oneshot',
        'ExecStart=',
        `ExecStart=/bin/sh -c ${argument(lines.join('\n'))}`,
        'StandardInput=null',
        `StandardOutput=file:${INSIDE}/said-${at}`,
        `StandardError=file:${INSIDE}/errors-${at}`,
        'TimeoutStartSec=60',
        '',
      ].join('\n'),
    );
  });
  const started = boxes.map((box) => startedUnit(job, box)).join(' ');
  writeIn(root, 'units/proof.target', `[Unit]\nDefaultDependencies=no\nWants=${started} ended.service\n`);
  writeIn(
    root,
    'units/ended.service',
    [
      '[Unit]',
      'DefaultDependencies=no',
      `After=${started}`,
      'SuccessAction=exit-force',
      'FailureAction=exit-force',
      '[Service]',
      'Type=oneshot',
      `ExecStart=/bin/sh -c ${argument(`systemctl show -p Id -p Result -p ExecMainStatus ${started} >${INSIDE}/results 2>&1`)}`,
      '',
    ].join('\n'),
  );
}

function parted(attempts: readonly Attempt[]): [calls: string[], others: string[]] {
  const isCall = ({ attempt }: Attempt) => attempt.startsWith('a call to');
  const lines = (some: readonly Attempt[]) => some.map(({ line }) => line);
  return [lines(attempts.filter(isCall)), lines(attempts.filter((one) => !isCall(one)))];
}

/** Lines of the session: what root keeps for the agent. */
export function stateLines({ policy }: ProofJob, boxes: readonly Box[]): string[] {
  const state = quoted(stateFolder(policy));
  const secrets = [...new Set(boxes.flatMap(variablesOf))];
  return [
    `mkdir -p -m 755 ${state}; mkdir -m 755 ${state}/root; mkdir -m 700 ${state}/credentials`,
    `ln -s ${FOLDERS}/project ${state}/project; ln -s ${FOLDERS}/home ${state}/home`,
    `printf '#!/bin/sh\\n' >${state}/agent; chmod 755 ${state}/agent`,
    ...secrets.map((name) => `echo stand-in >${state}/credentials/${quoted(name)}`),
  ];
}
