import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';

/** Sets a field, whether or not it is there. */
export function put({ id, base }: Agent, pointer: string, value: unknown): PatchOperation {
  return { agent: id, op: 'add', path: `${base}${pointer}`, value };
}
