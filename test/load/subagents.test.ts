import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { agentsOf } from '../../src/manifest/tree.ts';
import { folderWith, manifest, run } from '../cli/fake-io.ts';

const leaf = (id: string) => manifest(id, 'tools: { look: { effect: read, data: [] } }');
const writer = (id: string) => manifest(id, 'tools: { Bash: { arbitrary: true, access: allow } }');
const parent = (id: string, ...references: string[]) =>
  manifest(id, 'tools: {}', 'subagents:', ...references.map((reference, i) => `  s${i}: { manifest: "${reference}" }`));

/** What is said of one file among others, errors as `code line:column message`, and the agents that are assessed all the same. */
async function told(files: Record<string, string>, ...paths: string[]) {
  const folder = folderWith(files);
  const { code, out } = await run(folder, ['assess', '-f', 'json', ...paths]);
  const { errors, results } = JSON.parse(out) as {
    errors: { code: string; message: string; help?: string; file: string; line?: number; column?: number }[];
    results: { agent: string; tier: string }[];
  };
  return { code, errors, agents: results.map(({ agent }) => agent) };
}

test.each([
  ['itself', { 'a.yaml': parent('a', './a.yaml') }, '`a` → `a`'],
  ['itself by id', { 'a.yaml': parent('a', '#a') }, '`a` → `a`'],
  ['each other', { 'a.yaml': parent('a', './b.yaml'), 'b.yaml': parent('b', './a.yaml') }, '`a` → `b` → `a`'],
  ['each other in one file', { 'a.yaml': `${parent('a', '#b')}---\n${parent('b', '#a')}` }, '`a` → `b` → `a`'],
  [
    'a ring further down',
    { 'a.yaml': parent('a', './b.yaml'), 'b.yaml': parent('b', './c.yaml'), 'c.yaml': parent('c', './b.yaml#b') },
    '`b` → `c` → `b`',
  ],
])('a loop: %s', async (_, files, loop) => {
  const { code, errors, agents } = await told(files, 'a.yaml');
  expect(code).toBe(2);
  expect(agents).toEqual([]);
  expect(errors.map((error) => `${error.code} ${error.message}`)).toEqual([
    `subagent-loop subagents form a loop: ${loop}`,
  ]);
});

test('an agent in or above a loop is never assessed without the part that loops', async () => {
  const files = {
    'a.agent.yaml': parent('a', './b.agent.yaml'),
    'b.agent.yaml': parent('b', './a.agent.yaml'),
    'c.agent.yaml': parent('c', './b.agent.yaml'),
  };
  for (const paths of [['.'], ['b.agent.yaml', 'a.agent.yaml', 'c.agent.yaml'], ['c.agent.yaml', 'b.agent.yaml']]) {
    const { code, agents } = await told(files, ...paths);
    expect(code).toBe(2);
    expect(agents).toEqual([]);
  }
});

test('an agent whose subagent is broken is never assessed without it, in whatever order', async () => {
  const files = {
    'a.agent.yaml': parent('a', './b.agent.yaml'),
    'b.agent.yaml': parent('b', './none.yaml'),
    'ok.agent.yaml': leaf('ok'),
  };
  for (const paths of [
    ['.'],
    ['b.agent.yaml', 'a.agent.yaml', 'ok.agent.yaml'],
    ['a.agent.yaml', 'b.agent.yaml', 'ok.agent.yaml'],
  ]) {
    const { code, agents, errors } = await told(files, ...paths);
    expect(code).toBe(2);
    expect(agents).toEqual(['ok']);
    expect(errors).toHaveLength(1);
  }
});

test.each([
  ['./none.yaml', 'dangling-name', 'there is no file `./none.yaml`'],
  ['none/x.yaml', 'dangling-name', 'there is no file `none/x.yaml`'],
  ['#nope', 'dangling-name', '`#nope` names no agent'],
  ['./two.yaml#lef', 'dangling-name', '`./two.yaml#lef` names no agent'],
  ['./two.yaml#', 'dangling-name', '`./two.yaml#` names no agent'],
  ['./two.yaml', 'ambiguous-agent', '`./two.yaml` holds 2 agents'],
  ['/etc/passwd', 'outside-root', '`/etc/passwd` is absolute'],
  ['../../../../etc/passwd', 'outside-root', '`../../../../etc/passwd` is outside the project'],
  ['./folder', 'not-a-file', '`folder` is a folder, not a file'],
  ['./empty.yaml', 'empty-file', '`empty.yaml` is empty'],
  ['./a\\0b', 'unreadable-file', '`a\\u{0}b` cannot be read (ERR_INVALID_ARG_VALUE)'],
])('a reference to %s', async (reference, code, message) => {
  const folder = folderWith({
    'a.yaml': parent('a', reference),
    'two.yaml': `${leaf('leaf')}---\n${leaf('other')}`,
    'folder/x': '',
    'empty.yaml': '',
  });
  const { out, code: exit } = await run(folder, ['assess', 'a.yaml'], { columns: 300 });
  expect(exit).toBe(2);
  expect(out.split('\n').slice(0, 2)).toEqual([`error[${code}]: ${message}`, '  --> a.yaml:5:19']);
});

test('a broken file is shown where it is broken, once', async () => {
  const { errors } = await told(
    {
      'a.yaml': parent('a', './b.yaml'),
      'c.yaml': parent('c', './b.yaml'),
      'b.yaml': manifest('b', 'tools: { x: reed }'),
    },
    'a.yaml',
    'c.yaml',
  );
  expect(errors.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(['b.yaml:3:13']);
});

test.skipIf(process.platform === 'win32')(
  'no link leads out of the project, and a link within it makes no second agent',
  async () => {
    const outside = folderWith({ 'b.yaml': leaf('b') });
    const folder = folderWith({
      'a.yaml': parent('a', './out/b.yaml'),
      'd.yaml': parent('d', './b.yaml', './in/b.yaml'),
      'b.yaml': leaf('b'),
      'loop.yaml': parent('loop', './in/loop.yaml'),
    });
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(folder, join(folder, 'in'));
    expect((await run(folder, ['assess', 'a.yaml'])).out).toContain('is outside the project');
    expect((await run(folder, ['assess', 'd.yaml'])).code).toBe(0);
    expect((await run(folder, ['assess', 'loop.yaml'])).out).toContain('subagents form a loop: `loop` → `loop`');
  },
);

test('a tree above the working folder is one project with it', async () => {
  const folder = folderWith({ 'a.yaml': parent('a', './b.yaml'), 'b.yaml': leaf('b') });
  const other = folderWith();
  expect((await run(other, ['assess', join(folder, 'a.yaml')])).code).toBe(0);
  mkdirSync(join(folder, 'below', '.git'), { recursive: true });
  writeFileSync(join(folder, 'below', 'c.yaml'), parent('c', '../b.yaml'));
  expect((await run(folder, ['assess', 'below/c.yaml'])).out).toContain('is outside the project');
});

test('two agents of a tree with one id', async () => {
  const inline = manifest(
    'a',
    'tools: {}',
    'subagents:',
    '  x: { manifest: { agent: { id: twin }, tools: {} } }',
    '  y: { manifest: ./b.yaml }',
  );
  const { errors } = await told({ 'a.yaml': inline, 'b.yaml': leaf('twin') }, 'a.yaml');
  expect(errors).toMatchObject([
    {
      code: 'duplicate-agent',
      message: 'two agents of this tree have the id `twin`',
      file: 'b.yaml',
      line: 2,
      related: [{ file: 'a.yaml', line: 5 }],
    },
  ]);
  const same = await told({ 'a.yaml': parent('a', './b.yaml', './b.yaml#b'), 'b.yaml': leaf('b') }, 'a.yaml');
  expect(same).toMatchObject({ code: 0, agents: ['a'] });
});

test('a diamond of twenty floors is walked once', () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `f${i}.yaml`,
      `${parent(`l${i}`, `./f${i + 1}.yaml#l${i + 1}`, `./f${i + 1}.yaml#r${i + 1}`)}---\n${parent(`r${i}`, `./f${i + 1}.yaml#l${i + 1}`, `./f${i + 1}.yaml#r${i + 1}`)}`,
    ]),
  );
  const folder = folderWith({
    ...files,
    'f20.yaml': `${writer('l20')}---\n${leaf('r20')}`,
    'top.yaml': parent('top', './f0.yaml#l0'),
  });
  const loaded = createLoader({ cwd: folder, root: folder }).load('top.yaml');
  const [top] = loaded.state === 'ok' ? loaded.value : [];
  expect(top && agentsOf(top)).toHaveLength(1 + 1 + 2 * 20);
  expect(top && assess(top).tier).toBe('full');
});

test('too many subagents, wide or deep', async () => {
  const wide = `${parent('a', ...Array.from({ length: 600 }, (_, i) => `./b.yaml#b${i}`))}`;
  expect((await told({ 'a.yaml': wide }, 'a.yaml')).errors).toMatchObject([
    { code: 'too-many-agents', message: '`a` has 600 subagents, and at most 499 are assessed together' },
  ]);
  const two = {
    'a.yaml': parent('a', './b.yaml', './c.yaml'),
    ...Object.fromEntries(
      ['b', 'c'].map((id) => [
        `${id}.yaml`,
        parent(id, ...Array.from({ length: 300 }, (_, i) => `./${id}s.yaml#${id}${i}`)),
      ]),
    ),
    ...Object.fromEntries(
      ['b', 'c'].map((id) => [`${id}s.yaml`, Array.from({ length: 300 }, (_, i) => leaf(`${id}${i}`)).join('---\n')]),
    ),
  };
  expect((await told(two, 'a.yaml')).errors).toMatchObject([
    { code: 'too-many-agents', message: '`a` has 602 subagents, and at most 499 are assessed together' },
  ]);
  expect((await told(two, 'b.yaml', 'c.yaml')).agents).toEqual(['b', 'c']);
  const deep = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`d${i}.yaml`, parent(`d${i}`, `./d${i + 1}.yaml`)]),
  );
  expect((await told(deep, 'd0.yaml')).errors).toMatchObject([{ code: 'too-deep', file: 'd63.yaml' }]);
});

test('a thousand files that share a subagent are no tree of a thousand', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 600 }, (_, i) => [`a${i}.agent.yaml`, parent(`a${i}`, './b.yaml')]),
  );
  expect(await told({ ...files, 'b.yaml': leaf('b') })).toMatchObject({ code: 0, errors: [] });
});

test('subagents within subagents, with places', async () => {
  const nested = manifest(
    'a',
    'tools: {}',
    'subagents:',
    '  b:',
    '    manifest:',
    '      agent: { id: b }',
    '      tools: {}',
    '      subagents:',
    '        c: { manifest: { agent: { id: c }, tools: { x: { data: [none] } } } }',
    '        d: { manifest: ./none.yaml }',
  );
  const { errors } = await told({ 'a.yaml': nested }, 'a.yaml');
  expect(errors).toMatchObject([{ code: 'dangling-name', line: 10, column: 65 }]);
  const dangling = await told({ 'a.yaml': nested.replace('[none]', '[]') }, 'a.yaml');
  expect(dangling.errors).toMatchObject([
    { code: 'dangling-name', line: 11, column: 24, pointer: '/subagents/b/manifest/subagents/d/manifest' },
  ]);
});
