import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { argumentsDigest } from '../../src/audit/canonical.ts';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import { tokenKeys } from '../../src/gate/tokens/keys.ts';
import { AUDIENCE, callOf, folder, ISSUER, minting, NOON, REFUND } from './tokens.fixture.ts';

const seconds = NOON / 1000;

test('a token says who calls what, for whom, with which arguments, and for how long', async () => {
  const { tokens, keys } = minting();
  const call = callOf('pay/refund', REFUND);
  const token = await tokens.tokenFor(call);
  const { kid } = await keys.current();
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid });
  expect(decodeJwt(token)).toEqual({
    iss: ISSUER,
    sub: 'ada',
    client_id: 'urn:stakes:agent:desk',
    aud: AUDIENCE,
    iat: seconds,
    exp: seconds + 300,
    jti: call.id,
    act: { sub: 'urn:stakes:agent:desk' },
    authorization_details: [
      {
        type: 'urn:stakes:mcp-call',
        locations: [AUDIENCE],
        actions: ['tools/call'],
        identifier: 'refund',
        arguments_digest: argumentsDigest(REFUND),
        single_use: true,
      },
    ],
  });
});

test('another library takes it by the published keys', async () => {
  const { tokens } = minting();
  const token = await tokens.tokenFor(callOf('pay/list', {}));
  const jwks = await tokens.jwks();
  const options = { audience: AUDIENCE, issuer: ISSUER, typ: 'at+jwt', currentDate: new Date(NOON) };
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), options);
  expect(payload.authorization_details).toMatchObject([{ identifier: 'list', single_use: false }]);
  expect(await calculateJwkThumbprint(jwks.keys[0] ?? {})).toBe(jwks.keys[0]?.kid);
});

test('an agent that no person starts acts for itself', async () => {
  const { tokens } = minting({ onBehalfOf: undefined });
  const claims = decodeJwt(await tokens.tokenFor(callOf('pay/list', {})));
  expect(claims).toMatchObject({ sub: 'urn:stakes:agent:desk', client_id: 'urn:stakes:agent:desk' });
  expect(claims).not.toHaveProperty('act');
});

test("the policy's scopes for the tool are in it, and no others", async () => {
  const { tokens } = minting();
  const policy = policyFixture();
  Object.assign(policy.agents.desk?.tools['pay/refund'] ?? {}, { scopes: ['refunds:write', 'charges:read'] });
  expect(decodeJwt(await tokens.tokenFor(callOf('pay/refund', REFUND, policy))).scope).toBe(
    'refunds:write charges:read',
  );
  expect(decodeJwt(await tokens.tokenFor(callOf('pay/list', {}, policy)))).not.toHaveProperty('scope');
});

test.each([
  [5, 60],
  [60, 60],
  [120, 120],
  [900, 300],
])('a policy whose tokens live %i seconds gets %i, and hears of it once', async (wanted, given) => {
  const { tokens, told } = minting();
  const policy = { ...policyFixture(), tokenTtlSeconds: wanted };
  for (let round = 0; round < 2; round++) {
    const { iat = 0, exp = 0 } = decodeJwt(await tokens.tokenFor(callOf('pay/list', {}, policy)));
    expect(exp - iat).toBe(given);
  }
  expect(told.length).toBe(wanted === given ? 0 : 1);
});

describe('keys', () => {
  test('are made once, for their owner alone, and told without the private part', async () => {
    const { keys, folder: at } = minting();
    const { kid } = await keys.current();
    expect(readdirSync(at).sort()).toEqual(['jwks.json', 'tokens.pem']);
    expect(statSync(join(at, 'tokens.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(at).mode & 0o777).toBe(0o700);
    const told = JSON.parse(readFileSync(join(at, 'jwks.json'), 'utf8')) as unknown;
    const { x } = createPublicKey(createPrivateKey(readFileSync(join(at, 'tokens.pem')))).export({ format: 'jwk' });
    expect(told).toEqual({ keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' }] });
    expect(await tokenKeys(at, () => NOON).jwks()).toEqual(told);
  });

  test('gates that start at the same time agree on one', async () => {
    const at = folder();
    const kids = await Promise.all(
      Array.from({ length: 8 }, async () => (await tokenKeys(join(at, 'k'), () => NOON).current()).kid),
    );
    expect(new Set(kids).size).toBe(1);
    expect(readdirSync(join(at, 'k')).sort()).toEqual(['jwks.json', 'tokens.pem']);
  });

  test('that others can read sign nothing', async () => {
    const { tokens, keys, folder: at, clock } = minting();
    await keys.current();
    const file = join(at, 'tokens.pem');
    writeFileSync(`${file}.open`, readFileSync(file), { mode: 0o644 });
    rmSync(file);
    writeFileSync(file, readFileSync(`${file}.open`), { mode: 0o644 });
    clock.now += 2_000;
    await expect(tokens.tokenFor(callOf('pay/list', {}))).rejects.toMatchObject({ code: 'open-key' });
  });

  test('are replaced: gates that run follow, and what the old one signed last can be checked until it ends', async () => {
    const { tokens, keys, folder: at, clock } = minting();
    const other = tokenKeys(at, () => clock.now);
    const before = (await keys.current()).kid;
    const { kid } = await other.rotate();
    expect(kid).not.toBe(before);
    expect((await other.jwks()).keys.map((key) => key.kid)).toEqual([kid, before]);
    expect((await keys.current()).kid).toBe(before);
    const last = await tokens.tokenFor(callOf('pay/list', {}));
    clock.now += 1_500;
    expect(decodeProtectedHeader(await tokens.tokenFor(callOf('pay/list', {}))).kid).toBe(kid);
    clock.now = NOON + 300_000;
    const date = { currentDate: new Date(clock.now - 1_000) };
    await expect(jwtVerify(last, createLocalJWKSet(await tokens.jwks()), date)).resolves.toBeDefined();
    clock.now += 120_000;
    expect((await tokens.jwks()).keys.map((key) => key.kid)).toEqual([kid]);
  });

  test('of which the public file was damaged or left behind by a kill are told right again', async () => {
    const { keys, folder: at, clock } = minting();
    const { kid } = await keys.current();
    writeFileSync(join(at, 'jwks.json'), '{"keys":[{"kty":"OKP"');
    expect((await tokenKeys(at, () => clock.now).jwks()).keys.map((key) => key.kid)).toEqual([kid]);
  });
});

describe('what comes back from a server', () => {
  test.each([
    ['as it is', (token: string) => token],
    ['as a bearer', (token: string) => `Bearer ${token}, thanks`],
    ['spelled with numbers', (token: string) => `\\u0065${token.slice(1).replaceAll('.', '\\u002e')}`],
    ['cut at its end', (token: string) => token.slice(0, -1)],
  ])('holds no token %s', async (_, spelled) => {
    const { tokens } = minting();
    const token = await tokens.tokenFor(callOf('pay/list', {}));
    const line = `{"a":"${spelled(token)}","b":"\\\\u0065 stays, as does \\n"}`;
    const clean = tokens.clean(line);
    const value = JSON.parse(clean) as { a: string; b: string };
    expect(value.a).toContain('[token removed]');
    expect(value.a).not.toContain(token.slice(-80, -2));
    expect(value.a).not.toContain(token.split('.')[1]);
    expect(value.b).toBe('\\u0065 stays, as does \n');
  });

  test('is the same to the byte where it holds none', async () => {
    const { tokens } = minting();
    await tokens.tokenFor(callOf('pay/list', {}));
    for (const line of ['{"a":"\\u0065yJ","b":"\\/"}', '{"id":12345678901234567890}', 'eyJhbGciOiJub25lIn0.e30.'])
      expect(tokens.clean(line)).toBe(line);
  });
});
