import fc from 'fast-check';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { manifests } from './manifest.ts';

const MILD: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'none', data: [] };

/** Agents most of whose tools ask a person, often, by themselves or by the review. */
export const gated: fc.Arbitrary<Manifest> = fc
  .tuple(manifests({ depth: 0 }), fc.boolean(), fc.constantFrom(12, 150))
  .map(([manifest, reviewed, callsPerDay]): Manifest => {
    const tools = Object.entries(manifest.tools).map(([tool, { access, ...facts }]): [string, ToolFacts] => [
      tool,
      { ...MILD, ...facts, ...(reviewed ? {} : { access: access === 'deny' ? 'deny' : 'ask' }), callsPerDay },
    ]);
    const autonomy = { ...manifest.autonomy, review: 'each-action' as const };
    return { ...manifest, autonomy, approvals: { approvers: ['oncall'] }, tools: Object.fromEntries(tools) };
  });
