import { isStrangerHost } from '../../src/catalog/stranger-hosts.ts';
import { isAddress, launchedPackage } from '../../src/manifest/launched-package.ts';
import { serverOf } from '../../src/manifest/names.ts';
import type { Agent } from '../../src/manifest/tree.ts';
import type { PatchOperation } from '../../src/model/assessment.ts';
import { DECLARABLE_CONTROLS } from '../../src/model/controls.ts';
import type { CredentialFacts } from '../../src/model/manifest.ts';
import { addField } from '../../src/rules/parts/add-field.ts';
import { replace } from '../../src/rules/parts/change.ts';
import { pointerOf, tokensOf } from '../../src/source/pointer.ts';

/** What a person does who follows the help of a finding that no machine can mend; by rule. */
export type Supply = (agent: Agent, pointer: string) => PatchOperation[];

const people = (count: number) => Array.from({ length: count }, (_, i) => `person-${i + 1}`);

/** As many as it takes to carry everything that the agent could ask for. */
function approvers(agent: Agent): PatchOperation[] {
  const load = Object.values(agent.manifest.tools).reduce((sum, { callsPerDay = 0 }) => sum + callsPerDay, 0);
  return addField(agent, ['approvals', 'approvers'], people(Math.max(1, Math.ceil(load / 100))));
}

const declared: Supply = (agent, pointer) =>
  addField(agent, tokensOf(pointer), { by: 'the platform', evidence: 'runbook/7' });

/** A credential for each server, and each server given its own. */
function split(agent: Agent, pointer: string): PatchOperation[] {
  const [, name = ''] = tokensOf(pointer);
  const facts: CredentialFacts = agent.manifest.credentials?.[name] ?? {};
  const [first = '', ...others] = new Set(facts.servers);
  return [
    replace(agent, pointer, [first]),
    ...others.flatMap((server) =>
      addField(agent, ['credentials', `${name}_${server.toUpperCase()}`], { ...facts, servers: [server] }),
    ),
  ];
}

/** What the tools of its servers say that they need; a credential of no server is for something else. */
function scopes(agent: Agent, pointer: string): PatchOperation[] {
  const [, name = ''] = tokensOf(pointer);
  const servers = agent.manifest.credentials?.[name]?.servers ?? [];
  const tools = Object.entries(agent.manifest.tools).filter(([tool]) => servers.includes(serverOf(tool) ?? ''));
  const needed = new Set(tools.flatMap(([, facts]) => facts.scopes ?? ['records:use']));
  return addField(agent, tokensOf(pointer), needed.size > 0 ? [...needed] : ['records:use']);
}

function version(agent: Agent, pointer: string): PatchOperation[] {
  const [, server = '', , at = ''] = tokensOf(pointer);
  const entry = agent.manifest.mcpServers?.[server] ?? {};
  const launched = launchedPackage(entry);
  if (!launched) throw new Error(`nothing is launched at ${pointer}`);
  const pinned = isAddress(launched)
    ? `${launched.name}#${'0'.repeat(40)}`
    : {
        npm: `${launched.name}@1.2.3`,
        pypi: `${launched.name}==1.2.3`,
        image: `${launched.name.replace(/:latest$/, '')}:1.2.3`,
      }[launched.kind];
  return [
    replace(
      agent,
      pointerOf('mcpServers', server, 'args'),
      entry.args?.map((arg, i) => (i === Number(at) ? arg.replace(launched.name, () => pinned) : arg)),
    ),
  ];
}

function hosts(agent: Agent, pointer: string): PatchOperation[] {
  const stated = agent.manifest.network?.allowedHosts ?? ['docs.example.com'];
  return addField(
    agent,
    tokensOf(pointer),
    stated.filter((host) => !host.includes('*') && !isStrangerHost(host)),
  );
}

export const SUPPLIED: Readonly<Record<string, Supply>> = {
  ...Object.fromEntries(DECLARABLE_CONTROLS.map((control) => [`missing-${control}`, declared])),
  'approval-load': approvers,
  'long-lived-credential': (agent, pointer) => addField(agent, tokensOf(pointer), '15m'),
  'loose-host-list': hosts,
  'production-in-staging': (agent, pointer) =>
    addField(agent, tokensOf(pointer), pointer.endsWith('/source') ? 'staging' : 'test'),
  'self-approval': approvers,
  'shared-credential': split,
  'unpinned-server': version,
  'unscoped-credential': scopes,
};
