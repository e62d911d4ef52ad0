import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ArgumentSchema } from '../../src/model/manifest.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import type { Grant, Policy } from '../../src/model/policy.ts';
import type { JsonRecord } from '../../src/probe/json.ts';
import { target } from '../../src/targets/cedar/target.ts';
import {
  type CedarBundle,
  type CedarRequest,
  decideCedar,
  loadCedarBundle,
  policiesById,
  validateCedar,
} from './cedar.ts';

/** Control characters, lone surrogates and all: names come from strangers. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'stakes-cedar-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Call = { agent: string; tool: string; input: JsonRecord; approved: boolean };
type RequestFor = (schema: unknown, call: Call) => CedarRequest | null;

const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });

/** The generated module itself builds the requests, so it is proven together with the policies. */
const { requestFor } = (await importGenerated()) as { requestFor: RequestFor };

async function importGenerated(): Promise<unknown> {
  const file = join(scratch, 'request.mjs');
  writeFileSync(file, contentOf(policy([agent('a')]), 'request.mjs'));
  return import(file);
}

function contentOf(made: Policy, path: string): string {
  return target.emit(made).files.find((file) => file.path === path)?.content ?? '';
}

function bundleOf(made: Policy): CedarBundle {
  return {
    policies: policiesById(contentOf(made, 'policies.cedar')),
    schema: contentOf(made, 'schema.cedarschema'),
    entities: JSON.parse(contentOf(made, 'entities.json')) as CedarBundle['entities'],
  };
}

const schemas = new Map<string, unknown>();

function schemaJson(text: string): unknown {
  const answer = schemas.has(text) ? undefined : cedar.schemaToJson(text);
  if (answer?.type === 'failure') throw new Error(answer.errors.map((error) => error.message).join());
  if (answer) schemas.set(text, answer.json);
  return schemas.get(text);
}

function engineAllows(bundle: CedarBundle, call: Call): boolean {
  const request = requestFor(schemaJson(bundle.schema), call);
  if (request === null) return false;
  const answer = decideCedar(bundle, request);
  // A policy that errors is skipped by the engine, so none of ours may.
  if (answer.errors.length > 0) throw new Error(answer.errors.join());
  return answer.decision === 'allow';
}

/** The policy's own answer, by an engine of its own: ajv for arguments. */
function policyAllows(made: Policy, call: Call): boolean {
  const found = grantOf(made, call);
  if (found === undefined || found.decision === 'deny') return false;
  if (found.decision === 'ask' && !call.approved) return false;
  return found.arguments === null || ajv.validate(found.arguments, call.input) === true;
}

function grantOf(made: Policy, { agent: id, tool }: Pick<Call, 'agent' | 'tool'>): Grant | undefined {
  const tools = made.agents[id]?.tools ?? {};
  const wildcard = tool.includes('/@') ? undefined : tools[tool.replace(/\/.*/s, '/*')];
  return tools[tool] ?? (tool.includes('/') ? wildcard : undefined);
}

/** Where engine and policy differ, and no loss says so. */
function unexplained(made: Policy, bundle: CedarBundle, calls: readonly Call[]): string[] {
  const { losses } = target.emit(made);
  return calls.flatMap((call) => {
    const [engine, wanted] = [engineAllows(bundle, call), policyAllows(made, call)];
    if (engine === wanted) return [];
    const told = losses.filter(
      (loss) => loss.agent === call.agent && loss.tool === call.tool && loss.what === 'arguments',
    );
    const kind = engine
      ? (message: string) => message.startsWith('Cedar cannot')
      : (m: string) => m.startsWith('stricter');
    return told.some((loss) => kind(loss.message))
      ? []
      : [`${JSON.stringify(call)}: engine ${engine}, policy ${wanted}`];
  });
}

/** Calls around every grant: right arguments, each one spoiled in turn, approved and not, by every agent. */
function callsAround(made: Policy): Call[] {
  const tools = new Set(Object.values(made.agents).flatMap((one) => Object.keys(one.tools)));
  const all = [...tools, ...[...tools].map((tool) => tool.replace(/\/.*/s, '/unlisted')), 'Unlisted', 'nowhere/tool'];
  return Object.keys(made.agents).flatMap((id) =>
    [...new Set(all)].flatMap((tool) => {
      const inputs = Object.values(made.agents).flatMap((one) => inputsAround(one.tools[tool]?.arguments ?? null));
      const distinct = new Map(inputs.map((input) => [JSON.stringify(input), input]));
      return [...distinct.values()].flatMap((input) =>
        [true, false].map((approved) => ({ agent: id, tool, input, approved })),
      );
    }),
  );
}

function inputsAround(schema: ArgumentSchema | null): JsonRecord[] {
  if (schema === null) return [{}, { anything: 'x' }];
  const right = insideOf(schema) as JsonRecord;
  const spoiled = [null, 'zzz', -1, 1.5, 1e9, true, [], ['zzz'], { other: 1 }] as const;
  const names = [...Object.keys(schema.properties ?? {}), 'another'];
  const changed = names.flatMap((name) => [
    Object.fromEntries(Object.entries(right).filter(([key]) => key !== name)),
    ...spoiled.map((value) => ({ ...right, [name]: value as JsonRecord[string] })),
  ]);
  return [right, {}, ...changed];
}

function insideOf(schema: ArgumentSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, insideOf(inner)]));
  }
  if (schema.type === 'array') return [insideOf(schema.items ?? { type: 'string' })];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? schema.maximum ?? 1;
  if (schema.type === 'boolean') return true;
  return fc.sample(fc.stringMatching(new RegExp(schema.pattern ?? '^[a-z]{8}$', 'u')), { seed: 1, numRuns: 1 })[0];
}

const desk = policy([
  agent('desk', {
    tools: {
      Bash: grant('deny'),
      Read: grant('allow'),
      'kb/*': grant('allow'),
      'kb/@resources': grant('allow'),
      'kb/purge': grant('deny'),
      'pay/list': grant('allow', {
        arguments: { type: 'object', properties: { limit: { type: 'integer', maximum: 100 } } },
      }),
      'pay/refund': grant('ask', {
        arguments: {
          type: 'object',
          required: ['amount', 'currency', 'labels'],
          additionalProperties: false,
          properties: {
            amount: { type: 'number', exclusiveMinimum: 0, maximum: 99.95 },
            currency: { const: 'eur' },
            labels: { type: 'array', minItems: 1, items: { type: 'string', enum: ['late', 'broken'] } },
            customer: {
              type: 'object',
              required: ['id'],
              additionalProperties: false,
              properties: { id: { type: 'string', pattern: '^cus_' }, vip: { type: 'boolean' } },
            },
          },
        },
      }),
    },
  }),
  agent('reader', { tools: { 'kb/search': grant('allow'), 'kb/@sampling': grant('allow'), 'pay/list': grant('ask') } }),
]);

describe('hand-made policies', () => {
  const bundle = bundleOf(desk);
  const calls = callsAround(desk);

  test('strict validation has nothing to say', () => {
    expect(validateCedar(bundle)).toEqual([]);
  });

  test('the engine answers every call as the policy does', () => {
    expect(calls.length).toBeGreaterThan(300);
    expect(unexplained(desk, bundle, calls)).toEqual([]);
    const allowed = calls.filter((call) => engineAllows(bundle, call));
    expect(new Set(allowed.map((call) => `${call.agent} ${call.tool}`)).size).toBeGreaterThan(6);
  });

  test.each([
    { pick: 'allow:desk:pay/refund', by: 'permit (principal, action, resource);' },
    { pick: 'deny:desk:Bash', by: 'permit (principal, action == Stakes::Action::"Bash", resource);' },
    { pick: 'allow:desk:pay/list', by: undefined },
  ])('the comparison sees $pick changed by hand', ({ pick, by }) => {
    const { [pick]: removed, ...rest } = bundle.policies;
    expect(removed).toBeDefined();
    const policies = by === undefined ? rest : { ...rest, [pick]: by };
    expect(unexplained(desk, { ...bundle, policies }, calls)).not.toEqual([]);
  });

  test('a call that leaves `undeclared` out is not let through', () => {
    const call = {
      agent: 'desk',
      tool: 'pay/refund',
      approved: true,
      input: { amount: 5, currency: 'eur', labels: ['late'] },
    };
    expect(engineAllows(bundle, call)).toBe(true);
    const request = requestFor(schemaJson(bundle.schema), call);
    if (request === null) throw new Error('the call fits the schema');
    const { undeclared: _, ...context } = request.context;
    expect(decideCedar(bundle, { ...request, context }).decision).toBe('deny');
  });
});

test.each<[ArgumentSchema, allowed: unknown[], denied: unknown[]]>([
  [{ type: 'string', pattern: '^b\\*' }, ['b*', 'b*c'], ['b', 'bc', 'xb*']],
  [{ type: 'string', pattern: '"$' }, ['"', 'a"'], ['a', '"a']],
  [{ type: 'string', enum: ['a"b', 'c\\d', '\n', '\u202e'] }, ['a"b', 'c\\d', '\n', '\u202e'], ['a', 'cd', '']],
  [{ type: 'string', minLength: 1 }, [' '], ['', null, 1]],
  [{ type: 'number', maximum: 0.00006 }, [0, -1.5], [0.0001, 1, '0.0']],
  [{ type: 'number', exclusiveMinimum: 99.95 }, [99.9501, 100], [99.95, 0.1]],
  [{ type: 'integer', minimum: 2.5, maximum: 1e20 }, [3, 9007199254740991], [2, 2.5, '3', true]],
  [{ type: 'integer', enum: [1, 2], const: 2 }, [2], [1, 3]],
  [
    { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, minItems: 1 },
    [['a'], ['b', 'a', 'a']],
    [[], ['a', 'c'], 'a'],
  ],
])('%j says the same in Cedar', (schema, allowed, denied) => {
  const properties = { 'an "odd" name': schema };
  const made = policy([
    agent('a', {
      tools: {
        's/t': grant('allow', { arguments: { type: 'object', required: Object.keys(properties), properties } }),
      },
    }),
  ]);
  const bundle = bundleOf(made);
  expect(target.emit(made).losses.filter(({ what }) => what === 'arguments')).toEqual([]);
  const answers = [...allowed, ...denied].map((value) => {
    const call = { agent: 'a', tool: 's/t', approved: false, input: { 'an "odd" name': value } as JsonRecord };
    expect(policyAllows(made, call)).toBe(allowed.includes(value));
    return engineAllows(bundle, call);
  });
  expect(answers).toEqual([...allowed.map(() => true), ...denied.map(() => false)]);
});

describe('properties', () => {
  const numRuns = Number(process.env.STAKES_CASES ?? 100);
  const text = fc.constantFrom('a', 'b', 'ab', 'abb', 'b*', 'b*b', '', '"', '\\', '\n', 'é');
  const whole = fc.integer({ min: -3, max: 6 });
  const tenth = fc.integer({ min: -30, max: 60 }).map((value) => value / 10);
  const names = ['a', 'b c', '"'];

  type Keywords = fc.Arbitrary<ArgumentSchema>;
  const some = (keywords: Record<string, fc.Arbitrary<unknown>>): Keywords =>
    fc.record(keywords, { requiredKeys: [] }) as Keywords;
  const typed = (type: string, keywords: Record<string, fc.Arbitrary<unknown>>): Keywords =>
    some(keywords).map((rest) => ({ type, ...rest }) as ArgumentSchema);
  const bounds = (number: fc.Arbitrary<number>) => ({ minimum: number, exclusiveMaximum: number });
  const otherBounds = (number: fc.Arbitrary<number>) => ({ maximum: number, exclusiveMinimum: number });
  const values = (one: fc.Arbitrary<unknown>) => fc.array(one, { minLength: 1, maxLength: 3 });

  /** Schemas of which Cedar can say every word; `closed` everywhere or nowhere. */
  const sayable = (closed: boolean): Keywords => {
    const scalar = fc.oneof(
      typed('integer', bounds(fc.oneof(whole, tenth))),
      typed('integer', { ...otherBounds(fc.oneof(whole, tenth)), enum: values(whole) }),
      typed('number', bounds(fc.oneof(tenth, fc.constantFrom(0.00005, 1e20, -1e20)))),
      typed('number', otherBounds(tenth)),
      typed('boolean', { const: fc.boolean() }),
      typed('string', { pattern: fc.constantFrom('^a', 'b$', '^ab$', '^b\\*'), minLength: fc.constantFrom(0, 1) }),
      values(text).map((all): ArgumentSchema => ({ enum: all })),
      values(whole).map((all): ArgumentSchema => ({ enum: all })),
      fc.constant({}),
    );
    const item = fc.oneof(
      values(text).map((all): ArgumentSchema => ({ type: 'string', enum: all })),
      typed('integer', {}),
    );
    const list = item.chain((items) => typed('array', { items: fc.constant(items), minItems: fc.constantFrom(0, 1) }));
    const object = (inner: Keywords) =>
      fc
        .tuple(fc.dictionary(fc.constantFrom(...names), inner, { minKeys: 1, maxKeys: 3 }), fc.subarray(names))
        .map(([properties, required]): ArgumentSchema => {
          const rest = closed ? { additionalProperties: false } : {};
          return { type: 'object', properties, required: required.filter((name) => name in properties), ...rest };
        });
    return object(fc.oneof(scalar, scalar, list.map(withItems), object(scalar)));
  };
  /** `typed` may leave `items` out, and a list of anything is not sayable. */
  function withItems(schema: ArgumentSchema): ArgumentSchema {
    return { ...schema, items: schema.items ?? { type: 'string' } };
  }

  /** Schemas with words that get lost, too. */
  const anySchema = (): Keywords => {
    const loose = fc.oneof(
      typed('string', {
        pattern: fc.constantFrom('^a.*$', 'b', '^a+b$', '^(a|b)$'),
        maxLength: fc.integer({ min: 0, max: 2 }),
      }),
      typed('integer', { multipleOf: fc.constantFrom(1, 2) }),
      typed('array', { items: typed('integer', bounds(whole)), maxItems: fc.integer({ min: 0, max: 2 }) }),
      values(fc.oneof(text, whole)).map((all): ArgumentSchema => ({ enum: all })),
      typed('null', {}),
    );
    return fc
      .tuple(
        fc.boolean().chain(sayable),
        fc.dictionary(fc.constantFrom('a', 'c', '__extn'), loose, { maxKeys: 2 }),
        fc.subarray(['c', '__extn', 'nowhere']),
      )
      .map(([schema, more, required]) => ({
        ...schema,
        properties: { ...schema.properties, ...more },
        required: [...(schema.required ?? []), ...required],
      }));
  };

  /** Values of the right type, most of the time: only those get as far as the conditions. */
  function near(schema: ArgumentSchema): fc.Arbitrary<unknown> {
    const off = fc.oneof(text, whole, tenth, fc.boolean(), fc.constantFrom(null, 0.00001, [], {}));
    return fc.oneof({ arbitrary: ofType(schema), weight: 12 }, { arbitrary: off, weight: 1 });
  }

  function ofType(schema: ArgumentSchema): fc.Arbitrary<unknown> {
    if (schema.type === 'object') {
      const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, near(inner)] as const);
      const requiredKeys = fc.constantFrom(...[fields.map(([name]) => name), schema.required ?? []]);
      const declared = requiredKeys.chain((keys) =>
        fc.record(Object.fromEntries(fields), {
          requiredKeys: keys.filter((key) => fields.some(([name]) => name === key)),
        }),
      );
      const other = fc.oneof(
        { arbitrary: fc.constant({}), weight: 5 },
        { arbitrary: fc.constantFrom({ other: 1 }, { c: 2 }), weight: 1 },
      );
      return fc.tuple(declared, other).map(([one, two]) => ({ ...two, ...one }));
    }
    if (schema.type === 'array') return fc.array(near(schema.items ?? {}), { maxLength: 3 });
    if (schema.enum) return fc.oneof(fc.constantFrom(...schema.enum), text, whole);
    if (schema.type === 'integer') return whole;
    if (schema.type === 'number') return tenth;
    if (schema.type === 'boolean') return fc.boolean();
    return text;
  }

  const inputsFor = (schema: ArgumentSchema) =>
    fc.array(ofType(schema) as fc.Arbitrary<JsonRecord>, { minLength: 1, maxLength: 12 });
  const calling = (id: string, inputs: readonly JsonRecord[]): Call[] =>
    inputs.map((input) => ({ agent: id, tool: 's/t', input, approved: true }));
  /** Cedar's decimals have four places, so a finer number fits none of them: denied, whatever the schema says. */
  const isTooFine = ({ input }: Call) => JSON.stringify(input).includes('0.00001');

  test('a sayable schema loses nothing: the engine answers exactly as the schema does', () => {
    const cases = fc
      .boolean()
      .chain(sayable)
      .chain((schema) => fc.tuple(fc.constant(schema), inputsFor(schema)));
    const seen = { allowed: 0, denied: 0 };
    fc.assert(
      fc.property(cases, ([schema, inputs]) => {
        const made = policy([agent('a', { tools: { 's/t': grant('ask', { arguments: schema }) } })]);
        const bundle = bundleOf(made);
        expect(validateCedar(bundle)).toEqual([]);
        expect(target.emit(made).losses.filter(({ what }) => what === 'arguments')).toEqual([]);
        for (const call of calling('a', inputs)) {
          const wanted = policyAllows(made, call);
          seen[wanted ? 'allowed' : 'denied'] += 1;
          const engine = engineAllows(bundle, call);
          expect([call.input, engine || (wanted && isTooFine(call))]).toEqual([call.input, wanted]);
        }
      }),
      { numRuns },
    );
    // A comparison of denials alone would prove nothing.
    expect(seen.allowed).toBeGreaterThan(numRuns / 2);
    expect(seen.denied).toBeGreaterThan(numRuns / 2);
  });

  test('any schema, shared by two agents: valid, without errors, and every difference is told', () => {
    const cases = fc
      .tuple(anySchema(), anySchema())
      .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), inputsFor(a), inputsFor(b)));
    fc.assert(
      fc.property(cases, ([first, second, inputs, others]) => {
        const made = policy([
          agent('a', { tools: { 's/t': grant('allow', { arguments: first }) } }),
          agent('b', { tools: { 's/t': grant('ask', { arguments: second }) } }),
        ]);
        const bundle = bundleOf(made);
        expect(validateCedar(bundle)).toEqual([]);
        const calls = [...calling('a', [...inputs, ...others]), ...calling('b', [...inputs, ...others])];
        const finer = (call: Call) => isTooFine(call) && !engineAllows(bundle, call);
        expect(
          unexplained(
            made,
            bundle,
            calls.filter((call) => !finer(call)),
          ),
        ).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('a name or a text never breaks out of its string', () => {
    const hostile = fc.oneof(
      fc.string({ unit: codePoint, minLength: 1 }),
      fc.constantFrom(
        '"',
        '\\',
        'x"); permit (principal, action, resource); //',
        '*/',
        '\u202e',
        '\ud800',
        '__proto__',
        'constructor',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (id, tool, because) => {
        const made = policy([
          agent(id, {
            tools: Object.fromEntries([
              [`s/${tool}`, grant('allow', { because })],
              [tool, grant('deny')],
            ]),
          }),
        ]);
        const bundle = bundleOf(made);
        // Warnings about look-alike letters are the validator's right, and a policy without a tool has no action.
        const known = /General Security Profile|mixed scripts|bidi|BIDI|declares no action/;
        const complaints = validateCedar(bundle).filter((message) => !known.test(message));
        expect(complaints).toEqual([]);
        const sayable = (text: string) => !/\p{Surrogate}/u.test(text);
        const tools = sayable(id) ? [...new Set([`s/${tool}`, tool])].filter(sayable) : [];
        const parsed = Object.values(bundle.policies).map((text) => cedar.policyToJson(text));
        const actions = parsed.map((one) => (one.type === 'success' ? JSON.stringify(one.json.action) : 'failure'));
        const expected = tools.map((name) =>
          JSON.stringify({ op: '==', entity: { type: 'Stakes::Action', id: name } }),
        );
        expect(actions.sort()).toEqual(expected.sort());
        for (const name of tools)
          expect(engineAllows(bundle, { agent: id, tool: name, input: {}, approved: false })).toBe(
            name === `s/${tool}`,
          );
      }),
      { numRuns },
    );
  });
});

const cli = join(root, 'bin/stakes.js');
const examples = readdirSync(join(root, 'examples')).filter((name) => /\.ya?ml$/.test(name));

// The command is built by `npm run build`; without it there is nothing to read.
const built = [join(root, 'dist/cli.cjs'), join(root, 'src/cli/commands/generate.ts')].every((file) =>
  existsSync(file),
);

describe.skipIf(!built)('examples', () => {
  test.each(examples)('%s', (name) => {
    const out = mkdtempSync(join(scratch, 'example-'));
    execFileSync(process.execPath, [cli, 'generate', join(root, 'examples', name), '--out', out], { stdio: 'pipe' });
    const folders = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('policy.json'),
    );
    expect(folders).not.toEqual([]);
    for (const path of folders) {
      const made = JSON.parse(readFileSync(join(out, path), 'utf8')) as Policy;
      const bundle = loadCedarBundle(join(out, path, '../cedar'));
      expect(validateCedar(bundle)).toEqual([]);
      expect(unexplained(made, bundle, callsAround(made))).toEqual([]);
    }
  });
});
