import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../../src/model/policy.ts';
import { startStandInInternet } from '../../../src/probe/stand-in-internet.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { makeGroups } from '../../../src/targets/systemd/proof/cgroups.ts';
import { openFolders } from '../../../src/targets/systemd/proof/open.ts';
import { FOLDERS, INSIDE, inSession } from '../../../src/targets/systemd/proof/session.ts';
import { target } from '../../../src/targets/systemd/target.ts';
import { argument } from '../../../src/targets/systemd/words.ts';

/** Something to try in the unit, and how to see that it came through: its text, a file, or a call. */
export type Attempt = { line: string } & ({ shows: string } | { makes: string } | { reaches: string });

/** A way in which systemd lets an attempt through, and the guard that keeps it from that. */
export type Trap = {
  made: Policy;
  /** The agent's unit as people write it. */
  naive: (unit: string) => string;
  /** A harmless one and then a dangerous one. */
  attempts: [Attempt, Attempt];
};

const UNIT = 'stakes-desk.agent.service';
const ANALYZE = '/usr/bin/systemd-analyze';
const HOST = 'db.internal:5432';

/** The attempts that came through, by index. */
export async function cameOf({ made, naive, attempts }: Trap, guarded: boolean): Promise<number[]> {
  const workspace = createWorkspace();
  const internet = await startStandInInternet();
  const groups = makeGroups();
  if (groups === undefined) throw new Error('control groups cannot be made on this machine');
  try {
    const call = `printf 'CONNECT ${HOST} HTTP/1.1\\r\\n\\r\\n' | busybox nc -w 3 127.0.0.1 ${new URL(internet.url).port}`;
    install(made, guarded ? undefined : naive, workspace);
    writeUnits(workspace, attempts, call);
    const engine = { path: ANALYZE, version: '', programs: {} };
    const state = '/var/lib/stakes/desk';
    const ended = await inSession(engine, workspace, groups, [
      `mkdir -p ${state}/root ${state}/credentials; ln -s ${FOLDERS}/project ${state}/project; ln -s ${FOLDERS}/home ${state}/home`,
      `printf '#!/bin/sh\\n' >${state}/agent; echo SECRET-TOKEN >${state}/credentials/TOKEN`,
    ]);
    const said = ['said', 'outside']
      .map((name) => join(workspace.root, name))
      .map(textOf)
      .join('\n');
    // A unit that never starts would look like one that stops everything.
    if (!said.includes('started')) throw new Error(`the unit did not start: ${ended.stderr}`);
    return [...attempts.entries()].flatMap(([at, attempt]) => {
      if ('shows' in attempt) return said.includes(attempt.shows) ? [at] : [];
      if ('reaches' in attempt) return internet.reached.includes(attempt.reaches) ? [at] : [];
      return existsSync(join(workspace.project, attempt.makes)) ? [at] : [];
    });
  } finally {
    await internet.close();
    groups.remove();
    workspace.remove();
  }
}

function install(made: Policy, naive: Trap['naive'] | undefined, { root, project, home }: Workspace): void {
  writeIn(home, '.ssh/id', 'PRIVATE-KEY\n');
  writeIn(project, 'kb/page.md', 'PUBLIC-PAGE\n');
  mkdirSync(join(project, '.stakes/desk'), { recursive: true });
  const before = target.emit(made).files.find(({ path }) => path === UNIT)?.content ?? '';
  const after = naive?.(before) ?? before;
  // A generator that words it in another way would turn both halves into one.
  if (naive !== undefined && after === before) throw new Error(`nothing to change in ${UNIT}`);
  writeIn(root, `units/${UNIT}`, after);
  for (const folder of [project, home]) openFolders(folder);
}

function writeUnits({ root }: Workspace, attempts: readonly Attempt[], call: string): void {
  const inside = attempts.map(({ line }) => (line === 'CALL' ? call : line));
  const unit = (...lines: string[]) => `${['[Unit]', 'DefaultDependencies=no', ...lines].join('\n')}\n`;
  const starts = (lines: readonly string[]) => ['Type=oneshot', `ExecStart=/bin/sh -c ${argument(lines.join('\n'))}`];
  writeIn(
    root,
    `units/${UNIT}.d/zz-trap.conf`,
    unit(
      '[Service]',
      'ExecStart=',
      ...starts(['echo started', ...inside, 'exit 0']),
      `StandardOutput=file:${INSIDE}/said`,
    ),
  );
  writeIn(root, 'units/proof.target', unit(`Wants=${UNIT} ended.service`));
  const ended = [
    `After=${UNIT}`,
    'SuccessAction=exit-force',
    'FailureAction=exit-force',
    '[Service]',
    ...starts([':']),
  ];
  writeIn(root, 'units/ended.service', unit(...ended));
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
