import { givenAt } from '../manifest/given.ts';
import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { Change } from '../model/diff.ts';
import { pointerOf, tokensOf } from '../source/pointer.ts';
import { canonicalJson, isRecord } from '../source/record.ts';
import { partnersOf } from './partners.ts';

/** What differs between two trees, agent by agent: maps field by field, everything else whole. */
export function changesOf(base: Agent, head: Agent, partners = partnersOf(base, head)): Change[] {
  const now = new Map([...partners].map(([agent, other]) => [other, agent]));
  return [...partners].flatMap(([agent, other]) =>
    inManifests(other, agent, (inner) => now.get(inner)?.id ?? inner.id),
  );
}

/** `named`: what an agent of the base is called in the head. */
function inManifests(base: Agent, head: Agent, named: (inner: Agent) => string): Change[] {
  const found: Change[] = [];
  const visit = (from: unknown, to: unknown, path: string): void => {
    if (isRecord(from) && isRecord(to)) {
      for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
        visit(own(from, key), own(to, key), path + pointerOf(key));
      }
    } else if (!isSame(from, to, path)) {
      const place = to === undefined ? undefined : (givenAt(head, path)?.place() ?? head.place(path));
      found.push({
        file: place?.file ?? head.file,
        document: head.document,
        agent: head.id,
        pointer: head.base + path,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(place ? { place } : {}),
      });
    }
  };
  visit(
    outlined(base, named),
    outlined(head, ({ id }) => id),
    '',
  );
  return found;
}

/** A list of names is a set, but for the arguments of a program. */
function isSame(from: unknown, to: unknown, path: string): boolean {
  const isSet = isNames(from) && isNames(to) && !path.startsWith('/mcpServers/');
  return isSet
    ? canonicalJson([...from].sort()) === canonicalJson([...to].sort())
    : canonicalJson(from) === canonicalJson(to);
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const own = (map: Record<string, unknown>, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

/** The manifest with inline subagents named only: they are agents of their own. To have none is to name none. */
function outlined({ manifest, subagents: inner }: Agent, named: (inner: Agent) => string): Record<string, unknown> {
  const names = Object.entries(manifest.subagents ?? {}).map(([name, { manifest: written, ...more }]) => {
    const agent = Object.hasOwn(inner, name) ? inner[name] : undefined;
    return [name, { ...more, manifest: typeof written === 'string' || !agent ? written : named(agent) }];
  });
  return { ...manifest, subagents: Object.fromEntries(names) };
}

/** The name of the subagent that a change of its parent is about. `base`: of the parent, in its document. */
export function subagentOf({ pointer }: Change, base: string): string | undefined {
  const [map, name] = tokensOf(pointer.slice(base.length));
  return map === 'subagents' ? name : undefined;
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
