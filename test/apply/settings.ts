import * as fc from 'fast-check';

/** Rules that a person may have written, some of which are generated too. */
export const RULES = [
  'Bash',
  'Read(./.env)',
  'WebSearch',
  'mcp__a__b',
  'Edit(**/x)',
  'Task',
  'mine // no',
  '/* "q" */',
];

/** Space between two tokens of a settings file, with or without comments. */
const gap = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('', ' ', '\n', '\n  ', '\t', '\r\n') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/* c */', ' // line\n', '\n// "deny": [\n', '/* a\n b */', '//\n', '/**/ /*]*/'),
  },
);

const json = (value: fc.Arbitrary<unknown>) => value.map((item) => JSON.stringify(item));

function joined(open: string, close: string, items: fc.Arbitrary<string[]>): fc.Arbitrary<string> {
  return fc
    .tuple(items, fc.array(gap, { minLength: 20, maxLength: 20 }), fc.boolean())
    .map(([parts, gaps, trailing]) => {
      let next = 0;
      const space = () => gaps[next++ % gaps.length] ?? '';
      const body = parts.map((part, i) => {
        const comma = i < parts.length - 1 || trailing ? `${space()},` : '';
        return `${space()}${part}${comma}`;
      });
      return `${open}${body.join('')}${space()}${close}`;
    });
}

const entry = fc.oneof(
  { weight: 5, arbitrary: json(fc.constantFrom(...RULES)) },
  { weight: 1, arbitrary: json(fc.constantFrom({ matcher: 'x', hooks: [] }, 7, null, ['Bash'])) },
);
const list = joined('[', ']', fc.array(entry, { maxLength: 5 }));
const plain = json(fc.constantFrom(true, false, 'disable', 'no', 1, null));

function object(values: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const pairs = Object.entries(values).map(([key, value]) =>
    fc.tuple(gap, gap, value).map(([a, b, text]) => `${JSON.stringify(key)}${a}:${b}${text}`),
  );
  const some = fc
    .tuple(fc.shuffledSubarray(pairs.map((_, i) => i)), ...pairs)
    .map(([order, ...texts]) => order.map((i) => texts[i] ?? ''));
  return joined('{', '}', some);
}

/** The text of a settings file as people write them: any order, any layout, comments and trailing commas anywhere. */
export const settingsText: fc.Arbitrary<string> = fc
  .tuple(
    gap,
    fc.option(
      object({
        permissions: object({
          allow: list,
          ask: list,
          deny: list,
          disableAutoMode: plain,
          'a/b~c': plain,
        }),
        sandbox: object({
          enabled: plain,
          network: object({ allowedDomains: list, strictAllowlist: plain }),
          filesystem: object({ denyRead: list }),
        }),
        hooks: object({ PreToolUse: list, Stop: list }),
        env: object({ A: plain, __proto__2: plain }),
        '': plain,
      }),
      { freq: 10, nil: '' },
    ),
    gap,
  )
  .map((parts) => parts.join(''));
