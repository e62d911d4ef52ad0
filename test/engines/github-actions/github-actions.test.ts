import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { EXAMPLES, generatedFor } from '../stakes.ts';

interface Template {
  jobs: { id: { value: string }; steps: { run?: unknown; uses?: { value: string } }[]; permissions?: unknown }[];
}

interface Parser {
  parseWorkflow(file: { name: string; content: string }, trace: object): { context: Context; value?: unknown };
  convertWorkflowTemplate(context: Context, value: unknown): Promise<Template>;
  NoOperationTraceWriter: new () => object;
}

interface Context {
  errors: { getErrors(): { message: string }[] };
}

const scratch = mkdtempSync(join(tmpdir(), 'stakes-actions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** It imports JSON as only bundlers and newer versions of Node take it. */
const parser = await (async () => {
  const outfile = join(scratch, 'parser.mjs');
  const entry = join(import.meta.dirname, 'node_modules/@actions/workflow-parser/dist/index.js');
  await build({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' });
  return (await import(outfile)) as Parser;
})();

async function read(content: string): Promise<{ errors: string[]; template: Template | undefined }> {
  const { context, value } = parser.parseWorkflow({ name: 'agent.yml', content }, new parser.NoOperationTraceWriter());
  const template = value === undefined ? undefined : await parser.convertWorkflowTemplate(context, value);
  return { errors: context.errors.getErrors().map(({ message }) => message), template };
}

test.each(EXAMPLES)('the workflow of %s is one to the parser of the service', async (example) => {
  const project = generatedFor('github-actions', example);
  const bundles = project.stakes('generate', '--check', '-f', 'json', '-t', 'github-actions');
  const { results } = JSON.parse(bundles.out) as { results: { agent: string }[] };
  expect(results.length).toBeGreaterThan(0);
  for (const { agent } of results) {
    const { errors, template } = await read(project.read(`.stakes/${agent}/github-actions/agent.yml`));
    expect(errors).toEqual([]);
    expect(template?.jobs.map(({ id }) => id.value)).toEqual(['agent']);
    expect(template?.jobs[0]?.steps.length).toBe(4);
  }
});

test.each([
  ['    permissions:\n      contents: everything\n', /everything/],
  ['    permisions:\n      contents: read\n', /permisions/],
  ['    timeout-minutes: "${{ secrets.X }}"\n', /secrets/],
])('the parser sees what is wrong: %s', async (lines, fault) => {
  const workflow = `on: workflow_dispatch\njobs:\n  agent:\n    runs-on: ubuntu-24.04\n${lines}    steps: [{ run: "true" }]\n`;
  expect((await read(workflow)).errors.join()).toMatch(fault);
});
