import { createHash } from 'node:crypto';
import type { Policy } from '../../model/policy.ts';
import type { Box } from '../container/boxes.ts';
import type { Place } from '../container/places.ts';

/** Of a Pod and of what belongs to it alone: its NetworkPolicy, its Secret, its image before an overlay names one. */
export function podName({ root }: Policy, { path }: Box): string {
  return labelOf(`stakes-${root}-${path.replaceAll('/', '-')}`, JSON.stringify([root, path]));
}

/** Of the claim that holds one folder. The same folder of two processes of an agent is one claim. */
export function claimName({ root: agent }: Policy, { root, rest }: Place): string {
  const folder = { project: 'project', home: 'home', machine: 'machine' }[root];
  return labelOf(`stakes-${agent}-${folder}${rest === '' ? '' : `-${rest}`}`, JSON.stringify([agent, root, rest]));
}

/** What Kubernetes takes as a name, another one for every other `key`. */
function labelOf(text: string, key: string): string {
  const readable = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 44)
    .replace(/-+$/, '');
  return `${readable}-${createHash('sha256').update(key, 'utf16le').digest('hex').slice(0, 12)}`;
}
