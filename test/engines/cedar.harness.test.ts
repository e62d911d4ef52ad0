import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decideCedar, loadCedarBundle, policiesById, rawCedarDecision, stakesRequest, validateCedar } from './cedar.ts';

const bundle = loadCedarBundle(join(import.meta.dirname, 'fixtures/bundle/cedar'));
const agent = 'librarian';
const input = { id: 'draft-1' };

describe('a bundle', () => {
  test('is valid, policy by policy', () => {
    expect(Object.keys(bundle.policies).sort()).toEqual(['allow-read_doc', 'ask-update_doc', 'deny-delete_doc']);
    expect(validateCedar(bundle)).toEqual([]);
  });

  test.each([
    ['files/read_doc', false, input, 'allow'],
    ['files/update_doc', false, input, 'deny'],
    ['files/update_doc', true, input, 'allow'],
    ['files/update_doc', true, { id: 'prod-1' }, 'deny'],
    ['files/delete_doc', true, input, 'deny'],
  ] as const)('%s, approved %s, %o: %s', (tool, approved, args, decision) => {
    const answer = decideCedar(bundle, stakesRequest({ agent, tool, approved, input: args }));
    expect(answer).toMatchObject({ decision, errors: [] });
  });

  test('another agent gets nothing', () => {
    expect(decideCedar(bundle, stakesRequest({ agent: 'other', tool: 'files/read_doc', input })).decision).toBe('deny');
  });
});

describe('a failure is seen', () => {
  const withPolicy = (id: string, text: string): typeof bundle => ({
    ...bundle,
    policies: { ...bundle.policies, [id]: text },
  });

  test('a typo in an attribute and in an action', () => {
    const attribute = 'permit (principal, action, resource) when { context.input.idd == "x" };';
    expect(validateCedar(withPolicy('typo', attribute)).join()).toMatch(/typo: .*idd/);
    const action = 'permit (principal, action == Stakes::Action::"files/raed_doc", resource);';
    expect(validateCedar(withPolicy('typo', action)).join()).toMatch(/raed_doc/);
  });

  test('a schema that declares nothing', () => {
    expect(validateCedar({ ...bundle, schema: '' })).toEqual(['the schema declares no action']);
  });

  test('a forbid that errors is skipped by the engine, and is a deny here', () => {
    const policies = {
      'allow-all': 'permit (principal, action, resource);',
      'deny-forced': 'forbid (principal, action, resource) when { context.input.force };',
    };
    const request = stakesRequest({ agent, tool: 'files/delete_doc', input });
    expect(rawCedarDecision({ ...bundle, policies }, request)).toBe('allow');
    const answer = decideCedar({ ...bundle, policies }, request);
    expect(answer.decision).toBe('deny');
    expect(answer.errors.join()).toContain('deny-forced');
  });

  test('a request outside the schema', () => {
    const unknown = decideCedar(bundle, stakesRequest({ agent, tool: 'files/unknown', input }));
    expect(unknown.decision).toBe('deny');
    expect(unknown.errors).not.toEqual([]);
    const wrongType = decideCedar(bundle, stakesRequest({ agent, tool: 'files/read_doc', input: { id: 7 } }));
    expect(wrongType.decision).toBe('deny');
    expect(wrongType.errors).not.toEqual([]);
  });

  test('a policy without an id, and two with the same', () => {
    expect(() => policiesById('permit (principal, action, resource);')).toThrow('has no @id');
    const twice = '@id("a") permit (principal, action, resource);\n'.repeat(2);
    expect(() => policiesById(twice)).toThrow('two policies have the @id a');
  });
});
