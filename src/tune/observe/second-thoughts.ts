import type { Call } from '../observe.ts';
import { countAt, MOST_DAYS } from './day.ts';
import { addFields } from './fields.ts';
import type { TermsUse, ToolUse } from './use.ts';

/** Calls that were refused or denied and may still be let through, of one log. */
const MOST_OPEN = 20_000;

/** Refusals that say that a call was outside of what is granted; the others say that there was too much of something, or a fault. */
const OUTSIDE: ReadonlySet<string> = new Set(['denied', 'arguments']);

interface Open {
  denied: Map<string, { terms: TermsUse; days: number[] }>;
  refused: Map<string, number>;
}

/** Sees which calls were kept back first and let through later, with the very same arguments: by a person, or by another policy. */
export function startSecondThoughts(): (tool: ToolUse, terms: TermsUse, call: Call, day: number) => void {
  const tools = new Map<ToolUse, Open>();
  let left = MOST_OPEN;
  /** What is kept of a call; undefined: there are too many already. */
  const keep = <T>(map: Map<string, T>, key: string, none: T): T | undefined => {
    const known = map.get(key);
    if (known !== undefined || left === 0) return known;
    left--;
    map.set(key, none);
    return none;
  };
  const openOf = (tool: ToolUse): Open => {
    const open = tools.get(tool) ?? { denied: new Map(), refused: new Map() };
    tools.set(tool, open);
    return open;
  };
  return (tool, terms, call, day) => {
    const { decision, rule, approval } = call;
    if (approval?.answer === 'denied') keep(openOf(tool).denied, keyOf(call), { terms, days: [] })?.days.push(day);
    else if (decision === 'deny') {
      if (!OUTSIDE.has(rule)) return;
      tool.refused++;
      const { refused } = openOf(tool);
      const key = keyOf(call);
      if (keep(refused, key, 0) !== undefined) refused.set(key, (refused.get(key) ?? 0) + 1);
    } else if (tools.has(tool)) again(openOf(tool), tool, call);
  };
}

/** Behind a wildcard there are several tools. */
const keyOf = ({ arguments: digest, tool }: Call): string => `${digest} ${tool}`;

function again({ denied, refused }: Open, tool: ToolUse, call: Call): void {
  const { decision, approval, mode, fields } = call;
  // A gate in shadow mode lets everything through, which is nobody's second thought.
  if (mode === 'shadow') return;
  const key = keyOf(call);
  const open = denied.get(key);
  if (open !== undefined && approval?.answer === 'approved') {
    denied.delete(key);
    open.terms.denied -= open.days.length;
    open.terms.overturned += open.days.length;
    for (const day of open.days) countAt(tool.wanted, day, MOST_DAYS);
  }
  const before = refused.get(key);
  if (before === undefined || (decision !== 'allow' && approval?.answer !== 'approved')) return;
  refused.delete(key);
  tool.regranted += before;
  addFields(tool.regrantedFields, fields);
}
