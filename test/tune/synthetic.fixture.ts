import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeSyntheticLog } from '../../src/dev/synthetic-log.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { buildPolicy } from '../../src/policy/build.ts';

const free: ToolFacts = { effect: 'write', reversible: true, impact: 'low', data: ['orders'], egress: 'none' };
const grave: ToolFacts = { effect: 'write', reversible: false, impact: 'high', data: ['orders'], egress: 'none' };

/** An agent with eight things about it that its records speak against, and as many that they do not. */
export const manifest: Manifest = {
  schemaVersion: 1,
  agent: { id: 'order-desk', owner: 'orders', environment: 'production' },
  concern: 'security',
  autonomy: { initiation: 'event', review: 'high-stakes' },
  approvals: { approvers: ['orders-oncall'], channel: 'inbox', expires: '15m' },
  inputs: { untrusted: false },
  data: { orders: { classification: 'internal', source: 'production' } },
  mcpServers: { shop: { command: 'shop-server' }, mail: { command: 'mail-server' }, files: { command: 'file-server' } },
  tools: {
    'shop/list_orders': { effect: 'read', data: ['orders'], egress: 'none', scopes: ['orders:read'] },
    'shop/update_note': { ...free, access: 'ask', scopes: ['orders:write'] },
    'shop/refund': { ...grave, access: 'ask', scopes: ['orders:write'], record: ['/amount', '/reason'] },
    'shop/cancel': { ...grave, access: 'ask', scopes: ['orders:write'], maxCallsPerDay: 16 },
    'shop/export_all': { ...free, access: 'allow', scopes: ['orders:export'] },
    'shop/tag': { ...free, access: 'allow', scopes: ['orders:write'], maxCallsPerDay: 5000 },
    'shop/set_priority': { ...free, access: 'allow', scopes: ['orders:write'], record: ['/level', '/note'] },
    'mail/notify': { ...free, access: 'allow', maxCallsPerDay: 40 },
    'mail/digest': { ...free, access: 'allow', maxCallsPerDay: 12 },
    'files/read': { effect: 'read', data: ['orders'], egress: 'none' },
  },
  network: { egress: 'none' },
  filesystem: { read: [], write: [] },
  credentials: {
    SHOP_KEY: { servers: ['shop'], mode: 'live', scopes: ['orders:read', 'orders:write', 'orders:export'], ttl: '15m' },
  },
  limits: { usdPerDay: 20, turnsPerSession: 40, tokensPerSession: 400_000, callsPerMinute: 4000, repeatsPerCall: 6 },
  controls: {
    sandbox: { by: 'gVisor', evidence: 'runbook/1' },
    'audit-log': { evidence: 'runbook/2' },
    'signed-audit': { evidence: 'runbook/3' },
    'deny-by-default': { evidence: 'runbook/4' },
  },
};

/** What the records speak for, and nothing else. */
export const PLANTED = [
  'bound-gate:order-desk:shop/refund',
  'drop-scope:order-desk:SHOP_KEY',
  'drop-tool:order-desk:shop/export_all',
  'fit-limits:order-desk:callsPerMinute',
  'lower-cap:order-desk:shop/tag',
  'narrow-arguments:order-desk:shop/set_priority',
  'open-gate:order-desk:shop/update_note',
  'raise-cap:order-desk:mail/notify',
] as const;

/** A manifest, its policy and at least so many records of it, in a folder. */
export function writeSynthetic(folder: string, records: number, seed = 7): void {
  const policy = buildPolicy(agentOf(manifest));
  if (policy.state !== 'ok') throw new Error('the manifest has no policy');
  mkdirSync(join(folder, '.stakes/order-desk'), { recursive: true });
  writeFileSync(join(folder, '.stakes/order-desk/policy.json'), `${JSON.stringify(policy.value, null, 2)}\n`);
  writeFileSync(join(folder, 'order-desk.agent.yaml'), stringify(manifest));
  writeSyntheticLog(folder, records, seed);
}
