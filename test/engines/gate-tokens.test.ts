import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { tokenKeys } from '../../src/gate/tokens/keys.ts';
import { openTokens, type Tokens } from '../../src/gate/tokens/open.ts';
import { callOf, REFUND } from '../gate/tokens.fixture.ts';
import { type AuthorizationServer, startAuthorizationServer } from './oidc.mjs';

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
