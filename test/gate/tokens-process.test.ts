import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { call, request } from './gate.fixture.ts';
import { REFUND } from './tokens.fixture.ts';

const STAKES = resolve('bin/stakes.js');
const DOCUMENTED = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/tokens.md', 'utf8'))?.[1] ?? '';

/** Writes what it got wherever it can: into its answer, spelled otherwise too, into a notification and on its error stream. */
const CHATTERBOX = `
import { createInterface } from 'node:readline';
const put = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const token = params._meta['stakes.gate/token'];
  for (const part of [token.slice(0, 100), token.slice(100) + '\\n']) process.stderr.write(part);
  put({ method: 'notifications/message', params: { level: 'info', data: 'Bearer ' + token } });
  const spelled = JSON.stringify({ jsonrpc: '2.0', id, result: { content: [], _meta: params._meta, spelled: token } });
  const at = spelled.lastIndexOf('"eyJ') + 1;
  process.stdout.write(spelled.slice(0, at) + '\\\\u0065' + spelled.slice(at + 1) + '\\n');
});
`;

function project(server: string) {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-tokens-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const policy = policyFixture();
  for (const agent of Object.values(policy.agents)) agent.attended = true;
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
  writeFileSync(join(folder, 'server.mjs'), server.replace('urn:stakes:gate:refund-desk', 'urn:stakes:gate:desk'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/stakes'));
  const env = { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: join(folder, 'state') };
  return { folder, env };
}

type Project = ReturnType<typeof project>;

function ran({ folder, env }: Project, args: readonly string[], input: readonly unknown[] = []) {
  const child: ChildProcess = spawn(process.execPath, [STAKES, ...args], { cwd: folder, env, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (err += chunk));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input.map((message) => `${JSON.stringify(message)}\n`).join(''));
  return new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.on('close', (code) => done({ code, out, err })),
  );
}

const gate = (at: Project, flags: readonly string[], input: readonly unknown[], command = ['node', 'server.mjs']) =>
  ran(at, ['gate', '-p', 'policy.json', '--server', 'pay', ...flags, '--', ...command], input);

const textOf = (out: string, id: number): unknown =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id?: number; result?: { content?: { text: string }[] } })
    .find((message) => message.id === id)?.result?.content?.[0]?.text;

test('the documented server runs what the gate let through, and nothing that went around it', async () => {
  const at = project(DOCUMENTED);
  const keys = await ran(at, ['tokens', '-p', 'policy.json']);
  expect(keys.err).toContain(
    'issuer    urn:stakes:gate:desk\naudience  urn:stakes:server:mail\naudience  urn:stakes:server:pay\n',
  );
  writeFileSync(join(at.folder, 'jwks.json'), keys.out);
  const calls = [call(1, 'refund', REFUND), call(2, 'drop', {}), request(3, 'tools/list')];
  const through = await gate(at, ['--tokens', '--on-behalf-of', 'ada'], calls);
  expect(textOf(through.out, 1)).toBe('refund ran for urn:stakes:agent:desk, on behalf of ada');
  expect(textOf(through.out, 2)).toContain('`pay/drop` is denied');
  const without = await gate(at, [], [call(1, 'refund', { ...REFUND, amount: 5 })]);
  expect(textOf(without.out, 1)).toContain('refused (missing)');
  const elsewhere = await gate(at, ['--tokens', '--token-audience', 'urn:example:other'], [call(1, 'refund', REFUND)]);
  expect(textOf(elsewhere.out, 1)).toContain('refused (audience)');
}, 60_000);

test('a token that the server gives back reaches neither the client, nor the error stream, nor the records', async () => {
  const at = project(CHATTERBOX);
  const { out, err, code } = await gate(at, ['--tokens'], [call(1, 'refund', REFUND), call(2, 'list', {})]);
  expect(code).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines.length).toBe(4);
  for (const line of lines) expect(line).toContain('[token removed]');
  expect(err.match(/\[token removed\]/g)?.length).toBe(2);
  const [log = ''] = readdirSync(join(at.folder, 'state/stakes/audit'));
  const folder = join(at.folder, 'state/stakes/audit', log);
  const records = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(records.join('')).toContain('"kind":"outcome"');
  for (const text of [out, err, ...records]) expect(text).not.toMatch(/eyJ|\\u0065yJ/);
}, 60_000);

/** A gate that listens, until the test is over. */
async function listening({ folder, env }: Project, ...flags: string[]): Promise<{ url: string; bearer: string }> {
  const args = [
    'gate',
    '-p',
    'policy.json',
    '--server',
    'pay',
    '--listen',
    '127.0.0.1:0',
    ...flags,
    '--',
    'node',
    'server.mjs',
  ];
  const child = spawn(process.execPath, [STAKES, ...args], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  let said = '';
  await new Promise<void>((done, failed) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Bearer')) done();
    });
    child.once('close', () => failed(new Error(said)));
  });
  const file = /token in (\S+),/.exec(said)?.[1] ?? '';
  return { url: /http:\S+\/mcp/.exec(said)?.[0] ?? '', bearer: readFileSync(file, 'utf8').trim() };
}

test('over HTTP, the keys are told to everybody, and servers get tokens for calls', async () => {
  const at = project(DOCUMENTED);
  const { url, bearer } = await listening(at, '--tokens', '--on-behalf-of', 'ada');
  const keys = await fetch(new URL('/.well-known/jwks.json', url));
  expect([keys.status, keys.headers.get('content-type')]).toEqual([200, 'application/json']);
  const told = await keys.text();
  expect(JSON.parse(told)).toEqual(JSON.parse((await ran(at, ['tokens', '-p', 'policy.json'])).out));
  expect(told).not.toContain('"d"');
  writeFileSync(join(at.folder, 'jwks.json'), told);
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${bearer}`,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'refund',
    },
    body: JSON.stringify(request(1, 'tools/call', { name: 'refund', arguments: REFUND, _meta })),
  });
  expect(await answer.text()).toContain('refund ran for urn:stakes:agent:desk, on behalf of ada');
}, 60_000);

test('a gate whose key others can read starts nothing', async () => {
  const at = project(CHATTERBOX);
  const child = ran(at, ['tokens', '-p', 'policy.json']);
  await child;
  const [name = ''] = readdirSync(join(at.folder, 'state/stakes/keys'));
  const file = join(at.folder, 'state/stakes/keys', name, 'tokens.pem');
  const pem = readFileSync(file);
  rmSync(file);
  writeFileSync(file, pem, { mode: 0o644 });
  const { code, err, out } = await gate(at, ['--tokens'], [call(1, 'list', {})]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('error[open-key]');
  expect(err).not.toContain(String(pem).split('\n')[1]);
}, 60_000);

test('gates that start at the same time sign with one key', async () => {
  const at = project('');
  const all = await Promise.all(Array.from({ length: 5 }, () => ran(at, ['tokens', '-p', 'policy.json'])));
  const kids = all.map(({ out }) => (JSON.parse(out) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid));
  expect(new Set(kids.map(String)).size).toBe(1);
  const rotated = await ran(at, ['tokens', 'rotate', '-p', 'policy.json']);
  const [next, before] = (JSON.parse(rotated.out) as { keys: { kid: string; exp?: number }[] }).keys;
  expect(rotated.err).toContain(`new key ${next?.kid}\n`);
  expect(before).toMatchObject({ kid: kids[0]?.[0], exp: expect.any(Number) });
}, 60_000);

test.each([
  [['--token-audience', 'urn:x:y'], '`--token-audience` is for tokens'],
  [['--tokens', '--shadow'], 'a gate that stops nothing vouches for nothing'],
  [['--tokens', '--token-issuer', 'me'], '`me` is no URI'],
  [['--tokens', '--token-endpoint', 'http://auth.example.com/token'], 'the token endpoint is no safe address'],
  [['--tokens', '--token-endpoint', 'https://me:secret@auth.example.com/'], 'the token endpoint is no safe address'],
  [['--tokens', '--token-client', 'me'], 'a client is somebody at a token endpoint'],
  [['--tokens', '--token-endpoint', 'https://a.example/', '--token-secret', 'none'], 'no secret: there is no file'],
])(
  '%j starts nothing',
  async (flags, says) => {
    const at = project('');
    const { code, err, out } = await gate(at, flags, [], ['node', '-e', 'require("fs").writeFileSync("started", "")']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
    expect(readdirSync(at.folder)).not.toContain('started');
  },
  60_000,
);
