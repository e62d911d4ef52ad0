import fc from 'fast-check';
import type { Manifest } from '../../src/model/manifest.ts';
import { smallManifests } from './manifest.ts';

/** Things that a manifest can hold and nothing in it uses, or that say the same twice. */
const PADS: readonly ((manifest: Manifest) => Manifest)[] = [
  (m) => ({
    ...m,
    mcpServers: { ...m.mcpServers, idle: { command: 'idle-mcp' } },
    servers: { ...m.servers, idle: { network: { allowedHosts: ['idle.example.com'] } } },
    credentials: { ...m.credentials, IDLE_KEY: { servers: ['idle'], mode: 'test' } },
  }),
  (m) => ({ ...m, credentials: { ...m.credentials, OLD_KEY: { servers: [], mode: 'live' } } }),
  (m) => ({ ...m, data: { ...m.data, 'nobody reads it': { classification: 'regulated' } } }),
  (m) => ({ ...m, network: { egress: 'none', allowedHosts: ['docs.example.com', 'Docs.example.com'] } }),
  (m) => ({
    ...m,
    tools: { ...m.tools, 'files/purge': { effect: 'write', access: 'deny', callsPerDay: 3, cost: { usd: 1 } } },
  }),
  (m) => ({
    ...m,
    tools: { ...m.tools, 'files/stat': { effect: 'read', data: [], reversible: false, impact: 'high' } },
  }),
  (m) => ({
    ...m,
    limits: { ...m.limits, usdPerDay: 1, usdPerSession: 9, subagentsPerSession: 1, concurrentSubagents: 2 },
  }),
  (m) => ({ ...m, approvals: { approvers: ['oncall'] }, autonomy: { ...m.autonomy, review: 'none' } }),
];

/** Agents that carry more than they use. */
export const padded: fc.Arbitrary<Manifest> = fc
  .tuple(smallManifests, fc.subarray([...PADS], { minLength: 1, maxLength: 3 }))
  .map(([manifest, pads]) => {
    const { files } = manifest.mcpServers ?? {};
    // `files/…` must lead somewhere, so that the manifest loads.
    const base = files
      ? manifest
      : { ...manifest, mcpServers: { ...manifest.mcpServers, files: { command: 'files' } } };
    return pads.reduce((made, pad) => pad(made), base);
  });
