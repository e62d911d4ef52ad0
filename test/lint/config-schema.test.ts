import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadOrganisation } from '../../src/config/organisation.ts';
import { FIXED_RULES, parseConfig } from '../../src/config/parse.ts';
import { ENGINE_RULES } from '../../src/lint/meta.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { configSchema } from '../../src/schema/config.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { names as targets } from '../../src/targets/names.generated.ts';
import { folderWith } from './config.ts';

const known = { rules: [...rules, ...ENGINE_RULES].map(({ id }) => id), targets };

/** Every example in the schema, as a whole configuration. */
function examplesIn(schema: JsonSchema, around: (value: unknown) => unknown): unknown[] {
  return [
    ...(schema.examples ?? []).map(around),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
      examplesIn(inner, (value) => around({ [key]: value })),
    ),
  ];
}

const examples = examplesIn(configSchema, (value) => value);

test('there are examples of what is hard to guess', () => {
  expect(examples.flatMap((example) => Object.keys(example as object))).toEqual(
    expect.arrayContaining(['locked', 'data', 'targets', 'overrides', 'defaults']),
  );
});

test.each(examples.map((example) => [JSON.stringify(example)]))('%s', (text) => {
  const parsed = parseConfig('stakes.config.json', '/', text, known);
  expect(parsed).toMatchObject({ state: 'ok' });
});

test('no example locks or sets what nobody may', () => {
  for (const id of FIXED_RULES) expect(JSON.stringify(examples)).not.toContain(`"${id}"`);
});

test.each(['README.md', 'docs/configuration.md'])('the configurations in %s can be used as they stand', (page) => {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/```yaml\n# (\S+\.(?:yaml|json))\n([\s\S]*?)```/g)];
  const files = Object.fromEntries(blocks.map(([, name = '', text = '']) => [name, text]));
  expect(Object.keys(files)).toContain('stakes.config.yaml');
  const root = folderWith({
    'stakes.data.yaml': 'customers: {}\n',
    'node_modules/@acme/stakes/stakes.config.yaml': '{}\n',
    ...files,
  });
  expect(loadOrganisation('stakes.config.yaml', { cwd: root, root, known })).toMatchObject({ state: 'ok' });
});
