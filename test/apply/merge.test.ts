import * as fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { settingsFaults } from '../../src/apply/faults.ts';
import { merged } from '../../src/apply/merge.ts';
import { stripped } from '../../src/apply/strip.ts';
import { tokensIn } from '../../src/apply/syntax.ts';
import { wantedOf } from '../../src/apply/wanted.ts';
import { tokensOf } from '../../src/source/pointer.ts';
import { INSTALLS } from '../../src/targets/claude-code/installs.ts';
import { RULES, settingsText } from './settings.ts';

const runs = { numRuns: Number(process.env.STAKES_CASES ?? 200) };
const project = INSTALLS.find(({ way }) => way === 'merge');
const rules = project?.way === 'merge' ? project.rules : {};
const generated = fc.record(
  {
    permissions: fc.record(
      {
        ask: fc.uniqueArray(fc.constantFrom(...RULES), { maxLength: 4 }),
        deny: fc.uniqueArray(fc.constantFrom(...RULES, 'Agent', 'Write'), { maxLength: 6 }),
        disableAutoMode: fc.constant('disable'),
      },
      { requiredKeys: ['deny'] },
    ),
    sandbox: fc.constantFrom(
      {
        enabled: true,
        network: { allowedDomains: ['a.example'], strictAllowlist: true },
        filesystem: { denyRead: ['~/'] },
      },
      { enabled: true, network: { allowedDomains: [] } },
    ),
    hooks: fc.constant({ PreToolUse: [{ matcher: 'mcp__.*', hooks: [{ type: 'command', command: 'x' }] }] }),
  },
  { requiredKeys: ['permissions'] },
);
const plain = (text: string): unknown => parse(text, [], { allowTrailingComma: true, allowEmptyContent: true });
const at = (text: string, pointer: string) =>
  tokensOf(pointer).reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], plain(text));
const comments = (text: string) =>
  tokensIn(text, 0, text.length)
    .filter(({ kind }) => kind === 'comment')
    .map(({ start, end }) => text.slice(start, end).trimEnd());

function check(text: string, name: string): void {
  expect(settingsFaults(text, name), text).toEqual([]);
}

describe('any settings text and any generated one', () => {
  test('the arbitrary makes settings that are good', () => {
    fc.assert(
      fc.property(settingsText, (text) => check(text, 'given')),
      runs,
    );
  });

  test('what is wanted is there, in JSON that has every comment, and a second time changes nothing', () => {
    fc.assert(
      fc.property(settingsText, generated, (text, settings) => {
        const wanted = wantedOf(settings, rules);
        const first = merged(text, wanted, []);
        check(first.text, 'merged');
        expect(comments(first.text)).toEqual(comments(text));
        for (const { pointer, rule, value } of wanted) {
          if (rule === 'union')
            expect(at(first.text, pointer) ?? []).toEqual(expect.arrayContaining(value as unknown[]));
          if (rule === 'set') expect(at(first.text, pointer)).toEqual(value);
          if (rule === 'keep-if-present') expect(at(first.text, pointer)).toEqual(at(text, pointer) ?? value);
        }
        expect(at(first.text, '/permissions/allow')).toEqual(at(text, '/permissions/allow'));
        const second = merged(first.text, wanted, first.owns);
        expect(second).toEqual(first);
      }),
      runs,
    );
  });

  test('taking out what is ours leaves the value that was there, with every comment', () => {
    fc.assert(
      fc.property(settingsText, generated, (text, settings) => {
        const { text: after, owns } = merged(text, wantedOf(settings, rules), []);
        const out = stripped(after, owns);
        check(out, 'stripped');
        expect(plain(out) ?? {}).toEqual(plain(text) ?? {});
        expect(comments(out)).toEqual(comments(text));
      }),
      runs,
    );
  });

  test('another generated file in between, and a hand edit, change nothing about that', () => {
    fc.assert(
      fc.property(settingsText, generated, generated, (text, one, two) => {
        const first = merged(text, wantedOf(one, rules), []);
        const edited = first.text.replace(/\}(?=[^}]*$)/, '// by hand\n}');
        const second = merged(edited, wantedOf(two, rules), first.owns);
        check(second.text, 'second');
        const fresh = merged(text, wantedOf(two, rules), []);
        const sorted = (value: unknown) =>
          JSON.stringify(value, (_, v) =>
            Array.isArray(v)
              ? v.map((x) => JSON.stringify(x)).sort()
              : v && typeof v === 'object'
                ? Object.fromEntries(Object.entries(v).sort())
                : v,
          );
        expect(sorted(plain(second.text))).toEqual(sorted(plain(fresh.text)));
        const out = stripped(second.text, second.owns);
        check(out, 'out');
        expect(sorted(plain(out) ?? {})).toEqual(sorted(plain(text) ?? {}));
        expect(comments(out)).toContain('// by hand');
      }),
      runs,
    );
  });
});

test('a key that no rule names is a fault of the target', () => {
  expect(() => wantedOf({ permissions: { allow: ['Bash'] } }, rules)).toThrow('/permissions/allow');
  expect(() => wantedOf({ permissions: { deny: 'Bash' } }, rules)).not.toThrow();
});

test('a list that allows more is kept, with a warning', () => {
  const text = '{"sandbox": {"network": {"allowedDomains": ["a.example", "b.example"]}}}';
  const wanted = wantedOf({ sandbox: { network: { allowedDomains: ['a.example'] } } }, rules);
  const { warnings, text: after, owns } = merged(text, wanted, []);
  expect([after, owns]).toEqual([text, []]);
  expect(warnings).toEqual(['`sandbox.network.allowedDomains` was there and stays; it also allows `b.example`']);
});
