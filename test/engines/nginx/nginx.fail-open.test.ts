import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { createWorkspace, writeIn } from '../../../src/probe/workspace.ts';
import { startNginx } from '../../../src/targets/nginx/proof/start.ts';
import { target } from '../../../src/targets/nginx/target.ts';
import { statusOf } from './status.ts';

const nginx = execFileSync('sh', ['-c', 'command -v nginx'], { encoding: 'utf8' }).trim();
const CAP = 4;

const ours = (upstream: string) => {
  const pay = { ...server('x'), transport: 'http' as const, command: null, url: `${upstream}/mcp` };
  const desk = agent('desk', {
    tools: { 'pay/list': grant('allow') },
    servers: { pay },
    limits: { callsPerMinute: CAP },
  });
  return target.emit(policy([desk])).files[0]?.content ?? '';
};

/** As one would write them, where more calls go through than the limit says. */
const TRAPS: Record<string, { naive: (upstream: string) => string; path: string; headers?: Record<string, string> }> = {
  'a counter by a header is not counted at all where the header is missing': {
    naive: (upstream) =>
      `limit_req_zone $http_x_agent_id zone=a:32k rate=2r/m;\nserver { listen SOCKET; limit_req_status 429; location = /desk/pay { limit_req zone=a burst=2 nodelay; proxy_pass ${upstream}/mcp; } }`,
    path: '/desk/pay',
  },
  'a caller that changes the header gets a counter of its own with each call': {
    naive: (upstream) =>
      `limit_req_zone $http_x_agent_id zone=a:32k rate=2r/m;\nserver { listen SOCKET; limit_req_status 429; location = /desk/pay { limit_req zone=a burst=2 nodelay; proxy_pass ${upstream}/mcp; } }`,
    path: '/desk/pay',
    headers: { 'x-agent-id': 'another-each-time' },
  },
  'a bucket as large as the cap lets through twice of it in its first minute': {
    // Seen at once: one more than the cap, before a second is over.
    naive: (upstream) =>
      `limit_req_zone "desk" zone=a:32k rate=${CAP}r/m;\nserver { listen SOCKET; limit_req_status 429; location = /desk/pay { limit_req zone=a burst=${CAP} nodelay; proxy_pass ${upstream}/mcp; } }`,
    path: '/desk/pay',
  },
};

async function ranWith(textFor: (upstream: string) => string, path: string, headers: Record<string, string> = {}) {
  const workspace = createWorkspace();
  const stub = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  onTestFinished(() => {
    stub.close();
    workspace.remove();
  });
  await new Promise((done) => stub.once('listening', done));
  const address = stub.address();
  if (typeof address !== 'object' || address === null) throw new Error('the stub has no address');
  const socket = join(workspace.root, 'front.sock');
  const text = textFor(`http://127.0.0.1:${address.port}`).replace(/listen [^;]+;/, `listen unix:${socket};`);
  const running = await startNginx(nginx, writeIn(workspace.root, 'stakes.conf', text), socket, workspace);
  let ran = 0;
  try {
    for (let i = 0; i < 4 * CAP; i++) {
      const changed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}-${i}`]));
      if ((await statusOf(socket, path, changed)) === 200) ran++;
    }
  } finally {
    await running.stop();
  }
  return ran;
}

describe.each(Object.entries(TRAPS))('%s', (_, { naive, path, headers }) => {
  test('with the files as one would write them, more calls than the cap go through', async () => {
    expect(await ranWith(naive, path, headers)).toBeGreaterThan(CAP);
  });

  test('with ours they do not', async () => {
    const ran = await ranWith(ours, path, headers);
    expect(ran).toBeLessThanOrEqual(CAP);
    expect(ran).toBeGreaterThan(0);
  });
});
