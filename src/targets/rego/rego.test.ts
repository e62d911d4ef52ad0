import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agent, grant, policy } from '../../model/policy.fixture.ts';
import { strangeCall } from './harmless.ts';
import { re2Of } from './pattern.ts';
import { target } from './target.ts';
import { regoString } from './text.ts';

const fileOf = (made: ReturnType<typeof policy>, path: string) =>
  target.emit(made).files.find((file) => file.path === path)?.content ?? '';
const told = (made: ReturnType<typeof policy>) =>
  target.emit(made).losses.map(({ what, tool }) => (tool ? `${what} ${tool}` : what));

const desk = policy([
  agent('desk', {
    tools: {
      Bash: grant('deny', { because: 'no "shell"' }),
      'files/*': grant('allow'),
      'pay/refund': grant('ask', {
        cost: { argument: '/amount', usdPerUnit: 0.01 },
        arguments: {
          type: 'object',
          required: ['amount'],
          additionalProperties: false,
          properties: {
            amount: { type: 'integer', minimum: 1, maximum: 5000, multipleOf: 5 },
            note: { maxLength: 80, pattern: '^SHOP-\\d+$' },
          },
        },
      }),
    },
  }),
]);

describe('files', () => {
  test('grants are a table, and what they ask of arguments are functions', () => {
    const text = fileOf(desk, 'policy.rego');
    expect(text).toContain('package stakes["desk"]\n');
    expect(text).toContain(`grants := {
	"desk": {
		"Bash": {"decision": "deny", "because": "no \\"shell\\"", "check": 0},
		"files/*": {"decision": "allow", "because": "hand-made", "check": 0},
		"pay/refund": {"decision": "ask", "because": "hand-made", "check": 1},
	},
}`);
    expect(text).toContain(`	is_number(x)
	x == floor(x)
	x >= 1
	x <= 5000
	is_multiple(x, 5, "")
`);
    expect(text).toContain('regex.match("\\\\ASHOP\\\\x{2d}(?:[0-9])+\\\\z", x)');
    expect(text).toContain('step_1 := step(arguments, "amount")\n\tis_number(step_1)\n\tstep_1 >= 0\n');
  });

  test('the tests ask for what the policy answers', () => {
    const text = fileOf(desk, 'policy_test.rego');
    expect(text).toContain('import data.stakes["desk"] as policy');
    expect(text).toContain('answer({"agent": "desk", "tool": "Bash", "arguments": {}, "approved": true}) == "deny"');
    expect(text).toContain('"arguments": {"amount": 5000, "note": "SHOP-0"}, "approved": true}) == "allow"');
    expect(text).toContain('"arguments": {"amount": 5005, "note": "SHOP-0"}, "approved": true}) == "deny"');
  });

  test('the same policy in another order gives the same bytes', () => {
    const reversed = structuredClone(desk);
    for (const one of Object.values(reversed.agents))
      one.tools = Object.fromEntries(Object.entries(one.tools).reverse());
    expect(target.emit(reversed)).toEqual(target.emit(desk));
  });

  test('a name or a text never breaks out of its string, and what has no encoding is denied and told', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '\\', '`', '}\n', '\u202e', '#', '__proto__'),
    );
    fc.assert(
      fc.property(hostile, (name) => {
        expect(JSON.parse(regoString(name))).toBe(name);
        expect(regoString(name)).not.toMatch(/[\n\r\u202e\u2028]/);
        const tools = Object.fromEntries([[`s/${name}`, grant('allow', { because: name })]]);
        const text = fileOf(policy([agent('a', { tools })]), 'policy.rego');
        expect(text.split('\n').filter((line) => line.includes('"check": ')).length).toBe(1);
        expect(strangeCall(text)).toBeUndefined();
      }),
    );
    const odd = policy([agent('a', { tools: { 's/\ud800': grant('allow') } })]);
    expect(fileOf(odd, 'policy.rego')).not.toContain('"check": ');
    expect(told(odd)).toContain('name s/\ud800');
  });
});

test('losses: a remainder of what is written with an exponent, and what has no expression in RE2', () => {
  const schema = { type: 'object' as const, properties: { a: { pattern: '^\\p{L}+$' }, b: { pattern: 'a{1001}' } } };
  expect(told(policy([agent('a', { tools: { 's/t': grant('allow', { arguments: schema }) } })]))).toEqual([
    'arguments s/t',
    'arguments s/t',
    'egress-allowlist',
    'filesystem',
  ]);
  expect(told(desk)).toContain('arguments pay/refund');
});

test.each([
  ['^a.b$', '\\Aa[^\\n\\r\\x{2028}\\x{2029}]b\\z'],
  [
    '[^\\s"]{2,}',
    '[^\\x{9}-\\x{d} \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"]{2,}',
  ],
  ['(?<year>\\d)|-', '(?:[0-9]|\\x{2d})'],
  ['\\u{1f600}|[]', '(?:\\x{1f600}|[^\\x{0}-\\x{10ffff}])'],
  ['(?:a{40}){40}', undefined],
  ['\\p{L}', undefined],
  ['[\\ud800-a]', undefined],
])('%s in RE2 is %s', (pattern, expected) => {
  const texts = re2Of(pattern);
  expect(
    texts === undefined ? undefined : texts.replace(/\(\?:((?:\[[^\]]*\]|\\x\{[^}]*\}|a))\)(?=[*+?{])/g, '$1'),
  ).toBe(expected);
});

test.each([
  ['x if http.send({})', 'http.send'],
  ['x if { opa.runtime\n() }', 'opa.runtime'],
  ['x if http["send"]({})', ']'],
  ['f(x) if x\ny if f(1) # http.send()', undefined],
  ['x := `http.send(` if "net.lookup(" in [1]', undefined],
])('%s calls %s', (text, expected) => {
  expect(strangeCall(text)).toBe(expected);
});
