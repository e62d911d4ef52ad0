import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { createWorkspace, writeIn } from '../../../src/probe/workspace.ts';
import { startNginx } from '../../../src/targets/nginx/proof/start.ts';
import { target } from '../../../src/targets/nginx/target.ts';
import { note } from '../figures.ts';
import { generatedFor, summaryOf } from '../stakes.ts';
import { statusOf } from './status.ts';

const nginx = execFileSync('sh', ['-c', 'command -v nginx'], { encoding: 'utf8' }).trim();

/** No example has a server at a URL. */
const MANIFEST = [
  'schemaVersion: 1',
  'agent: { id: desk, environment: production }',
  'autonomy: { initiation: human, review: high-stakes }',
  'data: {}',
  'mcpServers:',
  '  docs: { type: http, url: "https://docs.example.com/mcp" }',
  '  pay: { type: http, url: "https://pay.example.com:8443/v1/mcp" }',
  'limits: { callsPerMinute: 30 }',
  'tools:',
  '  docs/search: { effect: read, egress: none }',
  '  pay/list: { effect: read, egress: none }',
  '',
].join('\n');

function desk() {
  const one = generatedFor('nginx', 'release-scout.agent.yaml');
  one.write('desk.agent.yaml', MANIFEST);
  expect(one.stakes('generate', '-t', 'nginx', 'desk.agent.yaml').code).toBe(0);
  return one;
}

test('the limit holds on the real server', () => {
  const { code, proofs } = desk().prove('nginx', nginx, '--require', 'nginx', 'desk.agent.yaml');
  expect(proofs.map(summaryOf)).toEqual(['stakes.conf proven']);
  expect(code).toBe(0);
});

test('a file that was edited by hand is not run', () => {
  const one = desk();
  const file = '.stakes/desk/nginx/stakes.conf';
  one.write(file, one.read(file).replaceAll(/ {4}limit_req .*\n/g, ''));
  const { code, proofs } = one.prove('nginx', nginx, 'desk.agent.yaml');
  expect(code).toBe(1);
  expect(proofs.map(summaryOf).join()).toContain('not what `stakes generate` writes');
});

test('an agent without a server at a URL proves nothing', () => {
  const { proofs } = generatedFor('nginx', 'release-scout.agent.yaml').prove('nginx', nginx);
  expect(proofs.map(({ state }) => state)).toEqual(['not-proven']);
});

test('no more than the cap in a whole minute, however the calls come', async () => {
  const cap = 30;
  const workspace = createWorkspace();
  const stub = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  onTestFinished(() => {
    stub.close();
    workspace.remove();
  });
  await new Promise((done) => stub.once('listening', done));
  const address = stub.address();
  if (typeof address !== 'object' || address === null) throw new Error('the stub has no address');
  const pay = {
    ...server('x'),
    transport: 'http' as const,
    command: null,
    url: `http://127.0.0.1:${address.port}/mcp`,
  };
  const { files } = target.emit(
    policy([
      agent('desk', { tools: { 'pay/list': grant('allow') }, servers: { pay }, limits: { callsPerMinute: cap } }),
    ]),
  );
  const socket = join(workspace.root, 'front.sock');
  const text = (files[0]?.content ?? '').replace(/listen [^;]+;/, `listen unix:${socket};`);
  const running = await startNginx(nginx, writeIn(workspace.root, 'stakes.conf', text), socket, workspace);
  const ran: number[] = [];
  const start = Date.now();
  try {
    while (Date.now() - start < 62_000) {
      const sent = Date.now();
      if ((await statusOf(socket, '/desk/pay')) === 200) ran.push(sent - start);
      await wait(100);
    }
  } finally {
    await running.stop();
  }
  const inMinute = (from: number) => ran.filter((time) => time >= from && time < from + 60_000).length;
  const most = Math.max(...ran.map(inMinute));
  console.log(
    `cap ${cap} a minute: at most ${most} in any minute, ${ran.filter((time) => time < 1000).length} in the first second`,
  );
  note('caps', {
    engine: 'nginx',
    cap: 'callsPerMinute',
    set: String(cap),
    seen: String(most),
    beyond: String(Math.max(0, most - cap)),
  });
  expect(most).toBeLessThanOrEqual(cap);
  expect(most).toBeGreaterThan(cap * 0.8);
});
