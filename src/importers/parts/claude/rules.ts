import type { Place } from '../../../model/place.ts';

export const RULE_LISTS = ['deny', 'ask', 'allow'] as const;
export type RuleList = (typeof RULE_LISTS)[number];

/** A permission rule: `Bash`, `Bash(git push:*)`, `mcp__server__tool`. */
export interface Rule {
  list: RuleList;
  /** As it was written. */
  text: string;
  /** The tool's name; `*` stands for any part of one. */
  tool: string;
  /** Only calls of this shape; absent: every call. */
  only?: string;
  /** Where it stands. Absent: in another file than the one that is read. */
  place?: Place;
}

const SHAPE = /^([^\s()]{1,200})(?:\(([\s\S]*)\))?$/;

export function ruleOf(list: RuleList, text: string, place?: Place): Rule | undefined {
  const parts = SHAPE.exec(text.trim());
  if (!parts) return undefined;
  const [, tool = '', only] = parts;
  return { list, text, tool, ...(isWhole(list, only) ? {} : { only }), ...(place ? { place } : {}) };
}

/** What lets through is taken for as much as it may mean; what holds back, only for what it surely does. */
function isWhole(list: RuleList, only: string | undefined): only is undefined {
  return only === undefined || only === '*' || (list === 'allow' && /^:?\*{0,2}$/.test(only.trim()));
}

/** Claude Code skips rules of servers that have a pattern, wherever they stand: a refusal of that kind refuses nothing. */
export const isSkipped = ({ tool, only }: Rule): boolean => tool.startsWith('mcp__') && only !== undefined;

/** Whether a rule speaks of a tool at all. */
export function covers({ tool }: Pick<Rule, 'tool'>, name: string): boolean {
  if (tool === name) return true;
  if (tool.includes('*')) return matches(tool, name);
  return tool.startsWith('mcp__') && !tool.slice(5).includes('__') && name.startsWith(`${tool}__`);
}

/** The rules that may speak of a tool: looked up, because people agree to thousands. */
export function rulesOn(rules: readonly Rule[], name: string): Rule[] {
  const { exact, wide } = indexOf(rules);
  const heads = name.startsWith('mcp__') ? headsOf(name) : [];
  const near = [name, ...heads].flatMap((tool) => exact.get(tool) ?? []);
  return [...near, ...wide].filter((rule) => covers(rule, name));
}

interface Index {
  exact: ReadonlyMap<string, readonly Rule[]>;
  wide: readonly Rule[];
}

const indices = new WeakMap<readonly Rule[], Index>();

function indexOf(rules: readonly Rule[]): Index {
  const known = indices.get(rules);
  if (known) return known;
  const exact = new Map<string, Rule[]>();
  const wide: Rule[] = [];
  for (const rule of rules) {
    const there = exact.get(rule.tool);
    if (rule.tool.includes('*')) wide.push(rule);
    else if (there) there.push(rule);
    else exact.set(rule.tool, [rule]);
  }
  const index = { exact, wide };
  indices.set(rules, index);
  return index;
}

/** `mcp__a__b__c` to `mcp__a` and `mcp__a__b`. */
function headsOf(name: string): string[] {
  const heads: string[] = [];
  for (let at = name.indexOf('__', 5); at > 0; at = name.indexOf('__', at + 1)) heads.push(name.slice(0, at));
  return heads;
}

/** Part by part from the left: an expression would try every way to split a hostile name. */
function matches(glob: string, name: string): boolean {
  const [head = '', ...rest] = glob.split('*');
  const tail = rest.pop() ?? '';
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  const end = name.length - tail.length;
  let from = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
