import type { Agent } from '../../manifest/tree.ts';
import type { PatchOperation } from '../../model/assessment.ts';

export const remove = ({ id, base }: Agent, pointer: string): PatchOperation => ({
  agent: id,
  op: 'remove',
  path: `${base}${pointer}`,
});

export const replace = ({ id, base }: Agent, pointer: string, value: unknown): PatchOperation => ({
  agent: id,
  op: 'replace',
  path: `${base}${pointer}`,
  value,
});
