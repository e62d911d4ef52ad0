import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.generated.ts';
import { explanations } from '../../src/cli/explanations.ts';
import { fieldsOf, typeOf } from '../../src/dev/docs/fields.ts';
import { lossRows } from '../../src/dev/docs/losses.ts';
import { agent, policy } from '../../src/model/policy.fixture.ts';
import type { Loss } from '../../src/model/policy.ts';
import { code } from '../../src/report/markdown-text.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { target } from '../../src/targets/policy/target.ts';

const read = (name: string) => readFileSync(`docs/${name}.md`, 'utf8');

test.each(['tier', 'control', 'question', 'importer'] as const)('every %s has its place', (kind) => {
  const page = read(`${kind}s`);
  for (const { id } of explanations().filter((each) => each.kind === kind))
    expect(page).toMatch(new RegExp(`^## \`?${id}\`?$`, 'm'));
});

test('every target has its page, and every flag its row', () => {
  for (const { id } of explanations().filter(({ kind }) => kind === 'target'))
    expect(read(`targets/${id}`)).toContain('# ');
  const page = read('commands');
  for (const { spec } of commands) for (const { flags } of spec.options) expect(page).toContain(code(flags));
});

test('every field of the manifest that may be left out says what that means', () => {
  const rows =
    read('schema')
      .split('## Argument schemas')[0]
      ?.match(/^\| `[^`]+` \|.*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(60);
  const silent = rows.filter((row) => /\|\s*\|$/.test(row));
  expect(silent).toEqual([]);
});

test('what the limits say is not there yet, is not there', () => {
  const flags = commands.find(({ spec }) => spec.name === 'gate')?.spec.options.map((option) => option.flags) ?? [];
  const saysNot = read('limits').includes('it does not reach servers over HTTP yet');
  expect(saysNot, 'servers over HTTP are in docs/limits.md').toBe(!flags.some((flag) => flag.startsWith('--upstream')));
});

describe('fields', () => {
  const walk = { definitions: {}, depth: 3, elsewhere: {} };
  const schema: JsonSchema = {
    properties: {
      name: { type: 'string', description: 'Its name.' },
      parts: {
        type: 'array',
        items: { type: 'object', properties: { size: { type: ['integer', 'null'] } }, required: ['size'] },
      },
      by: {
        type: 'object',
        additionalProperties: { anyOf: [{ enum: ['a', 1] }, { $ref: '#/definitions/box' }] },
      },
    },
  };
  const definitions = { box: { type: 'object', properties: { lid: { const: true } } } };

  test('are found in objects, lists, maps and definitions', () => {
    const fields = fieldsOf(schema, '', { ...walk, definitions });
    expect(fields.map(({ path, type, required }) => [path, type, required])).toEqual([
      ['name', 'text', false],
      ['parts', 'list of objects', false],
      ['parts[].size', 'whole number or null', true],
      ['by', 'map', false],
      ['by.<name>.lid', '`true`', false],
    ]);
  });

  test('go no deeper than they are asked to, nor into what is written up elsewhere', () => {
    expect(fieldsOf(schema, 'x', { ...walk, definitions, depth: 1 }).map(({ path }) => path)).toEqual([
      'x.name',
      'x.parts',
      'x.by',
    ]);
    expect(
      fieldsOf(schema, '', { ...walk, definitions, elsewhere: { box: 'a box' } }).map(({ path }) => path),
    ).not.toContain('by.<name>.lid');
    const loop: Record<string, JsonSchema> = { self: { properties: { self: { $ref: '#/definitions/self' } } } };
    expect(fieldsOf({ $ref: '#/definitions/self' }, '', { ...walk, definitions: loop }).at(-1)?.path).toBe(
      'self.self.self',
    );
  });

  test('of several types name each', () => {
    expect(typeOf({ anyOf: [{ type: 'string' }, { type: 'null' }] }, walk)).toBe('text or null');
  });
});

test('losses that differ in names, hosts and numbers are one, with how many have it', () => {
  const loss = (message: string): Loss => ({ what: 'limits', message, instead: 'wait' });
  const says = (...messages: string[]) => ({ ...target, emit: () => ({ files: [], losses: messages.map(loss) }) });
  const policies = new Map(['a', 'b'].map((id) => [id, policy([agent(id)])]));
  const rows = lossRows(
    says('`x: 3` is lost at a.example', '`x: 4`, `y: 5` is lost at b.example', 'something else'),
    policies,
  );
  expect(rows).toEqual([
    ['limits', '`x: 3` is lost at a.example', 'wait', '2'],
    ['limits', 'something else', 'wait', '2'],
  ]);
});
