import { createHash } from 'node:crypto';
import { canonicalJson } from '../source/record.ts';
import type { Agent } from './tree.ts';

/** Of every manifest in a tree, whatever order its keys are in: `sha256:` and 64 hexadecimal digits. */
export function digestOf(agents: readonly Agent[]): string {
  const manifests = Object.fromEntries(agents.map(({ id, manifest }) => [id, manifest]));
  return `sha256:${createHash('sha256').update(canonicalJson(manifests)).digest('hex')}`;
}
