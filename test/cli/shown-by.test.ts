import { expect, test } from 'vitest';
import type { AssessmentReport } from '../../src/model/assessment.ts';
import { CONTROL_DOCS, type Control } from '../../src/model/controls.ts';
import { DESK, projectWith, SETTINGS } from '../apply/project.ts';
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

const evidence = async (folder: string): Promise<Partial<Record<Control, string>>> => {
  const { out } = await run(folder, ['assess', 'desk.agent.yaml', '-f', 'json']);
  const { results } = JSON.parse(out) as AssessmentReport;
  return Object.fromEntries(results[0]?.controls.present.map(({ id, evidence: at }) => [id, at]) ?? []);
};
const IN_SETTINGS = 'installed: .claude/settings.json';

test('what nothing shows can be written down', async () => {
  const project = await projectWith();
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

test('an installed target is evidence of what it enforces, for as long as it holds', async () => {
  const project = await projectWith();
  const { folder, read, write, generate, apply } = project;
  const missing = async () =>
    (await run(folder, ['lint', '-f', 'compact'])).out.match(/missing-deny-by-default/g)?.length ?? 0;
  expect([await evidence(folder), await missing()]).toEqual([
    expect.not.objectContaining({ 'deny-by-default': IN_SETTINGS }),
    1,
  ]);
  expect((await apply()).code).toBe(0);
  expect(await evidence(folder)).toMatchObject({ 'deny-by-default': IN_SETTINGS });
  expect(await missing()).toBe(0);
  expect((await generate('--check')).code, 'a bundle is the same wherever it is installed').toBe(0);

  const settings = read();
  const spoiled: [string, () => void, () => void][] = [
    ['the file is gone', () => write('', SETTINGS), () => write(settings)],
    [
      'a rule is gone',
      () => write(settings.replace('"mcp__shop__refund"', '"mcp__shop__other"')),
      () => write(settings),
    ],
    ['nobody could read it', () => write(`${settings} // mine`), () => write(settings)],
    ['its hook was edited', ...edited('.stakes/desk/claude-code/hook.mjs')],
    ['its policy was edited', ...edited('.stakes/desk/policy.json')],
    ['the manifest is another', ...edited('desk.agent.yaml', (text) => `${text}inputs: { untrusted: true }\n`)],
    [
      'another agent goes by the name',
      ...edited('.stakes/desk/stakes.lock.json', (text) => text.replace('"agent": "desk"', '"agent": "other"')),
    ],
    [
      'the lock claims another file',
      ...edited('.stakes/desk/stakes.lock.json', (text) =>
        text.replace('"path": ".claude/settings.json"', '"path": "desk.agent.yaml"'),
      ),
    ],
  ];
  function edited(path: string, change = (text: string) => `${text}\n`): [() => void, () => void] {
    const before = read(path);
    return [() => write(change(before), path), () => write(before, path)];
  }
  for (const [why, spoil, mend] of spoiled) {
    spoil();
    expect(await evidence(folder), why).not.toHaveProperty('deny-by-default');
    mend();
    expect(await evidence(folder), why).toHaveProperty('deny-by-default');
  }
  write(settings.replace('{', '{\n  "model": "opus",'));
  expect(await evidence(folder), 'what people write beside it').toHaveProperty('deny-by-default');
  await apply(['--undo', '-y']);
  expect(await evidence(folder)).not.toHaveProperty('deny-by-default');
});

test("a gate is evidence of records where the agent has no tool of its host's own", async () => {
  const gate = ['-t', 'gate', '--as', 'mcp-json', '-y'];
  const { folder, apply, write, generate } = await projectWith();
  expect((await apply(gate)).code).toBe(0);
  expect(await evidence(folder)).toMatchObject({
    'audit-log': 'installed: .mcp.json',
    'signed-audit': 'installed: .mcp.json',
  });
  expect(await evidence(folder)).not.toHaveProperty('deny-by-default');
  write(DESK.replace('tools:', 'tools:\n  Read: { effect: read, data: [], egress: none }'), 'desk.agent.yaml');
  expect([(await generate()).code, (await apply(gate)).code]).toEqual([0, 0]);
  expect(await evidence(folder)).not.toHaveProperty('audit-log');
});

test('a record that a gate writes besides is no fault where nothing calls for it', async () => {
  const { folder, apply, write, generate } = await projectWith();
  const light = manifest(
    'desk',
    'autonomy: { initiation: human }',
    'data: {}',
    'mcpServers: { shop: { command: shop } }',
    'tools: { shop/list: { effect: read, data: [], egress: none } }',
  );
  write(light, 'desk.agent.yaml');
  expect([(await generate()).code, (await apply(['-t', 'gate', '--as', 'mcp-json', '-y'])).code]).toEqual([0, 0]);
  expect(await evidence(folder)).toHaveProperty('signed-audit');
  expect((await run(folder, ['lint', '-f', 'compact'])).out).not.toContain('signed');
});
