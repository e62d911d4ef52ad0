import { join } from 'node:path';
import { RELAY_OPEN } from '../../../src/targets/srt/proof/sandbox.ts';
import { compose } from './compose.ts';
import { kubernetes } from './kubernetes.ts';
import { onMachine, rootedOnMachine } from './on-machine.ts';
import type { Sandbox, Scene } from './scene.ts';

const bubblewrap: Sandbox = {
  target: 'bubblewrap',
  isOnMachine: true,
  rooted: rootedOnMachine,
  way: () => undefined,
  run: (scene, attempts, held) =>
    onMachine(scene, attempts, held ? `.stakes/${scene.policy.root}/bubblewrap/agent.sh` : ''),
};

const packages = join(import.meta.dirname, '../node_modules');

const srt: Sandbox = {
  target: 'srt',
  isOnMachine: true,
  rooted: rootedOnMachine,
  way: (_, to) => `curl -sS -m 10 --noproxy "" ${to.endsWith(':80') ? 'http' : 'https'}://${to}/ || :`,
  run: (scene, attempts, held) => {
    const wait = {
      attempt: 'the way out',
      expected: 'runs' as const,
      line: `timeout 15 bash -c '${RELAY_OPEN}'`,
      came: () => true,
    };
    const cli = 'node_modules/@anthropic-ai/sandbox-runtime/dist/cli.js';
    const settings = `.stakes/${scene.policy.root}/srt/agent.json`;
    return held
      ? onMachine(
          scene,
          [...(isOnline(scene) ? [wait] : []), ...attempts],
          `"$home/node" ${cli} --settings ${settings} --`,
          [
            // As after `npm install` in the project, wherever this machine has its packages and its Node.
            `: >"$home/node"; mount --bind ${JSON.stringify(process.execPath)} "$home/node"`,
            `mkdir project/node_modules; mount --bind ${JSON.stringify(packages)} project/node_modules`,
          ],
        )
      : onMachine(scene, attempts, '');
  },
};

function isOnline({ box }: Scene): boolean {
  return box.hosts.length > 0;
}

export const SANDBOXES = [bubblewrap, srt, compose, kubernetes];
