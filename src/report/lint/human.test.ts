import { describe, expect, it } from 'vitest';
import type { Finding, LintView } from '../../model/finding.ts';
import { plainPaint } from '../context.ts';
import { at, clean, FILE, hostile, mixed, over, placeless, relatedAt, TEXT, under, viewOf } from '../lint.fixture.ts';
import { contextOf, markedPaint, unpainted, visible } from '../marked-paint.fixture.ts';
import { widthOf } from '../wrap.ts';
import { format } from './human.ts';

const print = (view: LintView, columns = 80, texts: Record<string, string> = { [FILE]: TEXT }) =>
  format(view, contextOf(plainPaint, columns, texts));

describe('findings for people', () => {
  it('show the lines, why, what to do, and what the tier becomes', () => {
    expect(print(viewOf([under]))).toMatchInlineSnapshot(`
      "error[ungated-high-stakes]: \`stripe/create_refund\` cannot be undone and no
        person approves it
        --> refund-desk.agent.yaml:9:17
         |
       5 |   review: none
         |           ---- actions land without review
      .. |
       9 |     reversible: false
         |                 ^^^^^ money leaves for good
         |
         = why: one bad run is an incident instead of a declined request
         = help: set \`access: ask\` on this tool (about 12 approvals a day), or bound
                 it
         = tier: this alone holds the agent at full; fixed, medium-plus

      1 error in 1 file
      "
    `);
  });

  it('sum up what was found, held back and can be mended', () => {
    expect(print(mixed)).toMatchInlineSnapshot(`
      "warning[gated-read]: a person approves every call of \`stripe/list_charges\`,
        which only reads
        --> refund-desk.agent.yaml:10:48
         |
      10 |   stripe/list_charges: { effect: read, access: ask }
         |                                                ^^^
         |
         = why: people who approve what cannot hurt stop reading what can
         = help: set \`access: allow\` (safe fix: stakes lint --fix)

      error[invalid-file]: the file holds no agent
        --> empty.agent.yaml
         = why: what cannot be read cannot be assessed
         = help: run \`stakes init\`

      error[ungated-high-stakes]: \`stripe/create_refund\` cannot be undone and no
        person approves it
        --> refund-desk.agent.yaml:9:17
         |
       5 |   review: none
         |           ---- actions land without review
      .. |
       9 |     reversible: false
         |                 ^^^^^ money leaves for good
         |
         = why: one bad run is an incident instead of a declined request
         = help: set \`access: ask\` on this tool (about 12 approvals a day), or bound
                 it
         = tier: this alone holds the agent at full; fixed, medium-plus

      2 errors, 1 warning in 2 files · 1 ignored, 3 baselined · 1 fixable with --fix
      "
    `);
  });

  it('say so when there are none, and do not when something was not looked at', () => {
    expect(print(clean)).toBe('no findings in 3 files\n');
    const errors = [{ code: 'bad-config', message: 'the configuration is not valid', file: 'stakes.yaml' }];
    expect(print({ ...clean, errors })).toMatchInlineSnapshot(`
      "error[bad-config]: the configuration is not valid
        --> stakes.yaml

      no findings in 3 files · 1 problem, so not all was linted
      "
    `);
    expect(print({ ...viewOf([]), errors })).toContain('nothing linted · 1 problem, so not all was linted');
  });

  it('name the unsafe fixes apart', () => {
    const unsafe: Finding = { ...over, fix: 'unsafe' };
    expect(print(viewOf([unsafe]))).toContain('1 warning in 1 file · 1 fixable with --fix=unsafe');
    expect(print(viewOf([unsafe]))).toContain('(unsafe fix: stakes lint');
    expect(print(viewOf([over, unsafe]))).toContain('1 fixable with --fix and 1 more with --fix=unsafe');
  });

  it('point into other files, and name places without a line', () => {
    const related = [
      relatedAt('the subagent starts here', at(2, 1, 3, 'sub.agent.yaml')),
      { message: 'declared elsewhere', file: 'sub.agent.yaml', document: 0, agent: 'x', pointer: '/tools' },
    ];
    expect(
      print(viewOf([{ ...under, related }]), 80, { [FILE]: TEXT, 'sub.agent.yaml': 'a: 1\nid: x' }),
    ).toMatchInlineSnapshot(`
      "error[ungated-high-stakes]: \`stripe/create_refund\` cannot be undone and no
        person approves it
        --> refund-desk.agent.yaml:9:17
         |
       9 |     reversible: false
         |                 ^^^^^ money leaves for good
        ::: sub.agent.yaml:2:1
         |
       2 | id: x
         | -- the subagent starts here
         |
         = note: declared elsewhere (sub.agent.yaml at /tools)
         = why: one bad run is an incident instead of a declined request
         = help: set \`access: ask\` on this tool (about 12 approvals a day), or bound
                 it
         = tier: this alone holds the agent at full; fixed, medium-plus

      1 error in 1 file
      "
    `);
  });

  it('name the place where the text is not known', () => {
    expect(print(viewOf([under]), 80, {})).toMatchInlineSnapshot(`
      "error[ungated-high-stakes]: \`stripe/create_refund\` cannot be undone and no
        person approves it
        --> refund-desk.agent.yaml:9:17
         = note: money leaves for good
         = note: line 5: actions land without review
         = why: one bad run is an incident instead of a declined request
         = help: set \`access: ask\` on this tool (about 12 approvals a day), or bound
                 it
         = tier: this alone holds the agent at full; fixed, medium-plus

      1 error in 1 file
      "
    `);
  });

  it('put a label that has no room beside its marks below', () => {
    const view = viewOf([{ ...under, label: 'money leaves for good and nobody is asked about it' }]);
    expect(print(view, 60)).toMatchInlineSnapshot(`
      "error[ungated-high-stakes]: \`stripe/create_refund\` cannot be
        undone and no person approves it
        --> refund-desk.agent.yaml:9:17
         |
       5 |   review: none
         |           ---- actions land without review
      .. |
       9 |     reversible: false
         |                 ^^^^^
         |
         = note: money leaves for good and nobody is asked about
                 it
         = why: one bad run is an incident instead of a declined
                request
         = help: set \`access: ask\` on this tool (about 12
                 approvals a day), or bound it
         = tier: this alone holds the agent at full; fixed,
                 medium-plus

      1 error in 1 file
      "
    `);
  });

  it.each([40, 60, 80, 120])('keep to %d columns, but for words that are longer', (columns) => {
    const wide = viewOf([
      {
        ...under,
        message: `\`${'返金'.repeat(9)}\` cannot be undone and no person approves it`,
        label: '資金が戻らない',
      },
      over,
      placeless,
    ]);
    const longest = (line: string) => Math.max(...line.trim().split(' ').map(widthOf));
    for (const line of print(wide, columns).split('\n')) {
      // Frames and places are never broken.
      if (/^ *(?:\d* \||-->|:::|\.\.)/.test(line)) continue;
      expect(widthOf(line) <= columns || longest(line) + 14 > columns, line).toBe(true);
    }
  });

  it('line marks up under wide characters', () => {
    const text = '返金: { 取消: false }';
    const lines = print(viewOf([{ ...under, place: at(1, 11, 16), related: [] }]), 80, { [FILE]: text }).split('\n');
    const marked = lines.findIndex((line) => line.includes('^'));
    expect(widthOf((lines[marked] ?? '').split('^')[0] ?? '')).toBe(
      widthOf((lines[marked - 1] ?? '').split('false')[0] ?? ''),
    );
  });

  it('never pass on what could act on a terminal', () => {
    for (const columns of [40, 80]) {
      const texts = Object.fromEntries(hostile.findings.map(({ file }) => [file, TEXT]));
      expect(print(hostile, columns, texts)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
    }
  });

  it('show no lines of a file that would have to be searched for too long, and every finding all the same', () => {
    const big = `${TEXT}\n${'#'.repeat(9_000_000)}`;
    const printed = print(viewOf([under, { ...under, fingerprint: 'b' }, { ...under, fingerprint: 'c' }]), 80, {
      [FILE]: big,
    });
    expect(printed.match(/\^\^\^\^\^/g)).toHaveLength(2);
    expect(printed.match(/error\[ungated-high-stakes\]/g)).toHaveLength(3);
  });

  it('are the same text with paint', () => {
    const painted = format(mixed, contextOf(markedPaint, 80, { [FILE]: TEXT }));
    expect(unpainted(painted)).toBe(print(mixed));
    expect(visible(painted)).toContain('<warn:warning[gated-read]>');
    expect(visible(painted)).toContain('<bad:2 errors, 1 warning in 2 files>');
  });
});
