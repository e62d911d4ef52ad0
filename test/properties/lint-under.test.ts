import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStrangerHost } from '../../src/catalog/stranger-hosts.ts';
import { patchedAgent } from '../../src/manifest/patch.ts';
import { type Agent, agentOf } from '../../src/manifest/tree.ts';
import { DECLARABLE_CONTROLS } from '../../src/model/controls.ts';
import type { Limits, Manifest, ToolFacts } from '../../src/model/manifest.ts';
import type { Policy } from '../../src/model/policy.ts';
import { CLASSIFICATIONS } from '../../src/model/vocabulary.ts';
import { buildPolicy } from '../../src/policy/build.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { holds, someOf, turns } from '../arbitraries/cases.ts';
import { variantMakers, withFact } from '../arbitraries/sites.ts';
import { spoken } from '../arbitraries/spoken.ts';
import { neglected } from '../arbitraries/troubled.ts';

type Change = (copy: Manifest) => void;

const under = rules.filter(({ direction }) => direction === 'under');
const said = (manifest: Manifest) => spoken(agentOf(manifest), under);

function addNothing(changesOf: (manifest: Manifest) => Change[]): void {
  holds(fc.tuple(neglected, turns), ([manifest, turn]) => {
    const makers = someOf(variantMakers(manifest, changesOf), turn);
    const before = makers.length > 0 ? said(manifest) : new Map();
    for (const make of makers) {
      const changed = make();
      for (const added of said(changed).keys())
        if (!before.has(added)) expect({ added, changed }).toEqual({ manifest });
    }
  });
}

const toolsOf = ({ tools }: Manifest) => Object.entries(tools);

test('the generator makes every rule of this direction speak', () => {
  const heard = new Set<string>();
  for (const manifest of fc.sample(neglected, { numRuns: 1000, seed: 7 }))
    for (const { rule } of said(manifest).values()) heard.add(rule.id);
  expect(under.map(({ id }) => id).filter((id) => !heard.has(id))).toEqual([]);
});

test('taking a tool away, denying it or gating it adds no finding of too little control', () => {
  addNothing((one) => [
    ...toolsOf(one).map(([tool]) => withFact(tool, 'access', 'deny')),
    ...toolsOf(one)
      .filter(([, { access }]) => access !== 'deny')
      .map(([tool]) => withFact(tool, 'access', 'ask')),
    ...toolsOf(one)
      // Without its own entry, such a tool falls to the facts of the wildcard.
      .filter(([tool]) => tool.endsWith('/*') || one.tools[`${tool.split('/')[0]}/*`] === undefined)
      .map(
        ([tool]): Change =>
          (copy) => {
            delete copy.tools[tool];
          },
      ),
  ]);
});

test('dropping a subagent adds none', () => {
  addNothing((one) =>
    Object.keys(one.subagents ?? {}).map(
      (name): Change =>
        (copy) => {
          delete copy.subagents?.[name];
        },
    ),
  );
});

test('lowering a classification adds none', () => {
  addNothing((one) =>
    Object.entries(one.data ?? {}).flatMap(([name, { classification }]) =>
      CLASSIFICATIONS.slice(0, classification === undefined ? 1 : CLASSIFICATIONS.indexOf(classification)).map(
        (lower): Change =>
          (copy) => {
            copy.data = { ...copy.data, [name]: { ...copy.data?.[name], classification: lower } };
          },
      ),
    ),
  );
});

test('closing egress adds none', () => {
  const good = ({ network }: Manifest) =>
    network?.allowedHosts?.every((host) => !host.includes('*') && !isStrangerHost(host)) ?? false;
  const processTo =
    (egress: 'none' | 'listed'): Change =>
    (copy) => {
      copy.network = { ...copy.network, egress };
    };
  addNothing((one) => [
    ...toolsOf(one).flatMap(([tool, { egress }]) => [
      ...(egress === 'open' && good(one) ? [withFact(tool, 'egress', 'listed')] : []),
      ...(egress !== 'none' ? [withFact(tool, 'egress', 'none')] : []),
    ]),
    ...(good(one) && one.network?.egress === 'open' ? [processTo('listed')] : []),
    processTo('none'),
  ]);
});

test('narrowing what a credential, a process or a host list reaches adds none', () => {
  addNothing((one) => [
    ...Object.keys(one.credentials ?? {}).flatMap((name) =>
      [{ scopes: ['a:read'] }, { ttl: '15m' }, { mode: 'test' as const }].map(
        (facts): Change =>
          (copy) => {
            copy.credentials = { ...copy.credentials, [name]: { ...copy.credentials?.[name], ...facts } };
          },
      ),
    ),
    ...(one.filesystem?.write ?? []).map(
      (gone): Change =>
        (copy) => {
          copy.filesystem = {
            ...copy.filesystem,
            write: copy.filesystem?.write?.filter((path) => path !== gone) ?? [],
          };
        },
    ),
    ...(one.network?.allowedHosts ?? []).map(
      (gone): Change =>
        (copy) => {
          const allowedHosts = copy.network?.allowedHosts?.filter((host) => host !== gone) ?? [];
          copy.network = { ...copy.network, allowedHosts };
        },
    ),
  ]);
});

const LIMITS: Limits = {
  usdPerDay: 25,
  usdPerSession: 2,
  turnsPerSession: 40,
  tokensPerSession: 400_000,
  callsPerMinute: 30,
  repeatsPerCall: 5,
  delegationDepth: 1,
  subagentsPerSession: 40,
  concurrentSubagents: 2,
};

test('adding a control adds none', () => {
  const bounded: ToolFacts = {
    arguments: { type: 'object', properties: {}, additionalProperties: false },
    maxCallsPerDay: 10,
    because: 'nothing can be said in a call',
  };
  addNothing((one) => [
    ...Object.entries(LIMITS)
      .filter(([name]) => one.limits?.[name as keyof Limits] === undefined)
      .map(
        ([name, value]): Change =>
          (copy) => {
            copy.limits = { ...copy.limits, [name]: value };
          },
      ),
    ...DECLARABLE_CONTROLS.map(
      (name): Change =>
        (copy) => {
          copy.controls = { ...copy.controls, [name]: { by: 'gVisor', evidence: 'runbook/42' } };
        },
    ),
    (copy) => {
      copy.approvals = { ...copy.approvals, approvers: ['oncall'] };
    },
    ...(one.autonomy?.review === 'each-action' ? [] : (['high-stakes', 'each-action'] as const)).map(
      (review): Change =>
        (copy) => {
          copy.autonomy = { ...copy.autonomy, review };
        },
    ),
    ...toolsOf(one)
      .filter(([, { arguments: schema }]) => schema === undefined)
      .map(
        ([tool]): Change =>
          (copy) => {
            copy.tools[tool] = { ...copy.tools[tool], ...bounded };
          },
      ),
  ]);
});

test('a safe fix leaves every decision as it is', () => {
  holds(neglected, (manifest) => {
    const root = agentOf(manifest);
    for (const { rule, found } of said(manifest).values()) {
      if (found.fix?.kind !== 'safe') continue;
      const changed = changedBetween(root, patchedAgent(root, found.fix.patch));
      if (changed.length > 0) expect({ rule: rule.id, changed }).toEqual({ manifest });
    }
  });
});

function changedBetween(before: Agent, after: Agent): string[] {
  const [old, now] = [policyOf(before), policyOf(after)];
  return Object.entries(old.agents).flatMap(([id, { tools, network }]) => {
    const agent = now.agents[id];
    const decided = Object.entries(tools).filter(([tool, { decision }]) => agent?.tools[tool]?.decision !== decision);
    // Targets let nothing out of an agent whose egress is not known.
    const closed = network.egress !== 'unknown' && agent?.network.egress !== network.egress;
    return [...decided.map(([tool]) => `${id} ${tool}`), ...(closed ? [`${id} network`] : [])];
  });
}

function policyOf(root: Agent): Policy {
  const policy = buildPolicy(root);
  if (policy.state !== 'ok') throw new Error(policy.problems.map(({ message }) => message).join('; '));
  return policy.value;
}
