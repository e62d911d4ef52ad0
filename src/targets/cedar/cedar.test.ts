import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy } from '../../model/policy.fixture.ts';
import { compareDecimal, compareLong } from './numbers.ts';
import { fixedEnds } from './pattern.ts';
import { target } from './target.ts';
import { cedarString, isSayable } from './text.ts';

/** Control characters, lone surrogates and all: names come from strangers. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

function fileOf(made: ReturnType<typeof policy>, path: string): string {
  return target.emit(made).files.find((file) => file.path === path)?.content ?? '';
}

const desk = policy([
  agent('desk', {
    tools: {
      Bash: grant('deny', { because: 'no "shell"' }),
      'pay/refund': grant('ask', {
        arguments: {
          type: 'object',
          required: ['amount'],
          additionalProperties: false,
          properties: {
            amount: { type: 'integer', minimum: 1, maximum: 5000 },
            note: { type: 'string', maxLength: 80, pattern: '^SHOP-[0-9]+$' },
          },
        },
        maxCallsPerDay: 40,
        scopes: ['refunds:write'],
      }),
    },
  }),
]);

describe('files', () => {
  test('a gated tool with bounded arguments', () => {
    expect(fileOf(desk, 'policies.cedar')).toContain(`@id("allow:desk:pay/refund")
@because("hand-made")
permit (
  principal == Stakes::Agent::"desk",
  action == Stakes::Action::"pay/refund",
  resource == Stakes::Server::"pay"
)
when {
  context.approved &&
  !context.undeclared &&
  context.input has "amount" &&
  context.input["amount"] >= 1 &&
  context.input["amount"] <= 5000 &&
  (if context.input has "note" then context.input["note"] like "SHOP-*" else true)
};
`);
    expect(fileOf(desk, 'schema.cedarschema')).toContain('"amount"?: Long,');
  });

  test('a denied built-in is an unconditional forbid on the host', () => {
    expect(fileOf(desk, 'policies.cedar')).toContain(`@because("no \\"shell\\"")
forbid (
  principal == Stakes::Agent::"desk",
  action == Stakes::Action::"Bash",
  resource == Stakes::Host::"host"
);
`);
  });

  test('the same policy in another order gives the same bytes', () => {
    const reversed = structuredClone(desk);
    for (const one of Object.values(reversed.agents))
      one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
    expect(target.emit(reversed)).toEqual(target.emit(desk));
  });

  test('a wildcard gives its decision to tools that only other agents list', () => {
    const two = policy([
      agent('a', { tools: { 's/*': grant('ask'), 's/own': grant('deny') } }),
      agent('b', { tools: { 's/other': grant('allow'), 's/@sampling': grant('allow') } }),
    ]);
    const ids = [...fileOf(two, 'policies.cedar').matchAll(/@id\("(.*)"\)/g)].map(([, id]) => id);
    expect(ids).toEqual(['allow:a:s/*', 'allow:b:s/@sampling', 'allow:a:s/other', 'allow:b:s/other', 'deny:a:s/own']);
  });
});

describe('losses', () => {
  const told = (made: ReturnType<typeof policy>) =>
    target.emit(made).losses.map(({ what, tool }) => (tool ? `${what} ${tool}` : what));

  test('what the grant asks and Cedar cannot say', () => {
    expect(told(desk)).toEqual([
      'arguments pay/refund',
      'maxCallsPerDay',
      'scoped-tokens',
      'egress-allowlist',
      'filesystem',
      'approvals',
    ]);
    expect(target.emit(desk).losses[0]?.message).toBe(
      'Cedar cannot check `maxLength` of `/note`, `pattern` of `/note`',
    );
  });

  test('a limit is lost by name', () => {
    const limited = policy([agent('a', { limits: { callsPerMinute: 30, usdPerDay: 2 } })], { audit: 'signed' });
    expect(told(limited)).toEqual(['rate-limit', 'spend-cap', 'egress-allowlist', 'filesystem', 'signed-audit']);
  });

  test('a name that no file can hold is denied and told', () => {
    const odd = policy([agent('a', { tools: { 's/\ud800': grant('allow') } })]);
    expect(fileOf(odd, 'policies.cedar')).not.toContain('permit');
    expect(told(odd)).toContain('name s/\ud800');
  });
});

describe('numbers', () => {
  test.each([
    ['<=', 2.5, 'x <= 2'],
    ['<', 2.5, 'x <= 2'],
    ['>=', 2.5, 'x > 2'],
    ['<', 3, 'x < 3'],
    ['>=', -1e30, 'always'],
    ['<=', -1e30, 'never'],
  ] as const)('whole numbers %s %d: %s', (operator, bound, expected) => {
    expect(compareLong('x', operator, bound)).toBe(expected);
  });

  test.each([
    ['<=', 4.35, 'x.lessThanOrEqual(decimal("4.35"))'],
    ['<', 0.00001, 'x.lessThanOrEqual(decimal("0.0"))'],
    ['<=', 0.00006, 'x.lessThanOrEqual(decimal("0.0"))'],
    ['>', -0.00001, 'x.greaterThan(decimal("-0.0001"))'],
    ['>=', 1e16, 'never'],
    ['<', 1e16, 'always'],
  ] as const)('decimals %s %d: %s', (operator, bound, expected) => {
    expect(compareDecimal('x', operator, bound)).toBe(expected);
  });
});

describe('patterns', () => {
  test.each([
    ['^SHOP-[A-Z0-9]{1,10}$', 'SHOP-', '', false],
    ['^docs/[A-Za-z0-9/_-]+\\.md$', 'docs/', '.md', false],
    ['^abc', 'abc', '', true],
    ['\\.md$', '', '.md', true],
    ['^a\\x41$', 'a', '', false],
    ['^ab+$', 'a', '', false],
    ['^(ab|c)$', '', '', false],
    ['^a\\k<n>$', 'a', '', false],
  ])('%s', (pattern, start, end, exact) => {
    expect(fixedEnds(pattern)).toMatchObject({ start, end, exact });
  });

  test('what matches the pattern has the fixed ends', () => {
    const part = fc.constantFrom('a', 'b', '\\.', '.', '[ab]', 'a+', 'b?', '(?:ab)', '\\d', '\\x41', 'a{2}', '-');
    const pattern = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => `^${parts.join('')}$`);
    const sample = pattern.chain((text) => fc.tuple(fc.constant(text), fc.stringMatching(new RegExp(text))));
    fc.assert(
      fc.property(sample, ([text, value]) => {
        const { start, end, whole } = fixedEnds(text);
        expect(value.startsWith(start) && value.endsWith(end) && (!whole || value === start)).toBe(true);
      }),
    );
  });
});

test('a string never ends its literal, and comes back from it', () => {
  const literalForm = /^"(?:[^"\\\n\r]|\\(?:["\\nrt]|u\{[0-9a-f]+\}))*"$/u;
  fc.assert(
    fc.property(fc.string({ unit: codePoint }).filter(isSayable), (text) => {
      const literal = cedarString(text);
      const json = literal.replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => escapeJson(hex));
      return literalForm.test(literal) && JSON.parse(json) === text;
    }),
  );
});

function escapeJson(hex: string): string {
  return JSON.stringify(String.fromCodePoint(Number.parseInt(hex, 16))).slice(1, -1);
}
