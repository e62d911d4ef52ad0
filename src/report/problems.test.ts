import { describe, expect, it } from 'vitest';
import type { Place } from '../model/place.ts';
import { plainPaint } from './context.ts';
import { contextOf, markedPaint, unpainted, visible } from './marked-paint.fixture.ts';
import { renderProblems } from './problems.ts';

const file = 'refund-desk.agent.yaml';
const text = ['schemaVersion: 1', 'tools:', '  stripe/create_refund:', '    efect: write', '  b: read'].join('\n');
const at = (line: number, column: number, endColumn: number, name = file): Place => ({
  file: name,
  document: 0,
  pointer: '',
  line,
  column,
  endLine: line,
  endColumn,
});
const typo = {
  code: 'unknown-key',
  message: '`efect` is not a key that `stripe/create_refund` can have',
  help: 'did you mean `effect`?',
  place: at(4, 5, 10),
};
const plain = contextOf(plainPaint, 80, { [file]: text });

describe('problems', () => {
  it('show the line, the mark and the help', () => {
    expect(renderProblems([typo], plain)).toMatchInlineSnapshot(`
      "error[unknown-key]: \`efect\` is not a key that \`stripe/create_refund\` can have
        --> refund-desk.agent.yaml:4:5
         |
       4 |     efect: write
         |     ^^^^^
         |
         = help: did you mean \`effect\`?
      "
    `);
  });

  it('end with the frame where there is no help', () => {
    const { help: _, ...bare } = typo;
    expect(renderProblems([bare], plain)).toMatchInlineSnapshot(`
      "error[unknown-key]: \`efect\` is not a key that \`stripe/create_refund\` can have
        --> refund-desk.agent.yaml:4:5
         |
       4 |     efect: write
         |     ^^^^^
      "
    `);
  });

  it('name the place where the text is not known, and the file where there is no place', () => {
    const elsewhere = { ...typo, place: at(4, 5, 10, 'other.yaml') };
    const whole = {
      code: 'empty-file',
      message: 'the file holds no agent',
      file: 'empty.agent.yaml',
      help: 'run `stakes init`',
    };
    expect(renderProblems([elsewhere, whole], plain)).toMatchInlineSnapshot(`
      "error[unknown-key]: \`efect\` is not a key that \`stripe/create_refund\` can have
        --> other.yaml:4:5
         = help: did you mean \`effect\`?

      error[empty-file]: the file holds no agent
        --> empty.agent.yaml
         = help: run \`stakes init\`
      "
    `);
  });

  it('explain with other places, in this file and in others', () => {
    const related = [
      { message: 'the tool is here', place: at(3, 3, 23) },
      { message: 'first used here', place: at(120, 1, 3, 'lib/shared.agent.yaml') },
    ];
    const shared = contextOf(plainPaint, 80, { [file]: text, 'lib/shared.agent.yaml': `${'\n'.repeat(119)}id: x` });
    expect(renderProblems([{ ...typo, related }], shared)).toMatchInlineSnapshot(`
      "error[unknown-key]: \`efect\` is not a key that \`stripe/create_refund\` can have
         --> refund-desk.agent.yaml:4:5
          |
        3 |   stripe/create_refund:
          |   -------------------- the tool is here
        4 |     efect: write
          |     ^^^^^
         ::: lib/shared.agent.yaml:120:1
          |
      120 | id: x
          | -- first used here
          |
          = help: did you mean \`effect\`?
      "
    `);
  });

  it('say below what has no room beside its mark, and what no line can be shown for', () => {
    const related = [
      { message: 'the tool '.repeat(8).trim(), place: at(3, 3, 23) },
      { message: 'first used here', place: at(9, 1, 3, 'gone.agent.yaml') },
    ];
    expect(renderProblems([{ ...typo, related }], plain)).toMatchInlineSnapshot(`
      "error[unknown-key]: \`efect\` is not a key that \`stripe/create_refund\` can have
        --> refund-desk.agent.yaml:4:5
         |
       3 |   stripe/create_refund:
         |   --------------------
       4 |     efect: write
         |     ^^^^^
        ::: gone.agent.yaml:9:1
         |
         = note: line 3: the tool the tool the tool the tool the tool the tool the
                 tool the tool
         = note: gone.agent.yaml:9: first used here
         = help: did you mean \`effect\`?
      "
    `);
  });

  it('wrap with hanging indents', () => {
    const long = { ...typo, message: `${typo.message}, ${typo.message}`, help: 'use '.repeat(30).trim() };
    expect(renderProblems([long], plain)).toMatchInlineSnapshot(`
      "error[unknown-key]: \`efect\` is not a key that \`stripe/create_refund\` can have,
        \`efect\` is not a key that \`stripe/create_refund\` can have
        --> refund-desk.agent.yaml:4:5
         |
       4 |     efect: write
         |     ^^^^^
         |
         = help: use use use use use use use use use use use use use use use use use
                 use use use use use use use use use use use use use
      "
    `);
  });

  it('are the same text with paint', () => {
    const painted = renderProblems([typo], { ...plain, paint: markedPaint });
    expect(unpainted(painted)).toBe(renderProblems([typo], plain));
    expect(visible(painted)).toMatchInlineSnapshot(`
      "<bad:error[unknown-key]><strong:: \`efect\` is not a key that \`stripe/create_refund\` can have>
        <note:-->> refund-desk.agent.yaml:4:5
      <note:   |>
      <note: 4 |>     efect: write
      <note:   |>     <bad:^^^^^>
      <note:   |>
         <note:=> <strong:help:> did you mean \`effect\`?
      "
    `);
  });

  it('never pass on control characters', () => {
    const evil = { code: 'x', message: 'a\u001b[2Jb\nc', help: '\u202eevil', file: 'f\u0007.yaml' };
    expect(renderProblems([evil], plain)).toMatchInlineSnapshot(`
      "error[x]: a\\u{1b}[2Jb\\nc
        --> f\\u{7}.yaml
         = help: \\u{202e}evil
      "
    `);
  });

  it('are nothing when there are none', () => {
    expect(renderProblems([], plain)).toBe('');
  });
});
