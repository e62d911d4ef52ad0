import { expect, test } from 'vitest';
import type { AssessmentReport } from '../../src/model/assessment.ts';
import { CONTROL_DOCS, type Control } from '../../src/model/controls.ts';
import { DESK, projectWith } from '../apply/project.ts';
import { folderWith, manifest, run } from './fake-io.ts';

const REFUND =
  'tools: { shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none, ACCESS } }';
const SUB = 'subagents: { helper: { manifest: ./helper.agent.yaml } }';
const HOSTS = (host: string) => `network: { egress: listed, allowedHosts: [${host}] }`;
const CLOSED = 'network: { egress: none }';
const CREDENTIAL = (facts: string) => `credentials: { KEY: { ${facts} } }`;

/** Does `assess` take the control for shown? */
async function isShown(control: Control, lines: readonly string[], helper: readonly string[] = []): Promise<boolean> {
  const tools = lines.some((line) => line.startsWith('tools:')) ? [] : ['tools: {}'];
  const text = manifest('desk', 'data: {}', ...tools, ...lines).replace(', ACCESS', '');
  const folder = folderWith({ 'desk.agent.yaml': text, 'helper.agent.yaml': manifest('helper', ...helper) });
  return (await present(folder)).includes(control);
}

async function present(folder: string): Promise<Control[]> {
  const { out } = await run(folder, ['assess', 'desk.agent.yaml', '-f', 'json']);
  const { results, errors } = JSON.parse(out) as AssessmentReport;
  expect(errors).toEqual([]);
  return results[0]?.controls.present.map(({ id }) => id) ?? [];
}

test.each<[Control, string, boolean, string[], string[]?]>([
  ['egress-allowlist', '`network.egress: none`', true, [CLOSED]],
  ['egress-allowlist', '`network.allowedHosts`', true, [HOSTS('api.example.com')]],
  ['egress-allowlist', 'no wildcard', false, [HOSTS('"*.example.com"')]],
  ['egress-allowlist', 'no host where strangers hold accounts', false, [HOSTS('gist.github.com')]],
  ['egress-allowlist', 'for every agent in the tree', false, [CLOSED, SUB], ['tools: {}']],
  ['egress-allowlist', 'for every agent in the tree', true, [CLOSED, SUB], ['tools: {}', CLOSED]],
  ['scoped-tokens', 'no credential: met', true, ['tools: {}']],
  ['scoped-tokens', '`credentials.*.ttl` of at most 1h', true, [CREDENTIAL('scopes: [a:read], ttl: 1h')]],
  ['scoped-tokens', '`credentials.*.ttl` of at most 1h', false, [CREDENTIAL('scopes: [a:read], ttl: 2h')]],
  ['scoped-tokens', '`credentials.*.scopes` without a wildcard', false, [CREDENTIAL('scopes: ["a:*"], ttl: 1h')]],
  ['scoped-tokens', 'for every agent in the tree', false, [SUB], ['tools: {}', CREDENTIAL('scopes: [a:read]')]],
  ['approval-gates', '`approvals.approvers`', true, [asking('ask'), 'approvals: { approvers: [ann] }']],
  ['approval-gates', 'a person who starts it', true, [asking('ask'), 'autonomy: { initiation: human }']],
  ['approval-gates', 'with `approvals.approvers`', false, [asking('ask'), 'autonomy: { initiation: event }']],
  ['approval-gates', '`access: ask`', false, [asking('allow'), 'approvals: { approvers: [ann] }']],
  ['approval-gates', '`autonomy.review`', true, [REFUND, 'autonomy: { initiation: human, review: high-stakes }']],
])('%s: %s (%j)', async (control, words, expected, lines, helper) => {
  expect(CONTROL_DOCS[control].shownBy).toContain(words);
  expect(await isShown(control, lines, helper)).toBe(expected);
});

function asking(access: string): string {
  return REFUND.replace('ACCESS', `access: ${access}`);
}

test('an installed target is evidence, and nothing shows before it is written down', async () => {
  const project = await projectWith();
  expect((await project.apply()).code).toBe(0);
  const declarable: Control[] = ['sandbox', 'audit-log', 'deny-by-default', 'signed-audit', 'staging-boundary'];
  const shown = await present(project.folder);
  for (const control of declarable) {
    expect(shown).not.toContain(control);
    expect(CONTROL_DOCS[control].shownBy).toMatch(`\`controls.${control}\` with \`evidence\``);
    const declared = `controls: { ${control}: { evidence: .claude/settings.json } }\n`;
    project.write(DESK.replace('id: desk', 'id: desk, environment: staging') + declared, 'desk.agent.yaml');
    expect(await present(project.folder)).toContain(control);
  }
});
