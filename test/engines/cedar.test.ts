import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ArgumentSchema } from '../../src/model/manifest.ts';
import type { Grant, Policy } from '../../src/model/policy.ts';
import { agent, grant, policy } from '../../src/targets/cedar/sample.fixture.ts';
import { target } from '../../src/targets/cedar/target.ts';
import {
  type CedarBundle,
  type CedarRequest,
  decideCedar,
  loadCedarBundle,
  policiesById,
  validateCedar,
} from './cedar.ts';
import type { JsonRecord } from './json.ts';

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
  expect(answer.errors).toEqual([]);
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
  agent('reader', { tools: { 'kb/search': grant('allow'), 'pay/list': grant('ask') } }),
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

describe('properties', () => {
  const text = fc.constantFrom('a', 'b', 'ab', 'b*', '', '"', '\\', '\n', 'é');
  const whole = fc.integer({ min: -3, max: 6 });
  const tenth = fc.integer({ min: -30, max: 60 }).map((value) => value / 10);
  const bounds = (number: fc.Arbitrary<number>) =>
    fc.record(
      { minimum: number, maximum: number, exclusiveMinimum: number, exclusiveMaximum: number },
      { requiredKeys: [] },
    );
  const oneType = (type: string, more: fc.Arbitrary<object>) =>
    more.map((rest) => ({ type, ...rest }) as ArgumentSchema);
  const scalar = fc.oneof<fc.Arbitrary<ArgumentSchema>[]>(
    oneType('integer', bounds(fc.oneof(whole, tenth))),
    oneType('number', bounds(fc.oneof(tenth, fc.constantFrom(0.00005, 1e20, -1e20)))),
    oneType('boolean', fc.record({ const: fc.boolean() }, { requiredKeys: [] })),
    fc.record({ enum: fc.array<unknown>(fc.oneof(text, whole), { minLength: 1, maxLength: 3 }) }),
    oneType(
      'string',
      fc.record({ pattern: fc.constantFrom('^a', 'b$', '^ab$', '^a.*$', '^b\\*', 'b') }, { requiredKeys: [] }),
    ),
    oneType(
      'string',
      fc.record(
        { minLength: fc.integer({ min: 0, max: 2 }), enum: fc.array(text, { minLength: 1 }) },
        { requiredKeys: [] },
      ),
    ),
    fc.constant({}),
  );
  const list = fc
    .record(
      { items: scalar, minItems: fc.integer({ min: 0, max: 2 }), maxItems: fc.integer({ min: 0, max: 2 }) },
      { requiredKeys: ['items'] },
    )
    .map((rest): ArgumentSchema => ({ type: 'array', ...rest }));
  const names = ['a', 'b c', '"', '__extn'];
  const object = (inner: fc.Arbitrary<ArgumentSchema>) =>
    fc
      .record(
        {
          properties: fc.dictionary(fc.constantFrom(...names), inner, { maxKeys: 3 }),
          required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 1 }),
          additionalProperties: fc.boolean(),
        },
        { requiredKeys: [] },
      )
      .map((rest): ArgumentSchema => ({ type: 'object', ...rest }));
  const schema = object(fc.oneof(scalar, list, object(scalar)));
  const leaf = fc.oneof(text, whole, tenth, fc.boolean(), fc.constant(null), fc.constant(0.00001));
  const record = (value: fc.Arbitrary<unknown>) =>
    fc.dictionary(fc.constantFrom(...names, 'other'), value, { maxKeys: 3 });
  const input = record(fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), record(leaf))) as fc.Arbitrary<JsonRecord>;
  const numRuns = Number(process.env.STAKES_CASES ?? 200);

  test('any argument schema: valid, without errors, and equal to the schema but for what is told', () => {
    const cases = fc.tuple(schema, schema, fc.array(input, { minLength: 1, maxLength: 8 }));
    fc.assert(
      fc.property(cases, ([first, second, inputs]) => {
        const made = policy([
          agent('a', { tools: { 's/t': grant('allow', { arguments: first }) } }),
          agent('b', { tools: { 's/t': grant('ask', { arguments: second }) } }),
        ]);
        const bundle = bundleOf(made);
        expect(validateCedar(bundle)).toEqual([]);
        const calls = ['a', 'b'].flatMap((id) =>
          inputs.map((one) => ({ agent: id, tool: 's/t', input: one, approved: true })),
        );
        const decimalsAside = calls.filter((call) => !JSON.stringify(call.input).includes('0.00001'));
        expect(unexplained(made, bundle, decimalsAside)).toEqual([]);
        // A number finer than Cedar's four places fits no decimal: never let through where the schema says no.
        for (const call of calls)
          if (engineAllows(bundle, call) && !policyAllows(made, call))
            expect(unexplained(made, bundle, [call])).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('a name or a text never breaks out of its string', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
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
const built = [join(root, 'dist/cli.js'), join(root, 'src/cli/commands/generate.ts')].every((file) => existsSync(file));

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
