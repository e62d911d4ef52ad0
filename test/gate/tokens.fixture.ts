import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { argumentsDigest } from '../../src/audit/canonical.ts';
import { policyFixture } from '../../src/enforce/policy.fixture.ts';
import type { TokenCall } from '../../src/gate/tokens/claims.ts';
import { type TokenKeys, tokenKeys } from '../../src/gate/tokens/keys.ts';
import { openTokens, type TokenParts, type Tokens } from '../../src/gate/tokens/open.ts';
import type { Policy } from '../../src/model/policy.ts';
import { gateUrn, serverUrn } from '../../src/model/token.ts';

export const ISSUER = gateUrn('desk');
export const AUDIENCE = serverUrn('pay');
export const NOON = Date.UTC(2026, 10, 22, 12);
export const REFUND = { amount: 120, charge: 'ch_12345678' };

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stakes-tokens-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

export interface Minting {
  tokens: Tokens;
  keys: TokenKeys;
  told: string[];
  /** Milliseconds; move it. */
  clock: { now: number };
  folder: string;
}

export function minting(more: Partial<TokenParts> = {}): Minting {
  const clock = { now: NOON };
  const told: string[] = [];
  const at = folder();
  const now = () => clock.now;
  const keys = tokenKeys(join(at, 'keys'), now);
  const parties = { issuer: ISSUER, audience: AUDIENCE, onBehalfOf: 'ada' };
  const tokens = openTokens({ keys, now, tell: (text) => told.push(text), ...parties, ...more });
  return { tokens, keys, told, clock, folder: join(at, 'keys') };
}

let calls = 0;

/** A call of the desk; `pay/refund` is high-stakes, everything else of `pay` is not. */
export function callOf(tool: string, values: unknown, policy: Policy = policyFixture()): TokenCall {
  return {
    asked: { agent: 'desk', tool, arguments: values, digest: argumentsDigest(values) },
    value: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { arguments: values } },
    by: { policy: { ...policy, tokenTtlSeconds: policy.tokenTtlSeconds }, digest: 'sha256:0' },
    id: `s-1.${++calls}`,
  };
}
