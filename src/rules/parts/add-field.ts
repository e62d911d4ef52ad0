import type { Agent } from '../../manifest/tree.ts';
import type { PatchOperation } from '../../model/assessment.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';

/** Sets a field of the manifest; maps on the way that are not there are made. */
export function addField(agent: Agent, path: readonly string[], value: unknown): PatchOperation[] {
  let holder: unknown = agent.manifest;
  let there = 0;
  while (there < path.length - 1 && isRecord(holder) && Object.hasOwn(holder, path[there] ?? '')) {
    holder = holder[path[there] ?? ''];
    there++;
  }
  const inner = path.slice(there + 1).reduceRight<unknown>((made, key) => ({ [key]: made }), value);
  return [{ agent: agent.id, op: 'add', path: `${agent.base}${pointerOf(...path.slice(0, there + 1))}`, value: inner }];
}
