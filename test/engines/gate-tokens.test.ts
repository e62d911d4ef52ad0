import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { tokenKeys } from '../../src/gate/tokens/keys.ts';
import { openTokens, type Tokens } from '../../src/gate/tokens/open.ts';
import { request } from '../gate/gate.fixture.ts';
import { callOf, REFUND } from '../gate/tokens.fixture.ts';
import { type AuthorizationServer, startAuthorizationServer } from './oidc.mjs';

const STAKES = resolve(import.meta.dirname, '../../bin/stakes.js');
const ISSUER = 'https://gate.example.com/desk';
const RESOURCE = 'https://mcp.example.com/pay';
const SECRET = 'not-a-real-secret: %';

const room = mkdtempSync(join(tmpdir(), 'stakes-oidc-'));
const keys = tokenKeys(join(room, 'keys'), Date.now);
let server: AuthorizationServer;

beforeAll(async () => {
  const jwks = await keys.jwks();
  server = await startAuthorizationServer({
    clients: [
      { id: 'urn:stakes:gate:desk', jwks },
      { id: 'with-secret', secret: SECRET },
    ],
    subject: { issuer: ISSUER, jwks },
    resources: { [RESOURCE]: 'charges:read refunds:write' },
    life: 90,
  });
});
afterAll(async () => {
  await server.close();
  rmSync(room, { recursive: true, force: true });
});

const minting = (more: { client: string; secret?: string; audience?: string; issuer?: string }): Tokens =>
  openTokens({
    keys,
    endpoint: { url: server.endpoint, client: more.client, secret: more.secret },
    issuer: more.issuer ?? ISSUER,
    audience: more.audience ?? RESOURCE,
    onBehalfOf: 'ada',
    now: Date.now,
    tell: () => undefined,
  });

const policy = policyFixture();
Object.assign(policy.agents.desk?.tools['pay/refund'] ?? {}, { scopes: ['refunds:write'] });
const refund = () => callOf('pay/refund', REFUND, policy);
const list = () => callOf('pay/list', {}, policy);

test.each([
  ['its own key', { client: 'urn:stakes:gate:desk' }],
  ['a secret', { client: 'with-secret', secret: SECRET }],
])(
  'by %s, the gate gets a token that is for the server, for the scopes of the tool, and says who acts for whom',
  async (_, who) => {
    const token = await minting(who).tokenFor(refund());
    const options = { issuer: server.issuer, audience: RESOURCE, typ: 'at+jwt' };
    const { payload } = await jwtVerify(token, createLocalJWKSet(server.jwks), options);
    expect(payload).toMatchObject({
      client_id: who.client,
      scope: 'refunds:write',
      act: { sub: 'urn:stakes:agent:desk' },
      on_behalf_of: 'ada',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(90);
  },
);

test('each high-stakes call has its own; others share one', async () => {
  const tokens = minting({ client: 'urn:stakes:gate:desk' });
  expect(await tokens.tokenFor(refund())).not.toBe(await tokens.tokenFor(refund()));
  expect(await tokens.tokenFor(list())).toBe(await tokens.tokenFor(list()));
});

test.each([
  ['a wrong secret', { client: 'with-secret', secret: 'another' }, '401 (invalid_client)'],
  ['a client that is not known', { client: 'nobody' }, '401 (invalid_client)'],
  ['the key of one for the name of another', { client: 'with-secret' }, '401 (invalid_client)'],
  [
    'a server that it knows nothing of',
    { client: 'urn:stakes:gate:desk', audience: 'https://other.example.com' },
    '400 (invalid_target)',
  ],
  [
    'tokens of another gate',
    { client: 'urn:stakes:gate:desk', issuer: 'https://other.example.com' },
    '400 (invalid_grant)',
  ],
])('%s: there is no token, and the reason is told', async (_, who, says) => {
  await expect(minting(who).tokenFor(list())).rejects.toThrow(says);
});

test('a scope that is not of the server is refused', async () => {
  const wide = policyFixture();
  Object.assign(wide.agents.desk?.tools['pay/refund'] ?? {}, { scopes: ['admin'] });
  const call = callOf('pay/refund', REFUND, wide);
  await expect(minting({ client: 'urn:stakes:gate:desk' }).tokenFor(call)).rejects.toThrow('400 (invalid_scope)');
});

test('from a client to a server that takes tokens of the authorization server only, through the gate as it is installed', async () => {
  const folder = mkdtempSync(join(room, 'project-'));
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
  const env = { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: join(folder, 'state') };
  const options = { cwd: folder, env, encoding: 'utf8' as const };
  const printed = spawnSync(process.execPath, [STAKES, 'tokens', '-p', 'policy.json'], options).stdout;
  const own = 'urn:stakes:gate:desk';
  const seen: unknown[] = [];
  const guarded = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const message = body === '' ? {} : JSON.parse(body);
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const checks = { issuer: theirs.issuer, audience: resource, typ: 'at+jwt' };
    const known = await jwtVerify(token, createLocalJWKSet(theirs.jwks), checks).catch(() => undefined);
    if (known === undefined) return void response.writeHead(401).end();
    seen.push([request.method, message.method, known.payload.scope]);
    const serverInfo = { name: 's', version: '1' };
    const result =
      message.method === 'initialize'
        ? { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo }
        : { content: [{ type: 'text', text: `paid, by ${token}` }] };
    if (message.id === undefined) return void response.writeHead(request.method === 'GET' ? 405 : 202).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
  });
  await new Promise<void>((done) => guarded.listen(0, '127.0.0.1', done));
  const resource = `http://127.0.0.1:${(guarded.address() as AddressInfo).port}/mcp`;
  const jwks = JSON.parse(printed) as object;
  const theirs = await startAuthorizationServer({
    clients: [{ id: own, jwks }],
    subject: { issuer: own, jwks },
    resources: { [resource]: 'refunds:write' },
    life: 90,
  });
  const flags = ['--upstream', resource, '--tokens', '--token-endpoint', theirs.endpoint.href];
  const child = spawn(process.execPath, [STAKES, 'gate', '-p', 'policy.json', '--server', 'pay', ...flags], options);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const clientInfo = { name: 'c', version: '1' };
  const asked = [
    request(0, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo }),
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    request(1, 'tools/call', { name: 'refund', arguments: REFUND }),
  ];
  for (const message of asked) child.stdin.write(`${JSON.stringify(message)}\n`);
  for (let tries = 0; !out.includes('"id":1') && tries < 500; tries++)
    await new Promise((done) => setTimeout(done, 20));
  child.stdin.end();
  expect([await ended, err.includes('error[')]).toEqual([0, false]);
  expect(out).toContain('paid, by [token removed]');
  expect(`${out}${err}`).not.toContain('eyJ');
  expect(seen).toContainEqual(['POST', 'initialize', undefined]);
  expect(seen).toContainEqual(['POST', 'tools/call', 'refunds:write']);
  guarded.closeAllConnections();
  guarded.close();
  await theirs.close();
}, 60_000);
