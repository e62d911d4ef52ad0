import { BUILT_IN_AGENTS, BUILT_INS, isBuiltIn } from './built-ins.ts';
import type { Plan } from './plan.ts';
import { protectedRules } from './protected.ts';

export interface Permissions {
  allow: string[];
  ask: string[];
  deny: string[];
}

/** One session has one set of rules; which agent may call what is in its own list of tools. */
export function permissionsOf(plan: Plan, protectedPaths: readonly string[]): Permissions {
  const held = [plan.root, ...plan.subagents].flatMap(({ rights }) => rights);
  const asked = held.filter(({ decision }) => decision === 'ask');
  const allowed = held.filter(
    ({ decision, name }) => decision === 'allow' && !asked.some((right) => right.name === name),
  );
  const denied = held.filter(({ decision, tool }) => decision === 'deny' && !isBuiltIn(tool));
  const delegation = delegationRules(plan);
  return {
    allow: sorted([...allowed.flatMap(({ rules }) => rules), ...delegation.allow]),
    ask: sorted([...asked.flatMap(({ rules }) => rules), ...delegation.ask]),
    deny: sorted([
      ...denied.flatMap(({ rules }) => rules),
      ...deniedBuiltIns(plan),
      ...delegation.deny,
      ...protectedRules(protectedPaths),
    ]),
  };
}

function delegationRules({ delegation, subagents }: Plan): Permissions {
  const types = subagents.map(({ type }) => `Agent(${type})`);
  const deny = delegation === 'deny' ? [] : BUILT_IN_AGENTS.map((type) => `Agent(${type})`);
  return { allow: delegation === 'allow' ? types : [], ask: delegation === 'ask' ? ['Agent'] : [], deny };
}

/** The built-ins that some agent may call: all that `--tools` lets into the session. */
export function builtInsOf(plan: Plan): string[] {
  const held = [plan.root, ...plan.subagents].flatMap(({ rights }) => rights);
  const granted = held.filter(({ decision, tool }) => decision !== 'deny' && isBuiltIn(tool)).map(({ name }) => name);
  return sorted([...granted, ...(plan.delegation === 'deny' ? [] : ['Agent'])]);
}

function deniedBuiltIns(plan: Plan): string[] {
  const granted = new Set(builtInsOf(plan));
  // `Task` is another name of `Agent`: denying one takes both away.
  return BUILT_INS.filter((name) => !granted.has(name) && !(name === 'Task' && granted.has('Agent')));
}

export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
