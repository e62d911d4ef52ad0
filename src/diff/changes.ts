import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { Change } from '../model/diff.ts';
import { pointerOf, tokensOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';

/** What differs between two trees, agent by agent: maps field by field, everything else whole. */
export function changesOf(base: Agent, head: Agent): Change[] {
  const before = new Map(agentsOf(base).map((agent) => [agent.id, agent]));
  return agentsOf(head).flatMap((agent) => {
    const other = agent === head ? base : before.get(agent.id);
    return other ? inManifests(other, agent) : [];
  });
}

function inManifests(base: Agent, head: Agent): Change[] {
  const found: Change[] = [];
  const visit = (from: unknown, to: unknown, path: string): void => {
    if (isRecord(from) && isRecord(to)) {
      for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
        visit(own(from, key), own(to, key), path + pointerOf(key));
      }
    } else if (JSON.stringify(from) !== JSON.stringify(to)) {
      const place = to === undefined ? undefined : head.place(path);
      found.push({
        file: head.file,
        document: head.document,
        agent: head.id,
        pointer: head.base + path,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(place ? { place } : {}),
      });
    }
  };
  visit(outlined(base), outlined(head), '');
  return found;
}

const own = (map: Record<string, unknown>, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

/** The manifest without what has no meaning for its reach, and with inline subagents named, as they are agents of their own. */
function outlined({ manifest }: Agent): Record<string, unknown> {
  const { subagents, ...rest } = manifest;
  if (!subagents) return { ...rest };
  const names = Object.entries(subagents).map(([name, { manifest: inner }]) => [
    name,
    { manifest: typeof inner === 'string' ? inner : inner.agent.id },
  ]);
  return { ...rest, subagents: Object.fromEntries(names) };
}

/** The name of the tool that a change is about, if it is about one, and the field. */
export function toolOf({ pointer }: Change, base = ''): { tool: string; field: string | undefined } | undefined {
  const [map, tool, field] = tokensOf(pointer.slice(base.length));
  return map === 'tools' && tool !== undefined ? { tool, field } : undefined;
}

/** The change as a patch on the tree that has it: `undo` leads back to the base. */
export function patchOf({ agent, pointer, ...values }: Change, undo: boolean): PatchOperation {
  const value = undo ? values.from : values.to;
  return value === undefined
    ? { agent, op: 'remove', path: pointer }
    : { agent, op: (undo ? values.to : values.from) === undefined ? 'add' : 'replace', path: pointer, value };
}
