import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.generated.ts';
import { EVENTS } from './events.ts';
import { yamlFile, yamlOf } from './yaml.ts';

const page = readFileSync('docs/ci.md', 'utf8');
const blocks = [...page.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map(([, path = '', text = '']) => ({
  path,
  text,
}));
const action = yamlFile('action.yml') as {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, unknown>;
};

interface Workflow {
  on: string | Record<string, unknown>;
  permissions: object;
  jobs: Record<
    string,
    { permissions: Record<string, string>; steps: { uses: string; with?: Record<string, unknown> }[] }
  >;
}
const workflows = blocks
  .filter(({ path }) => path.startsWith('.github/'))
  .map(({ text }) => ({ text, workflow: yamlOf(text) as Workflow }));

test('every block is one of a file, and can be read', () => {
  expect(page.match(/```yaml/g)).toHaveLength(blocks.length);
  expect(blocks.map(({ path }) => path)).toEqual([
    ...Array.from({ length: 3 }, () => '.github/workflows/stakes.yml'),
    '.gitlab-ci.yml',
    '.pre-commit-config.yaml',
  ]);
  for (const { text } of blocks) expect(() => yamlOf(text)).not.toThrow();
});

test('workflows may do no more than they need', () => {
  const needed: Record<string, string> = { contents: 'read', 'pull-requests': 'write', 'security-events': 'write' };
  for (const { workflow } of workflows) {
    expect(workflow.permissions).toEqual({});
    for (const { permissions, steps } of Object.values(workflow.jobs)) {
      for (const [name, level] of Object.entries(permissions)) expect(needed[name], name).toBe(level);
      const given = steps.find(({ uses }) => uses.startsWith('your-org/stakes@'))?.with ?? {};
      expect('pull-requests' in permissions).toBe(given.comment !== 'never');
      expect('security-events' in permissions).toBe(given.sarif !== 'never');
    }
  }
});

test('workflows run on what the action takes, and never with a stranger beside secrets', () => {
  for (const { workflow, text } of workflows) {
    const on = typeof workflow.on === 'string' ? [workflow.on] : Object.keys(workflow.on);
    for (const event of on) expect(EVENTS).toContain(event);
    expect(text).not.toMatch(/_target|workflow_run|secrets\./);
    expect(text.match(/run: .*\$\{\{/)).toBeNull();
  }
});

test('actions are pinned to commits, the checkout is as deep as it must be and keeps no credentials', () => {
  for (const { workflow, text } of workflows)
    for (const { steps } of Object.values(workflow.jobs)) {
      for (const { uses } of steps) expect(uses).toMatch(/^(?:actions\/[\w-]+@[0-9a-f]{40}|your-org\/stakes@COMMIT)$/);
      expect(text).not.toMatch(/@[0-9a-f]{40}(?! # v\d+\.\d+\.\d+\n)/);
      expect(steps[0]?.uses).toMatch(/^actions\/checkout@/);
      expect(steps[0]?.with).toEqual({ 'fetch-depth': 2, 'persist-credentials': false });
      const given = steps.find(({ uses }) => uses.startsWith('your-org/stakes@'))?.with ?? {};
      for (const name of Object.keys(given)) expect(Object.keys(action.inputs), name).toContain(name);
    }
});

test('the template and the hooks that are named are there, with the variables that are set', () => {
  const [gitlab, hooks] = ['.gitlab-ci.yml', '.pre-commit-config.yaml'].map((name) =>
    yamlOf(blocks.find(({ path }) => path === name)?.text ?? ''),
  ) as [
    { include: { file: string }[]; stakes: { variables: Record<string, string> } },
    { repos: { hooks: { id: string }[] }[] },
  ];
  const template = yamlFile(gitlab.include[0]?.file ?? '') as { stakes: { variables: Record<string, string> } };
  for (const name of Object.keys(gitlab.stakes.variables)) expect(template.stakes.variables).toHaveProperty(name);
  const known = (yamlFile('.pre-commit-hooks.yaml') as { id: string }[]).map(({ id }) => id);
  expect(hooks.repos[0]?.hooks.map(({ id }) => id)).toEqual(known);
});

test('every input and output is told, with its default, and every command is one', () => {
  const rows = [...page.matchAll(/^\| (`.*?) \| (.*?) \|/gm)].flatMap(([, names = '', value = '']) =>
    [...names.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => ({ name, value })),
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(action.inputs).sort());
  for (const { name, value } of rows) {
    const own = action.inputs[name]?.default ?? '';
    expect(/^`/.test(value) ? value : '', name).toBe(/^`/.test(value) ? `\`${own}\`` : '');
  }
  for (const name of Object.keys(action.outputs)) expect(page).toContain(`\`${name}\``);
  const known = commands.map(({ spec }) => spec.name.split(' ')[0]);
  for (const [, name] of page.matchAll(/`stakes ([a-z]+)/g)) expect(known).toContain(name);
  for (const [, path = ''] of page.matchAll(/\]\(([^)#]+)/g)) expect(existsSync(join('docs', path)), path).toBe(true);
});
