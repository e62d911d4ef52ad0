import { join } from 'node:path';
import { writeIn } from '../../../src/probe/workspace.ts';
import { quoted } from '../../../src/targets/claude-code/quoted.ts';
import { reachedBy } from '../../../src/targets/compose/proof/stand-ins.ts';
import type { Attempt } from '../../../src/targets/container/proof/attempts.ts';
import { written } from '../../../src/targets/container/proof/folders.ts';
import type { Shown } from '../../../src/targets/container/proof/seen.ts';
import { inSession } from '../../../src/targets/container/proof/session.ts';
import {
  found,
  jobOf,
  ROOTED,
  type RootedProgram,
  type Scene,
  STARTED,
  scriptOf,
  USER,
  untilReached,
} from './scene.ts';

/** A sandbox around a process of the machine: where its user keeps the programs that pass on the rights of root. */
export function rootedOnMachine({ workspace }: Scene, name: RootedProgram): string {
  return join(workspace.project, 'kb', `${name}-rooted`);
}

/**
 * Runs the attempts as an ordinary user who finds the stand-ins under the names of their hosts: after `start`, or alone.
 * `before`: lines that put the engine where that user can read it.
 */
export async function onMachine(
  scene: Scene,
  attempts: readonly Attempt[],
  start: string,
  before: readonly string[] = [],
): Promise<Shown> {
  const { workspace, standIns, box } = scene;
  writeIn(workspace.root, 'attempts.sh', scriptOf(attempts));
  const names = standIns.map(({ name, address }) => `${address} ${name.split(' ').at(-1)?.split(':')[0]}`);
  writeIn(workspace.root, 'hosts', `127.0.0.1 localhost\n${names.join('\n')}\n`);
  const rooted = ROOTED.map((name) => {
    const to = quoted(rootedOnMachine(scene, name));
    return `cp ${quoted(found(name))} ${to}; chmod 4755 ${to}`;
  });
  const ended = await inSession(
    jobOf(scene).engine,
    workspace,
    standIns,
    [
      'chmod 755 "$home"',
      `chown -R ${USER}:${USER} "$home/home" "$home/project"`,
      ...rooted,
      'mount --bind "$home/hosts" /etc/hosts',
      ...before,
      ...untilReached(scene),
      // They are no addresses of this machine any more, as hosts elsewhere are not: srt lets no name lead to one of those.
      ...standIns.map(
        ({ address }) => `busybox ip route add local ${address}/32 dev lo && busybox ip addr del ${address}/32 dev lo`,
      ),
      'cd project',
      // A limit of its own where the machine has none, far above what is tried.
      `prlimit --nproc=4096 timeout -k 5 120 setpriv --reuid ${USER} --regid ${USER} --clear-groups -- ${start} /bin/sh -c "$(cat "$home/attempts.sh")" </dev/null >"$home/said" 2>&1 || :`,
    ],
    null,
  );
  const said = written(workspace, 'said');
  // A sandbox that never starts would look like one that stops everything.
  if (!said.includes(STARTED)) throw new Error(`${scene.target} did not start: ${said}${ended.stderr}`);
  return { said, reached: reachedBy(box, written(workspace, 'reached').split('\n')) };
}
