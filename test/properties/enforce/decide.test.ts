import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Call, type State, type Usage, VERDICT_RULES, type Verdict } from '../../../src/enforce/call.ts';
import { decide } from '../../../src/enforce/decide.ts';
import type { ArgumentSchema } from '../../../src/model/manifest.ts';
import type { Grant, LimitGrants, Policy } from '../../../src/model/policy.ts';
import { argumentSchemas } from '../../arbitraries/arguments.ts';
import { calls, policies, states, TOOLS, usages } from '../../arbitraries/calls.ts';
import { holds } from '../../arbitraries/cases.ts';

/** A case, and many calls of each, so that every rule is met. */
const cases = fc.tuple(policies, fc.array(fc.tuple(calls, states), { minLength: 40, maxLength: 40 }));

function everywhere(check: (policy: Policy, call: Call, state: State, verdict: Verdict) => void): void {
  holds(cases, ([policy, asked]) => {
    for (const [call, state] of asked) check(policy, call, state, decide(policy, call, state));
  });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const grantOf = (policy: Policy, agent: string, key: string): Grant | undefined => policy.agents[agent]?.tools[key];
const passes = ({ decision }: Verdict) => decision !== 'deny';

test('a verdict is pure and whole, and every rule is met', () => {
  const met = new Map<string, number>();
  everywhere((policy, call, state, verdict) => {
    frozen([policy, call, state]);
    expect(decide(policy, call, state)).toEqual(verdict);
    expect(verdict.message).not.toMatch(/^[A-Z]|\.$|undefined|NaN/);
    expect(passes(verdict)).toBe(verdict.rule === 'allowed' || verdict.rule === 'asks');
    expect(verdict.usd >= 0 && Number.isFinite(verdict.usd)).toBe(true);
    met.set(verdict.rule, (met.get(verdict.rule) ?? 0) + 1);
  });
  console.info([...met].map(([rule, count]) => `${rule} ${count}`).join(', '));
  expect([...met.keys()].sort()).toEqual([...VERDICT_RULES].sort());
});

test('no call makes it throw', () => {
  const trap = new Proxy({}, { get: () => fail(), ownKeys: () => fail(), getPrototypeOf: () => fail() });
  const fail = (): never => {
    throw new Error('a trap');
  };
  const hostile = fc.oneof(fc.anything(), fc.constant(trap));
  const names = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.constantFrom('root', ...TOOLS));
  holds(fc.tuple(policies, names, names, hostile, states), ([policy, agent, tool, args, state]) => {
    for (const known of ['root', agent]) decide(policy, { agent: known, tool, arguments: args } as Call, state);
    for (const known of TOOLS) decide(policy, { agent: 'root', tool: known, arguments: args }, state);
  });
});

test('what is not listed is denied, and a wildcard opens no feature of a server', () => {
  everywhere((policy, call, _, verdict) => {
    const tools = policy.agents[call.agent === 'root' || call.agent === 'sub' ? call.agent : '']?.tools ?? {};
    const own = Object.hasOwn(tools, call.tool);
    if (own) expect(verdict.grant).toBe(call.tool);
    const wild = call.tool === 'files/other' || call.tool === 'files/read';
    if (!own && !(wild && tools['files/*'])) expect(verdict.rule).toMatch(/^unlisted/);
    if (!own && wild && tools['files/*']) expect(verdict.grant).toBe('files/*');
  });
});

test('what is denied stays denied in every state, and what asks is never allowed', () => {
  everywhere((policy, call, _, verdict) => {
    const decision = verdict.grant === null ? 'deny' : grantOf(policy, call.agent, verdict.grant)?.decision;
    if (decision === 'deny') expect(verdict.decision).toBe('deny');
    if (decision === 'ask') expect(verdict.decision).not.toBe('allow');
    if (decision === 'allow') expect(verdict.decision).not.toBe('ask');
  });
});

test('an unreadable state lets nothing through, and a counter that cannot be right makes it unreadable', () => {
  const broken = fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY, undefined, '0');
  const keys = fc.constantFrom(
    ...(Object.keys({
      callsLastMinute: 0,
      callsToday: 0,
      repeats: 0,
      toolUsdToday: 0,
      sessionSeconds: 0,
      subagentsStarted: 0,
    }) as (keyof Usage)[]),
  );
  holds(fc.tuple(policies, calls, usages, keys, broken), ([policy, call, usage, key, value]) => {
    const unreadable = decide(policy, call, 'unreadable');
    expect(passes(unreadable)).toBe(false);
    expect(decide(policy, call, { ...usage, [key]: value } as Usage)).toEqual(unreadable);
    expect(decide(policy, call, null as unknown as State)).toEqual(unreadable);
  });
});

test('more usage never opens a call', () => {
  holds(fc.tuple(cases, usages), ([[policy, asked], more]) => {
    for (const [call, state] of asked) {
      if (state === 'unreadable' || passes(decide(policy, call, state))) continue;
      for (const key of Object.keys(more) as (keyof Usage)[])
        expect(decide(policy, call, { ...state, [key]: state[key] + more[key] }).decision).toBe('deny');
    }
  });
});

test('a lower cap never opens a call, and a cap of n lets n through', () => {
  const lower = (cap: number | null, to: number) => (cap === null ? to : Math.min(cap, to));
  holds(fc.tuple(cases, fc.nat(6)), ([[policy, asked], to]) => {
    const narrow = structuredClone(policy);
    for (const agent of Object.values(narrow.agents)) {
      for (const name of Object.keys(agent.limits) as (keyof LimitGrants)[])
        agent.limits[name] = lower(agent.limits[name], to);
      for (const grant of Object.values(agent.tools)) grant.maxCallsPerDay = lower(grant.maxCallsPerDay, to);
    }
    for (const [call, state] of asked) {
      if (!passes(decide(policy, call, state))) expect(decide(narrow, call, state).decision).toBe('deny');
      const verdict = decide(narrow, call, state);
      if (state === 'unreadable' || !passes(verdict)) continue;
      expect(Math.max(state.callsToday, state.callsLastMinute, state.repeats)).toBeLessThan(to);
      expect(state.sessionSeconds).toBeLessThan(to * 60);
    }
  });
});

test('a narrower schema never opens a call', () => {
  const narrowings = fc.tuple(
    argumentSchemas,
    fc.constantFrom('required', 'maximum', 'minItems', 'properties', 'closed'),
  );
  const narrowed = (schema: ArgumentSchema | null, [other, how]: [ArgumentSchema, string]): ArgumentSchema => {
    if (schema === null) return other;
    if (how === 'required') return { ...schema, required: [...(schema.required ?? []), 'amount'] };
    if (how === 'maximum') return { ...schema, maximum: Math.min(schema.maximum ?? 3, 3) };
    if (how === 'minItems') return { ...schema, minItems: Math.max(schema.minItems ?? 1, 1) };
    if (how === 'closed') return { ...schema, additionalProperties: false };
    if (Object.hasOwn(schema.properties ?? {}, 'amount') || schema.additionalProperties !== undefined) return schema;
    return { ...schema, properties: { ...schema.properties, amount: other } };
  };
  holds(fc.tuple(cases, narrowings), ([[policy, asked], narrowing]) => {
    const narrow = structuredClone(policy);
    for (const { tools } of Object.values(narrow.agents))
      for (const grant of Object.values(tools)) grant.arguments = narrowed(grant.arguments, narrowing);
    for (const [call, state] of asked)
      if (!passes(decide(policy, call, state))) expect(decide(narrow, call, state).decision).toBe('deny');
  });
});
