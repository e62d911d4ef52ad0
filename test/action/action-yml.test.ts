import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { act, pullJob } from './act.ts';
import { calm } from './agents.ts';
import { pullOf } from './git.ts';
import { yamlFile } from './yaml.ts';

interface Step {
  id?: string;
  run?: string;
  uses?: string;
  if?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
  'continue-on-error'?: boolean;
}
interface Action {
  inputs: Record<string, { description: string; default: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { using: string; steps: Step[] };
}

const text = { type: 'string', minLength: 1 };
/** What the documentation of GitHub says of the metadata of a composite action. */
const SCHEMA = {
  type: 'object',
  required: ['name', 'description', 'runs'],
  additionalProperties: false,
  properties: {
    name: text,
    author: text,
    description: { type: 'string', minLength: 1, maxLength: 125 },
    branding: {
      type: 'object',
      additionalProperties: false,
      properties: {
        icon: text,
        color: { enum: ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'] },
      },
    },
    inputs: {
      type: 'object',
      propertyNames: { pattern: '^[_a-zA-Z][a-zA-Z0-9_-]*$' },
      additionalProperties: {
        type: 'object',
        required: ['description'],
        additionalProperties: false,
        // A default that is no text would be one only by luck.
        properties: {
          description: text,
          required: { type: 'boolean' },
          default: { type: 'string' },
          deprecationMessage: text,
        },
      },
    },
    outputs: {
      type: 'object',
      propertyNames: { pattern: '^[_a-zA-Z][a-zA-Z0-9_-]*$' },
      additionalProperties: {
        type: 'object',
        required: ['description', 'value'],
        additionalProperties: false,
        properties: { description: text, value: text },
      },
    },
    runs: {
      type: 'object',
      required: ['using', 'steps'],
      additionalProperties: false,
      properties: {
        using: { const: 'composite' },
        steps: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            additionalProperties: false,
            properties: {
              ...{ id: text, name: text, if: text, run: text, shell: text, uses: text, 'working-directory': text },
              env: { type: 'object', additionalProperties: { type: 'string' } },
              with: { type: 'object', additionalProperties: { type: 'string' } },
              'continue-on-error': { type: 'boolean' },
            },
            oneOf: [{ required: ['run', 'shell'] }, { required: ['uses'] }],
          },
        },
      },
    },
  },
};

const action = yamlFile('action.yml') as Action;
const steps = action.runs.steps;

test('has the form that GitHub takes', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);
  expect(validate(action), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...action, runs: { using: 'composite', steps: [{ run: 'x' }] } }), 'a step without a shell').toBe(
    false,
  );
});

test('nothing is ever put into a script', () => {
  for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  expect(steps.filter(({ run }) => run !== undefined)).toHaveLength(1);
  expect(steps[0]?.run).toBe('node "$GITHUB_ACTION_PATH/action/run.mjs"');
  expect(steps[0]?.env?.NODE_OPTIONS).toBe('');
});

test('each input reaches the script by its name or the step that it is for, and no other does', () => {
  const script = ['inputs', 'comment'].map((name) => readFileSync(`action/${name}.mjs`, 'utf8')).join('\n');
  for (const name of Object.keys(action.inputs)) {
    const variable = `STAKES_${name.toUpperCase().replaceAll('-', '_')}`;
    expect(steps[0]?.env?.[variable], name).toBe(`\${{ inputs.${name} }}`);
    expect(script, name).toMatch(new RegExp(`'?${name}'?[:')]|${variable}`));
  }
  const used = [...JSON.stringify(action).matchAll(/inputs\.([\w-]+)/g)].map(([, name = '']) => name);
  expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
});

test('each default is one that the script takes, and each output one that it writes', async () => {
  const defaults = Object.entries(action.inputs).filter(([, { default: value }]) => !value.includes('${{'));
  const inputs = Object.fromEntries(
    defaults.map(([name, { default: value }]) => [name.toUpperCase().replaceAll('-', '_'), value]),
  );
  const acted = await act(pullJob(pullOf({ 'a.agent.yaml': calm('a') }, { x: '1' }), 'acme', { inputs }));
  expect(acted).toMatchObject({ code: 0 });
  expect(Object.keys(acted.outputs).sort()).toEqual(Object.keys(action.outputs).sort());
  for (const [name, { value }] of Object.entries(action.outputs))
    expect(value).toBe(`\${{ steps.stakes.outputs.${name} }}`);
});

test('an action of others is pinned to a commit, gets no token from here, and fails nothing', () => {
  const others = steps.filter(({ uses }) => uses !== undefined);
  expect(others.map(({ uses }) => uses?.split('@')[0])).toEqual(['github/codeql-action/upload-sarif']);
  for (const step of others) {
    expect(step.uses).toMatch(/@[0-9a-f]{40}$/);
    expect(step['continue-on-error']).toBe(true);
    expect(Object.keys(step.with ?? {})).not.toContain('token');
    expect(step.if).toContain('!cancelled()');
  }
  expect(readFileSync('action.yml', 'utf8')).toMatch(/upload-sarif@[0-9a-f]{40} # v\d+\.\d+\.\d+\n/);
});
