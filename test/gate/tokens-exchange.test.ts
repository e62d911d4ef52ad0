import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { canonicalUri, safeAddress } from '../../src/gate/tokens/address.ts';
import { TokenFault } from '../../src/gate/tokens/fault.ts';
import { postForm } from '../../src/gate/tokens/reply.ts';
import { AUDIENCE, callOf, ISSUER, type Minting, minting, NOON, REFUND } from './tokens.fixture.ts';

interface Asked {
  form: URLSearchParams;
  headers: IncomingMessage['headers'];
}

type Reply = (asked: Asked, response: ServerResponse) => void;

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

let given = 0;
const granting =
  (more: object = {}): Reply =>
  (_, response) =>
    json(response, {
      access_token: `theirs-${++given}-0123456789`,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 120,
      ...more,
    });

/** A token endpoint on this machine. */
async function endpoint(reply: Reply): Promise<{ url: URL; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { form: new URLSearchParams(body), headers: request.headers };
    asked.push(one);
    reply(one, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`), asked };
}

async function exchanging(reply: Reply, secret?: string): Promise<Minting & { asked: Asked[]; url: URL }> {
  const { url, asked } = await endpoint(reply);
  return { ...minting({ endpoint: { url, client: ISSUER, secret } }), asked, url };
}

const list = (scopes: string[] = []) => {
  const policy = policyFixture();
  Object.assign(policy.agents.desk?.tools['pay/*'] ?? {}, { scopes });
  return callOf('pay/list', {}, policy);
};
const refund = () => callOf('pay/refund', REFUND);

test('our token goes to the endpoint and nobody else, theirs to the server', async () => {
  const { tokens, asked, url, keys, clock } = await exchanging(granting());
  const token = await tokens.tokenFor(list(['charges:read', 'charges:list']));
  expect(token).toMatch(/^theirs-/);
  const { form, headers } = asked[0] as Asked;
  const subject = form.get('subject_token') ?? '';
  const assertion = form.get('client_assertion') ?? '';
  expect(Object.fromEntries(form)).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subject,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: AUDIENCE,
    scope: 'charges:read charges:list',
    client_id: ISSUER,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  expect(headers.authorization).toBeUndefined();
  const set = createLocalJWKSet(await keys.jwks());
  const currentDate = new Date(clock.now);
  await jwtVerify(subject, set, { audience: url.href, issuer: ISSUER, typ: 'at+jwt', currentDate });
  const { payload } = await jwtVerify(assertion, set, {
    audience: url.href,
    issuer: ISSUER,
    subject: ISSUER,
    currentDate,
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(60);
  expect(decodeJwt(subject).authorization_details).toMatchObject([{ identifier: 'list', locations: [url.href] }]);
});

test('with a secret, it says who it is by that, spelled as the standard has it', async () => {
  const { tokens, asked } = await exchanging(granting(), 'a:b c%');
  await tokens.tokenFor(list());
  const { form, headers } = asked[0] as Asked;
  expect(form.has('client_assertion')).toBe(false);
  const [, coded = ''] = headers.authorization?.split(' ') ?? [];
  expect(Buffer.from(coded, 'base64').toString()).toBe(`${encodeURIComponent(ISSUER)}:a%3Ab+c%25`);
});

describe('what is kept', () => {
  test('serves calls with the same scopes while it lives, and calls that come together', async () => {
    const { tokens, asked, clock } = await exchanging(granting());
    const both = await Promise.all([tokens.tokenFor(list()), tokens.tokenFor(list())]);
    expect(new Set(both).size).toBe(1);
    await tokens.tokenFor(list(['charges:read']));
    expect(asked.length).toBe(2);
    clock.now += 110_000;
    expect(await tokens.tokenFor(list())).toBe(both[0]);
    clock.now += 6_000;
    expect(await tokens.tokenFor(list())).not.toBe(both[0]);
    expect(asked.length).toBe(3);
  });

  test('is kept no longer than the tokens of the policy may live', async () => {
    const { tokens, asked, clock } = await exchanging(granting({ expires_in: 86_400 }));
    const policy = { ...policyFixture(), tokenTtlSeconds: 60 };
    await tokens.tokenFor(callOf('pay/list', {}, policy));
    clock.now += 56_000;
    await tokens.tokenFor(callOf('pay/list', {}, policy));
    expect(asked.length).toBe(2);
  });

  test.each([undefined, 0, -5, '3600'])('is nothing whose end is not told (%j)', async (expires_in) => {
    const { tokens, asked } = await exchanging(granting({ expires_in }));
    await tokens.tokenFor(list());
    await tokens.tokenFor(list());
    expect(asked.length).toBe(2);
  });

  test('is never one for a high-stakes call, nor for another agent', async () => {
    const { tokens, asked } = await exchanging(granting());
    const got = [await tokens.tokenFor(refund()), await tokens.tokenFor(refund()), await tokens.tokenFor(list())];
    const call = list();
    got.push(await tokens.tokenFor({ ...call, asked: { ...call.asked, agent: 'helper' } }));
    expect(new Set(got).size).toBe(4);
    expect(asked.length).toBe(4);
  });

  test('is not a failure: the next call asks again', async () => {
    let isAway = true;
    const grant = granting();
    const { tokens } = await exchanging((asked, response) =>
      isAway ? json(response, { error: 'temporarily_unavailable' }, 503) : grant(asked, response),
    );
    await expect(tokens.tokenFor(list())).rejects.toThrow('answered 503 (temporarily_unavailable)');
    isAway = false;
    await expect(tokens.tokenFor(list())).resolves.toMatch(/^theirs-/);
  });
});

test('theirs comes back no more than ours', async () => {
  const { tokens, clock } = await exchanging(granting());
  const token = await tokens.tokenFor(refund());
  expect(tokens.clean(`{"text":"${token}"}`)).toBe('{"text":"[token removed]"}');
  clock.now = NOON + 3_600_000;
  expect(tokens.clean(token)).toBe(token);
});

describe('no token comes of', () => {
  const secret = 'eyJhbGciOiJub25lIn0.e30.c2VjcmV0';
  const answers: [string, Reply, string][] = [
    [
      'a refusal',
      (_, to) => json(to, { error: 'invalid_target', error_description: secret }, 400),
      '400 (invalid_target)',
    ],
    ['a refusal in words of its own', (_, to) => json(to, { error: `<${secret}>` }, 401), 'answered 401'],
    ['a page', (_, to) => to.writeHead(200).end('<html>'), 'answered 200'],
    ['a list', (_, to) => json(to, []), 'answered 200'],
    ['another status', (_, to) => json(to, { access_token: secret }, 201), 'answered 201'],
    ['nothing', (_, to) => json(to, { token_type: 'Bearer' }), 'gave no token'],
    ['text that is too short', granting({ access_token: 'a' }), 'gave no token'],
    ['text that a header cannot carry', granting({ access_token: `${secret}\r\nX: y` }), 'gave no token'],
    ['a token that needs proof', granting({ token_type: 'DPoP' }), 'no bearer token'],
    [
      'a refresh token',
      granting({ issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }),
      'no access token',
    ],
    ['a flood', (_, to) => to.writeHead(200).end(`[${'1,'.repeat(50_000)}`), 'more than 65536 bytes'],
    ['a broken line', (_, to) => to.destroy(), 'cannot be reached'],
  ];
  test.each(answers)('%s', async (_, reply, says) => {
    const { tokens, asked } = await exchanging(reply);
    const failed = await tokens.tokenFor(list()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(TokenFault);
    const { message } = failed as TokenFault;
    expect(message).toContain(says);
    expect(message).not.toContain('eyJ');
    expect(asked.length).toBe(1);
  });

  test('a redirect, wherever it leads', async () => {
    const other = await endpoint(granting());
    const { tokens } = await exchanging((_, to) => to.writeHead(307, { location: other.url.href }).end());
    await expect(tokens.tokenFor(list())).rejects.toThrow('answered 307');
    expect(other.asked).toEqual([]);
  });

  test('an endpoint that does not answer, or not to its end', async () => {
    for (const reply of [
      () => undefined,
      (_: Asked, to: ServerResponse) => void to.writeHead(200).write('{'),
    ] as Reply[]) {
      const { url } = await endpoint(reply);
      await expect(postForm(url, new URLSearchParams(), {}, 100)).rejects.toThrow('did not answer in time');
    }
  });
});

test('tokens go only where nobody listens in', () => {
  for (const good of [
    'https://auth.example.com/token',
    'http://127.0.0.1:8080/',
    'http://localhost/t',
    'http://[::1]:1/',
  ])
    expect(safeAddress(good)?.href).toBe(good);
  for (const bad of ['http://auth.example.com/', 'http://127.0.0.1.example.com/', 'http://localhost.example.com/'])
    expect(safeAddress(bad)).toBeUndefined();
  for (const bad of [
    '',
    'auth',
    'file:///etc/passwd',
    'https://a:b@auth.example.com/',
    'https://a.example/#x',
    'ftp://localhost/',
  ])
    expect(safeAddress(bad)).toBeUndefined();
});

test('a server has one name, however its address is written', () => {
  expect(canonicalUri('HTTPS://MCP.Example.com:443/mcp/#x')).toBe('https://mcp.example.com/mcp');
  expect(canonicalUri('https://mcp.example.com/')).toBe('https://mcp.example.com');
  expect(canonicalUri('https://u:p@mcp.example.com/mcp?tenant=1/')).toBe('https://mcp.example.com/mcp?tenant=1/');
  expect(canonicalUri('mcp')).toBeUndefined();
});
