import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findConfig } from '../../src/config/find.ts';
import { loadConfig } from '../../src/config/load.ts';
import { folderWith, KNOWN, layersOf, loaded } from './config.ts';

const problemOf = (files: Record<string, string>) => {
  const result = loaded(files);
  if (result.state === 'ok') throw new Error('it is fine');
  return result.problems.map(({ code, message, help, place }) => ({
    code,
    message,
    help,
    at: place && `${place.file}:${place.line}:${place.column}`,
  }));
};
const wrong = (text: string) => problemOf({ 'stakes.config.yaml': text });

describe('a fault is told in its place', () => {
  test.each<[what: string, text: string, code: string, at: string, message: RegExp, help?: RegExp]>([
    ['an unknown key', 'rule: {}\n', 'unknown-key', '1:1', /`rule` is not a key/, /did you mean `rules`/],
    [
      'an unknown key inside',
      'ignore:\n  - { rule: gated-read, reason: x, til: 2026-01-01 }\n',
      'unknown-key',
      '2:36',
      /`til`/,
      /until/,
    ],
    ['a missing reason', 'ignore:\n  - { rule: gated-read }\n', 'missing-key', '2:5', /needs `reason`/],
    [
      'an unknown rule',
      'rules: { gated-reads: off }\n',
      'unknown-rule',
      '1:10',
      /no rule `gated-reads`/,
      /did you mean `gated-read`/,
    ],
    [
      'an unknown rule of an override',
      'overrides:\n  - { paths: [a], rules: { x-y-z: off } }\n',
      'unknown-rule',
      '2:28',
      /no rule `x-y-z`/,
      /stakes rules/,
    ],
    [
      'a rule that nothing may switch off',
      'rules: { invalid-file: off }\n',
      'fixed-rule',
      '1:10',
      /cannot be configured/,
    ],
    [
      'a level that is none',
      'rules: { gated-read: warn }\n',
      'wrong-value',
      '1:22',
      /one of `off`, `note`, `warning`, `error`, not `warn`/,
    ],
    [
      'a day that is none',
      'ignore:\n  - { rule: gated-read, reason: x, until: soon }\n',
      'wrong-value',
      '2:43',
      /must be a day such as/,
    ],
    ['a version that is none', 'rulesSince: "1"\n', 'wrong-value', '1:13', /must be a version/],
    ['a type', 'failOn: [error]\n', 'wrong-value', '1:1', /must be one of/],
    [
      'a target that is none',
      'targets: { allowed: [srt, ceder] }\n',
      'unknown-target',
      '1:27',
      /no target `ceder`/,
      /cedar/,
    ],
    ['an override that changes nothing', 'overrides:\n  - { paths: [a] }\n', 'wrong-value', '2:5', /changes nothing/],
    [
      'a default that is none',
      'defaults: { enviroment: staging }\n',
      'unknown-key',
      '1:13',
      /`enviroment`/,
      /environment/,
    ],
    ['an environment that is none', 'defaults: { environment: dev }\n', 'wrong-value', '1:26', /must be one of/],
    ['a duration that is none', 'defaults: { approvals: { expires: soon } }\n', 'wrong-value', '1:35', /a duration/],
    ['no map', '- a\n', 'wrong-type', '1:1', /the configuration must be a map/],
    ['no YAML', 'a: [\n', 'not-yaml', '1:4', /never closed/],
    ['two documents', 'rules: {}\n---\nrules: {}\n', 'too-many-documents', '3:1', /several documents/],
  ])('%s', (_, text, code, at, message, help) => {
    const [problem, ...others] = wrong(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code, at: `stakes.config.yaml:${at}`, message: expect.stringMatching(message) });
    expect(problem?.help ?? '').toMatch(help ?? /^/);
  });
});

test('missing, empty and fine are told apart', () => {
  expect(loaded({}).state).toBe('missing');
  expect(loaded({ 'stakes.config.yaml': '# nothing\n' }).state).toBe('empty');
  expect(loaded({ 'stakes.config.yaml': 'rules: {}\n' }).state).toBe('ok');
});

describe('extends', () => {
  test('goes through files and installed packages, the outermost first', () => {
    const result = loaded({
      'stakes.config.yaml': 'extends: ./org/base.yaml\n',
      'org/base.yaml': 'extends: "@acme/stakes"\n',
      'node_modules/@acme/stakes/stakes.config.json': '{"failOn": "warning"}',
    });
    if (result.state !== 'ok') throw new Error(JSON.stringify(result.problems));
    expect(result.value.map(({ file }) => file)).toEqual([
      'node_modules/@acme/stakes/stakes.config.json',
      'org/base.yaml',
      'stakes.config.yaml',
    ]);
  });

  test.each<[what: string, files: Record<string, string>, code: string, message: RegExp]>([
    [
      'a loop',
      { 'stakes.config.yaml': 'extends: ./b.yaml\n', 'b.yaml': 'extends: ./stakes.config.yaml\n' },
      'extends-loop',
      /leads back/,
    ],
    ['itself', { 'stakes.config.yaml': 'extends: ./stakes.config.yaml\n' }, 'extends-loop', /leads back/],
    [
      'a file that is not there',
      { 'stakes.config.yaml': 'extends: ./b.yaml\n' },
      'missing-config',
      /no file `.\/b.yaml`/,
    ],
    [
      'a package that is not there',
      { 'stakes.config.yaml': 'extends: acme\n' },
      'missing-config',
      /no installed package `acme`/,
    ],
    ['out of the project', { 'stakes.config.yaml': 'extends: ../b.yaml\n' }, 'outside-root', /out of the project/],
    ['a URL', { 'stakes.config.yaml': 'extends: "https://example.com/x"\n' }, 'wrong-value', /neither a path nor/],
    [
      'a package name that climbs',
      { 'stakes.config.yaml': 'extends: "@a/../../b"\n' },
      'wrong-value',
      /neither a path nor/,
    ],
    [
      'a long row',
      Object.fromEntries([
        ['stakes.config.yaml', 'extends: ./0.yaml\n'],
        ...Array.from({ length: 12 }, (_, i) => [`${i}.yaml`, `extends: ./${i + 1}.yaml\n`]),
      ]),
      'extends-loop',
      /more than 10/,
    ],
  ])('refuses %s', (_, files, code, message) => {
    expect(problemOf(files)).toMatchObject([
      { code, message: expect.stringMatching(message), at: expect.stringContaining(':1:') },
    ]);
  });

  test('refuses a link that leads out of the project', () => {
    const outside = folderWith({ 'secret.yaml': 'rules: {}\n' });
    const root = folderWith({ 'stakes.config.yaml': 'extends: ./link.yaml\n' });
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'link.yaml'));
    expect(loadConfig('stakes.config.yaml', { cwd: root, root, known: KNOWN })).toMatchObject({
      state: 'invalid',
      problems: [{ code: 'outside-root' }],
    });
  });

  test('tells a fault of the extended file in that file', () => {
    expect(problemOf({ 'stakes.config.yaml': 'extends: ./b.yaml\n', 'b.yaml': 'failon: error\n' })).toMatchObject([
      { at: 'b.yaml:1:1' },
    ]);
  });
});

test('the nearest configuration is found upwards, and not above the root', () => {
  const root = folderWith({
    'stakes.config.yaml': '{}\n',
    'a/stakes.config.json': '{}',
    'a/b/x.txt': '',
    'c/x.txt': '',
  });
  expect(findConfig(join(root, 'a/b'), root)).toBe(join(root, 'a/stakes.config.json'));
  expect(findConfig(join(root, 'c'), root)).toBe(join(root, 'stakes.config.yaml'));
  expect(findConfig(join(root, 'c'), join(root, 'c'))).toBeUndefined();
});

test('a secret in a message is covered', () => {
  const token = `ghp_${'a1'.repeat(18)}`;
  expect(JSON.stringify(wrong(`${token}: 1\n`))).not.toContain(token);
  expect(layersOf('{}\n')).toHaveLength(1);
});
