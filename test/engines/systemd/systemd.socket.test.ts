import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agent, policy, server } from '../../../src/model/policy.fixture.ts';
import { createWorkspace, writeIn } from '../../../src/probe/workspace.ts';
import { makeGroups } from '../../../src/targets/systemd/proof/cgroups.ts';
import { FOLDERS, INSIDE, inSession } from '../../../src/targets/systemd/proof/session.ts';
import { target } from '../../../src/targets/systemd/target.ts';
import { argument } from '../../../src/targets/systemd/words.ts';

const made = policy([
  agent('desk', {
    servers: {
      pay: server(
        '/bin/sh',
        ['-c', 'read -r line; echo "$1: $line, $TOKEN, $BOTH"; echo "$(env)" | grep -c OTHER', 'sh', '100% "${TOKEN}"'],
        {
          env: { TOKEN: '${TOKEN}', BOTH: "it's ${TOKEN}; $(id) \\ %h" },
        },
      ),
    },
    credentials: {
      TOKEN: { servers: ['pay'], mode: 'live', scopes: [], ttlSeconds: null },
      OTHER: { servers: [], mode: 'live', scopes: [], ttlSeconds: null },
    },
  }),
]);

const CLIENT = `
const socket = require('node:net').connect('/run/stakes/stakes-desk.server-pay.sock');
socket.on('data', (text) => require('node:fs').appendFileSync('${INSIDE}/answer', text));
socket.on('error', (error) => require('node:fs').appendFileSync('${INSIDE}/answer', String(error)));
socket.end('hello\\n');
`;

test('a client speaks to a server through its socket, and the server has its own credentials alone', async () => {
  const workspace = createWorkspace();
  const groups = makeGroups();
  if (groups === undefined) throw new Error('control groups cannot be made on this machine');
  const { root } = workspace;
  try {
    for (const { path, content } of target.emit(made).files) writeIn(root, `units/${path}`, content);
    for (const name of ['basic', 'shutdown', 'sockets', 'sysinit'])
      writeIn(root, `units/${name}.target`, '[Unit]\nDefaultDependencies=no\n');
    writeIn(root, 'client.js', CLIENT);
    const socket = 'stakes-desk.server-pay.socket';
    writeIn(root, 'units/proof.target', `[Unit]\nDefaultDependencies=no\nWants=${socket} client.service\n`);
    const client = `${process.execPath} ${INSIDE}/client.js`;
    writeIn(
      root,
      'units/client.service',
      `[Unit]\nDefaultDependencies=no\nAfter=${socket}\nSuccessAction=exit-force\nFailureAction=exit-force\n[Service]\nType=oneshot\nExecStart=/bin/sh -c ${argument(client)}\n`,
    );
    const state = '/var/lib/stakes/desk';
    const engine = { path: '/usr/bin/systemd-analyze', version: '', programs: {} };
    const ended = await inSession(engine, workspace, groups, [
      `mkdir -p ${state}/root ${state}/credentials; chmod 700 ${state}/credentials; ln -s ${FOLDERS}/project ${state}/project; ln -s ${FOLDERS}/home ${state}/home`,
      `echo STAND-IN >${state}/credentials/TOKEN; echo ANOTHER >${state}/credentials/OTHER`,
    ]);
    const answer = join(root, 'answer');
    expect(existsSync(answer) ? readFileSync(answer, 'utf8') : ended.stderr).toBe(
      `100% "STAND-IN": hello, STAND-IN, it's STAND-IN; $(id) \\ %h\n0\n`,
    );
  } finally {
    groups.remove();
    workspace.remove();
  }
});
