import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { decodeJwt, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  REFUSALS,
  type Refusal,
  replaysInMemory,
  TokenRefused,
  tokenInHeader,
  tokenInMeta,
  verifyCall,
  verifyConnection,
} from '../../src/verify-token/index.ts';
import { AUDIENCE, callOf, ISSUER, minting, NOON, REFUND } from './tokens.fixture.ts';

/** A token for a refund, what a server would check it with, and the key that signed it. */
async function given(more: Parameters<typeof minting>[0] = {}) {
  const { tokens, keys, clock } = minting(more);
  const token = await tokens.tokenFor(callOf('pay/refund', REFUND));
  const check = {
    token,
    keys: await tokens.jwks(),
    issuer: ISSUER,
    audience: AUDIENCE,
    tool: 'refund',
    arguments: REFUND as unknown,
    replays: replaysInMemory(),
    now: () => clock.now,
  };
  const { secret, kid } = await keys.current();
  const signed = (claims: object, header: object = {}) =>
    new SignJWT({ ...decodeJwt(token), ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header })
      .sign(secret);
  return { check, clock, tokens, keys, signed };
}

const codeOf = (check: Parameters<typeof verifyCall>[0]): Promise<Refusal | 'taken'> =>
  verifyCall(check).then(
    () => 'taken' as const,
    (error: unknown) => {
      if (!(error instanceof TokenRefused)) throw error;
      expect(error.message).toBe(REFUSALS[error.code]);
      return error.code;
    },
  );

test('the right token for the right call is taken, and says who calls', async () => {
  const { check } = await given();
  expect(await verifyCall(check)).toEqual({
    agent: 'urn:stakes:agent:desk',
    onBehalfOf: 'ada',
    scopes: [],
    id: expect.stringMatching(/^s-1\.\d+$/),
    singleUse: true,
  });
});

test('one for a call that cannot be undone is taken once, another as often as it comes', async () => {
  const { check, tokens, clock } = await given();
  expect(await codeOf(check)).toBe('taken');
  expect(await codeOf(check)).toBe('replayed');
  const list = { ...check, token: await tokens.tokenFor(callOf('pay/list', {})), tool: 'list', arguments: {} };
  expect([await codeOf(list), await codeOf(list)]).toEqual(['taken', 'taken']);
  const both = { ...check, token: await tokens.tokenFor(callOf('pay/refund', REFUND)), replays: replaysInMemory() };
  expect((await Promise.all([codeOf(both), codeOf(both)])).sort()).toEqual(['replayed', 'taken']);
  clock.now += 1;
});

test('a refused token is not used up', async () => {
  const { check } = await given();
  expect(await codeOf({ ...check, arguments: { ...REFUND, amount: 121 } })).toBe('arguments');
  expect(await codeOf(check)).toBe('taken');
});

test('what is remembered is bounded: a full memory takes nothing until something in it ends', async () => {
  const { check, tokens, clock } = await given();
  const replays = replaysInMemory(1, () => clock.now);
  expect(await codeOf({ ...check, replays })).toBe('taken');
  const next = { ...check, replays, token: await tokens.tokenFor(callOf('pay/refund', REFUND)) };
  expect(await codeOf(next)).toBe('replays-full');
  clock.now += 310_000;
  const last = { ...check, replays, token: await tokens.tokenFor(callOf('pay/refund', REFUND)) };
  expect(await codeOf(last)).toBe('taken');
});

describe('a call is refused', () => {
  type Given = Awaited<ReturnType<typeof given>>;
  const other = generateKeyPairSync('ed25519').privateKey;
  const cases: [Refusal, string, (at: Given) => object | Promise<object>][] = [
    ['missing', 'without a token', () => ({ token: undefined })],
    ['missing', 'with an empty one', () => ({ token: '' })],
    ['malformed', 'with other text', () => ({ token: 'open sesame' })],
    ['malformed', 'with very long text', ({ check }) => ({ token: `${check.token}${'a'.repeat(20_000)}` })],
    ['type', 'of another type', async ({ signed }) => ({ token: await signed({}, { typ: 'JWT' }) })],
    ['algorithm', 'without a signature', ({ check }) => ({ token: unsigned(check.token) })],
    ['algorithm', 'under a shared secret', async ({ check }) => ({ token: await shared(check.token) })],
    ['key', 'of an unknown key', async ({ signed }) => ({ token: await signed({}, { kid: 'x' }) })],
    ['key', 'without the name of one', async ({ signed }) => ({ token: await signed({}, { kid: undefined }) })],
    ['signature', 'of another key under the same name', async ({ check }) => ({ token: await by(other, check.token) })],
    ['issuer', 'of another gate', () => ({ issuer: 'urn:stakes:gate:other' })],
    ['audience', 'for another server', () => ({ audience: 'urn:stakes:server:mail' })],
    ['audience', 'for several servers', async ({ signed }) => ({ token: await signed({ aud: [AUDIENCE, 'x'] }) })],
    ['expired', 'too late', () => ({ now: () => NOON + 306_000 })],
    ['early', 'too early', () => ({ now: () => NOON - 6_000 })],
    ['lifetime', 'for too long', async ({ signed }) => ({ token: await signed({ exp: NOON / 1000 + 301 }) })],
    ['malformed', 'without an end', async ({ signed }) => ({ token: await signed({ exp: undefined }) })],
    ['malformed', 'without a name', async ({ signed }) => ({ token: await signed({ jti: undefined }) })],
    ['details', 'for no call', async ({ signed }) => ({ token: await signed({ authorization_details: [] }) })],
    ['details', 'of another method', () => ({ method: 'resources/read' })],
    ['tool', 'of another tool', () => ({ tool: 'drop' })],
    ['arguments', 'with other arguments', () => ({ arguments: { ...REFUND, charge: 'ch_87654321' } })],
    ['arguments', 'with one more', () => ({ arguments: { ...REFUND, note: '' } })],
    ['arguments', 'without any', () => ({ arguments: undefined })],
    ['arguments', 'with some that are no JSON', () => ({ arguments: { amount: Number.NaN } })],
  ];
  test.each(cases)('(%s) %s', async (code, _, change) => {
    const at = await given();
    expect(await codeOf({ ...at.check, ...(await change(at)) })).toBe(code);
  });

  test('for every reason that there is', () => {
    const tested = new Set([...cases.map(([code]) => code), 'replayed', 'replays-full']);
    expect([...tested].sort()).toEqual(Object.keys(REFUSALS).sort());
  });

  test('when its key was replaced long ago, and not before', async () => {
    const { check, keys, clock, tokens, signed } = await given();
    await keys.rotate();
    const rotated = { ...check, keys: await tokens.jwks() };
    clock.now += 290_000;
    expect(await codeOf(rotated)).toBe('taken');
    clock.now += 200_000;
    const late = { iat: clock.now / 1000, exp: clock.now / 1000 + 60 };
    expect(await codeOf({ ...rotated, token: await signed(late) })).toBe('key');
  });
});

test('a token of a connection is for no call, and one of a call for no connection', async () => {
  const { check, tokens } = await given();
  const { token, until } = await tokens.tokenForConnection('desk', 120);
  expect(until).toBe(NOON + 120_000);
  const connection = { ...check, token };
  expect(await verifyConnection(connection)).toEqual({ agent: 'urn:stakes:agent:desk', onBehalfOf: 'ada' });
  expect(await codeOf(connection)).toBe('details');
  await expect(verifyConnection(check)).rejects.toMatchObject({ code: 'details' });
  await expect(verifyConnection({ ...connection, audience: 'urn:x:y' })).rejects.toMatchObject({ code: 'audience' });
  await expect(verifyConnection({ ...connection, token: undefined })).rejects.toMatchObject({ code: 'missing' });
});

test('whatever is changed in it, a token is not taken', async () => {
  const { check } = await given();
  await fc.assert(
    fc.asyncProperty(fc.nat(check.token.length - 1), fc.constantFrom(...'AZaz09_-.'), async (at, letter) => {
      fc.pre(check.token[at] !== letter);
      const changed = `${check.token.slice(0, at)}${letter}${check.token.slice(at + 1)}`;
      // The last letter of a part has bits that mean nothing.
      fc.pre(!sameBytes(changed, check.token));
      expect(await codeOf({ ...check, token: changed })).not.toBe('taken');
    }),
    { numRuns: 300 },
  );
});

test('the order and the spelling of arguments do not matter, their values do', async () => {
  const { check } = await given();
  expect(await codeOf({ ...check, arguments: { charge: REFUND.charge, amount: 120.0 } })).toBe('taken');
});

test('a private key among the keys is a mistake that is told, not used', async () => {
  const { check } = await given();
  const { d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const keys = { keys: [{ ...check.keys.keys[0], d }] };
  await expect(verifyCall({ ...check, keys })).rejects.toThrow(TypeError);
});

test('a token is found where each transport has it, and nowhere else', () => {
  expect(tokenInMeta({ _meta: { 'stakes.gate/token': 'x' } })).toBe('x');
  for (const params of [undefined, null, [], {}, { _meta: null }, { _meta: { 'stakes.gate/token': 1 } }])
    expect(tokenInMeta(params)).toBeUndefined();
  expect(tokenInHeader('bearer  a.b.c')).toBe('a.b.c');
  for (const header of [undefined, null, '', 'Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer a,b', 'XBearer a'])
    expect(tokenInHeader(header)).toBeUndefined();
});

const sameBytes = (one: string, other: string) =>
  one.split('.').length === other.split('.').length &&
  one
    .split('.')
    .every((part, i) => Buffer.from(part, 'base64url').equals(Buffer.from(other.split('.')[i] ?? '', 'base64url')));

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}

const shared = (token: string) =>
  new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(Buffer.alloc(32, 1));

function by(key: Parameters<SignJWT['sign']>[0], token: string): Promise<string> {
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { alg: string };
  return new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(key);
}
