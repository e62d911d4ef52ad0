import { describe, expect, test } from 'vitest';
import { applyIgnores } from '../../src/lint/ignore.ts';
import { findingAt } from './finding.ts';

const known = ['gated-read', 'unused-data', 'wildcard-tool'];
const rules = { known, ran: new Set(known) };
const FILE = 'a.agent.yaml';

function look(text: string, at: [rule: string, pointer: string, document?: number][], file = FILE, ran = rules.ran) {
  const findings = at.map(([rule, pointer, document = 0]) => findingAt(text, rule, pointer, { file, document }));
  const { kept, ignored, found } = applyIgnores(findings, new Map([[file, text]]), { known, ran });
  return {
    kept: kept.map(({ rule, pointer }) => `${rule} ${pointer}`),
    ignored: ignored.map(({ rule, pointer }) => `${rule} ${pointer}`),
    found: found.map(({ rule, message, place }) => `${rule} ${place?.line}: ${message}`),
    help: found.map(({ help }) => help),
  };
}

const manifest = (onTools: string, onA: string, above = '') => `agent:
  id: desk
${onTools}tools:
${above}  a: { effect: read, access: ask }${onA}
  b:
    effect: read
    access: ask
`;

test('on the line of the finding', () => {
  const text = manifest('', ' # stakes-ignore gated-read -- the auditor wants it');
  const { kept, ignored, found } = look(text, [
    ['gated-read', '/tools/a/access'],
    ['gated-read', '/tools/b/access'],
    ['unused-data', '/tools/a'],
  ]);
  expect({ kept, ignored, found }).toEqual({
    kept: ['gated-read /tools/b/access', 'unused-data /tools/a'],
    ignored: ['gated-read /tools/a/access'],
    found: [],
  });
});

test('on the line above, also among other comments and blank lines, for several rules', () => {
  const text = manifest('', '', '  # stakes-ignore gated-read, unused-data -- why not\n\n  # more\n');
  const { kept, found } = look(text, [
    ['gated-read', '/tools/a/access'],
    ['unused-data', '/tools/a'],
    ['gated-read', '/tools/b'],
  ]);
  expect(kept).toEqual(['gated-read /tools/b']);
  expect(found).toEqual([]);
});

test('above a key, for all that is below it and nothing beside it', () => {
  const text = manifest('# stakes-ignore gated-read -- all of them\n', '');
  const { kept } = look(text, [
    ['gated-read', '/tools/b/access'],
    ['gated-read', '/agent/id'],
    ['gated-read', '/toolsmith'],
  ]);
  expect(kept).toEqual(['gated-read /agent/id', 'gated-read /toolsmith']);
});

test('only in its own document', () => {
  const one = manifest('# stakes-ignore gated-read -- all of them\n', '');
  const { kept, ignored } = look(`${one}---\n${manifest('', '')}`, [
    ['gated-read', '/tools/b/access'],
    ['gated-read', '/tools/b/access', 1],
  ]);
  expect([kept.length, ignored.length]).toEqual([1, 1]);
});

test('what is said of a whole document is not ignored from somewhere in it', () => {
  const text = manifest('', ' # stakes-ignore wildcard-tool -- no');
  expect(look(text, [['wildcard-tool', '']]).kept).toEqual(['wildcard-tool ']);
});

describe('says what is wrong with it', () => {
  test.each<[what: string, comment: string, found: RegExp, help: RegExp]>([
    [
      'no reason',
      '# stakes-ignore gated-read',
      /^ignore-without-reason 4: no reason is given for ignoring `gated-read`/,
      /-- <reason>/,
    ],
    ['an empty reason', '# stakes-ignore gated-read --', /^ignore-without-reason 4/, /-- <reason>/],
    [
      'a rule that is not there',
      '# stakes-ignore gated-reads -- x',
      /^unknown-ignored-rule 4: there is no rule `gated-reads`/,
      /did you mean `gated-read`/,
    ],
    [
      'a rule that cannot be ignored',
      '# stakes-ignore invalid-file -- x',
      /^unknown-ignored-rule 4: `invalid-file` cannot be/,
      /mend/,
    ],
    [
      'no rule',
      '# stakes-ignore -- x',
      /^unknown-ignored-rule 4: this `stakes-ignore` names no rule/,
      /stakes-ignore <rule>/,
    ],
    [
      'nothing to ignore',
      '# stakes-ignore unused-data -- x',
      /^unused-ignore 4: `unused-data` finds nothing/,
      /remove it/,
    ],
  ])('%s', (_, comment, found, help) => {
    const result = look(manifest('', ` ${comment}`), [['gated-read', '/tools/a/access']]);
    expect(result.kept).toEqual(['gated-read /tools/a/access']);
    expect(result.found).toEqual([expect.stringMatching(found)]);
    expect(result.help).toEqual([expect.stringMatching(help)]);
  });
});

test('an ignore of a rule that did not run, and one in a file that cannot be read, are not called unused', () => {
  const text = manifest('', ' # stakes-ignore unused-data -- x');
  expect(look(text, [], FILE, new Set(['gated-read'])).found).toEqual([]);
  expect(look(text, [['invalid-file', '/tools/b']]).found).toEqual([]);
});

test('in a text, in JSON, or as part of another word it is no ignore', () => {
  const at: [string, string][] = [['gated-read', '/tools/a/access']];
  expect(look(`because: "# stakes-ignore gated-read -- x"\n${manifest('', '')}`, at).kept).toHaveLength(1);
  expect(look('{"tools": {"a": {"access": "ask # stakes-ignore gated-read -- x"}}}', at, 'a.agent.json')).toMatchObject(
    { found: [] },
  );
  expect(look(manifest('', ' # stakes-ignored gated-read -- x'), at)).toMatchObject({
    kept: ['gated-read /tools/a/access'],
    found: [],
  });
  expect(look(`text: |\n  # stakes-ignore gated-read -- x\n${manifest('', '')}`, at)).toMatchObject({ found: [] });
});

test('line breaks of Windows change nothing', () => {
  const text = manifest('', ' # stakes-ignore gated-read -- x').replaceAll('\n', '\r\n');
  expect(look(text, [['gated-read', '/tools/a/access']])).toMatchObject({ kept: [], found: [] });
});

test('a rule that the organisation has locked is not ignored', () => {
  const text = manifest('', ' # stakes-ignore gated-read -- x');
  const findings = [findingAt(text, 'gated-read', '/tools/a/access')];
  const { kept, found } = applyIgnores(findings, new Map([[FILE, text]]), {
    ...rules,
    locked: new Set(['gated-read']),
  });
  expect(kept).toEqual(findings);
  expect(found).toMatchObject([{ rule: 'loosened-rule', place: { line: 4 } }]);
});

test('so many ignores that nobody decided them hold nothing back', () => {
  const text = manifest(
    '',
    '',
    `${'  # stakes-ignore unused-data -- x\n'.repeat(1000)}  # stakes-ignore gated-read -- x\n`,
  );
  const { kept, found } = look(text, [
    ['gated-read', '/tools/a/access'],
    ['unused-data', '/tools/a'],
  ]);
  expect(kept).toEqual(['gated-read /tools/a/access']);
  expect(found).toEqual([expect.stringMatching(/^unknown-ignored-rule 1004: more than 1000/)]);
});

test('beside several entries: each of them, and nothing that only shows that line by an alias', () => {
  const text = `agent:
  id: desk
tools: {
  a: &a { access: ask }, b: { access: ask } # stakes-ignore gated-read -- both
  }
more:
  c: *a
`;
  const { kept } = look(text, [
    ['gated-read', '/tools/a/access'],
    ['gated-read', '/tools/b/access'],
    ['gated-read', '/more/c/access'],
  ]);
  expect(kept).toEqual(['gated-read /more/c/access']);
});

test('a text on a line of its own below its key', () => {
  const text = 'agent:\n  id: desk\ntools:\n  a:\n    access:\n      ask # stakes-ignore gated-read -- so be it\n';
  expect(look(text, [['gated-read', '/tools/a/access']]).kept).toEqual([]);
});
