import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { findingsOf } from '../../src/lint/run.ts';
import { createLoader } from '../../src/manifest/load.ts';
import type { Tier } from '../../src/model/tiers.ts';
import { rules } from '../../src/rules/registry.generated.ts';

const BASE = `schemaVersion: 1
agent: { id: quiet, owner: platform, environment: production }
limits: { callsPerMinute: 30, tokensPerSession: 200000`;
const SANDBOX = 'sandbox: { by: gVisor, evidence: runbook/1 }';
const AUDIT = 'audit-log: { by: the log platform, evidence: dashboard/1 }';
const DENY = 'deny-by-default: { by: the gateway, evidence: change/1 }';
const SIGNED = 'signed-audit: { by: the gateway, evidence: change/2 }';
const NEVER = 'write, reversible: false, impact: high';

/** The least that is right at each tier. */
const MINIMAL: Record<Tier, string> = {
  light: `${BASE} }
autonomy: { initiation: human, review: none }
inputs: { untrusted: true }
data: { site: { classification: public } }
mcpServers: { docs: { command: npx, args: [-y, docs-mcp@1.0.0] } }
tools: { docs/read: { effect: read, data: [site], egress: none } }
controls: { ${SANDBOX} }
`,
  medium: `${BASE} }
autonomy: { initiation: human, review: none }
inputs: { untrusted: false }
data: { notes: { classification: internal } }
mcpServers: { docs: { command: npx, args: [-y, docs-mcp@1.0.0] } }
tools:
  docs/read: { effect: read, data: [notes], egress: none }
  docs/edit: { effect: write, reversible: true, impact: low, data: [notes], egress: none }
controls: { ${SANDBOX}, ${AUDIT} }
`,
  'medium-plus': `${BASE} }
autonomy: { initiation: human, review: high-stakes }
approvals: { approvers: [alice], channel: inbox }
inputs: { untrusted: false }
data: { orders: { classification: internal } }
mcpServers: { shop: { command: npx, args: [-y, shop-mcp@1.0.0] } }
tools:
  shop/list: { effect: read, data: [orders], egress: none }
  shop/refund: { effect: ${NEVER}, data: [orders], egress: none, callsPerDay: 5 }
network: { egress: none }
controls: { ${SANDBOX}, ${AUDIT}, ${DENY} }
`,
  full: `${BASE}, usdPerDay: 10, repeatsPerCall: 3 }
autonomy: { initiation: event, review: none }
inputs: { untrusted: false }
data: { orders: { classification: internal } }
mcpServers: { shop: { command: npx, args: [-y, shop-mcp@1.0.0] } }
tools:
  shop/list: { effect: read, data: [orders], egress: none, scopes: [orders:read] }
  shop/refund:
    effect: write
    reversible: false
    impact: high
    data: [orders]
    egress: none
    scopes: [refunds:write]
    maxCallsPerDay: 20
    arguments:
      type: object
      required: [order, amount]
      properties: { order: { type: string, pattern: "^[0-9]{1,12}$" }, amount: { type: integer, minimum: 1, maximum: 50 } }
      additionalProperties: false
    because: fifty dollars at most, twenty times a day
network: { egress: none }
credentials: { SHOP_KEY: { servers: [shop], mode: live, scopes: [orders:read, refunds:write], ttl: 15m } }
controls: { ${SANDBOX}, ${AUDIT}, ${DENY}, ${SIGNED} }
`,
};

function load(text: string) {
  const loaded = createLoader({ cwd: '/', root: '/' }).loadText('agent.yaml', text);
  if (loaded.state !== 'ok') throw new Error(loaded.problems.map(({ message }) => message).join('; '));
  return loaded.value;
}

const told = (text: string) => findingsOf(load(text), rules).map(({ rule, pointer }) => `${rule} ${pointer}`);

describe('the least that is right has no finding', () => {
  test.each(Object.entries(MINIMAL))('%s', (tier, text) => {
    const [agent] = load(text);
    expect(agent && assess(agent).tier).toBe(tier);
    expect(told(text)).toEqual([]);
  });
});

test('the examples have none, but for the one that leaves facts open on purpose', () => {
  const folder = join(import.meta.dirname, '../../examples');
  const loader = createLoader({ cwd: folder, root: folder });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.agent.yaml'))) {
    const loaded = loader.load(name);
    if (loaded.state !== 'ok') throw new Error(name);
    const found = findingsOf(loaded.value, rules).map(({ rule }) => rule);
    if (name.startsWith('meeting-scribe')) expect(found).toContain('wildcard-tool');
    else expect([name, found]).toEqual([name, []]);
  }
});
