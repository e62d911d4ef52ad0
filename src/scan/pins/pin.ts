import { PINNED_HINTS, type PinnedTool, type Pins } from '../../model/pins.ts';
import { SCANNED_FACTS } from '../../model/scan.ts';
import { inOrder } from '../../source/order.ts';
import { isRecord } from '../../source/record.ts';
import { partsOf } from '../../source/tool-digest.ts';
import type { Scanned } from '../scan.ts';

const MOST_ARGUMENTS = 200;
const MOST_NAME = 100;

export function pinOf({ listed, judged }: Scanned['tools'][number]): PinnedTool {
  const hints = isRecord(listed.annotations) ? listed.annotations : {};
  return {
    digest: judged.digest,
    parts: partsOf(listed),
    arguments: argumentsOf(listed.inputSchema),
    hints: Object.fromEntries(
      PINNED_HINTS.flatMap((hint) => (typeof hints[hint] === 'boolean' ? [[hint, hints[hint]]] : [])),
    ),
    facts: Object.fromEntries(SCANNED_FACTS.map((fact) => [fact, judged[fact]])) as PinnedTool['facts'],
  };
}

function argumentsOf(schema: unknown): Record<string, string> {
  if (!isRecord(schema) || !isRecord(schema.properties)) return {};
  const needed: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const entries = Object.entries(schema.properties)
    .slice(0, MOST_ARGUMENTS)
    .map(([name, inner]) => [name.slice(0, MOST_NAME), `${typeOf(inner)}${needed.includes(name) ? '' : '?'}`]);
  return inOrder(Object.fromEntries(entries) as Record<string, string>);
}

function typeOf(schema: unknown): string {
  const type = isRecord(schema) ? schema.type : undefined;
  const types = (Array.isArray(type) ? type : [type]).filter((word) => typeof word === 'string');
  return types.length === 0 ? 'any' : types.join('|').slice(0, MOST_NAME);
}

/**
 * The pins with these servers as they are now. Other servers stay as they are; a review stays with the tool as long as
 * the tool is the one that was reviewed.
 */
export function pinned(before: Pins['servers'], scans: readonly Scanned[]): Pins['servers'] {
  const now = scans.map(({ name, tools }) => {
    const old = own(before, name)?.tools ?? {};
    const pins = tools.map((tool): [string, PinnedTool] => {
      const [pin, last] = [pinOf(tool), own(old, tool.judged.name)];
      return [tool.judged.name, last?.digest === pin.digest ? last : pin];
    });
    return [name, { tools: inOrder(Object.fromEntries(pins)) }] as const;
  });
  return inOrder({ ...before, ...Object.fromEntries(now) });
}

/** Names come from strangers: `constructor` is one like any other. */
export function own<T>(map: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
