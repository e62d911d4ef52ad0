import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { writeIn } from '../../../src/probe/workspace.ts';
import { projectName } from '../../../src/targets/compose/file.ts';
import { isOnline } from '../../../src/targets/compose/proof/run.ts';
import { OPEN, STARTED, sessionLines, stage } from '../../../src/targets/compose/proof/stage.ts';
import { reachedBy } from '../../../src/targets/compose/proof/stand-ins.ts';
import { serviceOf } from '../../../src/targets/compose/services.ts';
import { PROXY_PORT } from '../../../src/targets/compose/squid.ts';
import { subnetsOf } from '../../../src/targets/compose/subnets.ts';
import { through } from '../../../src/targets/container/proof/attempts.ts';
import { written } from '../../../src/targets/container/proof/folders.ts';
import { inSession } from '../../../src/targets/container/proof/session.ts';
import { addRooted, rootedInBox } from './box-root.ts';
import { jobOf, type Sandbox, type Scene, USER } from './scene.ts';

export const compose: Sandbox = {
  target: 'compose',
  isOnMachine: false,
  rooted: (_, name) => rootedInBox(name),
  way: (scene, to) => (isOnline(scene.box) ? through(to, { host: proxyOf(scene), port: PROXY_PORT }) : undefined),
  run: async (scene, attempts, held) => {
    const { workspace, box, standIns } = scene;
    const job = jobOf(scene);
    if (!held) takeOff(scene);
    const { seccomp } = stage(job, workspace, [{ box, attempts, proxy: proxyOf(scene) }], standIns);
    addRooted(scene);
    const ended = await inSession(job.engine, workspace, standIns, sessionLines(job, [box], USER), seccomp);
    const said = written(workspace, `said-${serviceOf(box)}`);
    // A container that never starts, or has no way to its proxy, would look like one that stops everything.
    if (!said.includes(STARTED) || (isOnline(box) && !said.includes(OPEN)))
      throw new Error(`compose did not start: ${said}${ended.stdout}${ended.stderr}`);
    return { said, reached: reachedBy(box, written(workspace, 'reached').split('\n')) };
  },
};

function proxyOf({ policy, box }: Scene): string {
  const online = isOnline(box) ? [serviceOf(box)] : [];
  return subnetsOf(projectName(policy), online).get(serviceOf(box))?.proxy ?? '';
}

/** The same container, image and user with none of the rules: the folders whole, the machine's network, the usual rights. */
function takeOff({ workspace: { project, home }, policy, folders }: Scene): void {
  const path = join(project, '.stakes', policy.root, 'compose/compose.yaml');
  const file = parse(readFileSync(path, 'utf8')) as { services: Record<string, Record<string, unknown>> };
  const { image, user, init, stdin_open, depends_on, environment, ulimits } = file.services.agent ?? {};
  const bind = (source: string, target: string) => ({ type: 'bind', source, target });
  const agent = {
    ...{ image, user, init, stdin_open, environment, ulimits },
    ...(depends_on === undefined ? {} : { depends_on }),
    network_mode: 'host',
    // Of root inside, which the user is not; podman leaves it out by itself.
    cap_add: ['NET_RAW'],
    volumes: [bind(project, folders.project.inside), bind(home, folders.home.inside)],
  };
  writeIn(
    project,
    `.stakes/${policy.root}/compose/compose.yaml`,
    stringify({ ...file, services: { ...file.services, agent } }),
  );
}
