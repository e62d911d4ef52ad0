import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandSpec } from '../../src/cli/command.ts';
import { commands, groups } from '../../src/cli/commands.generated.ts';
import { COLOR_FLAG } from '../../src/cli/options.ts';

const GROUPED = groups.map(({ name }) => `${name} [a-z]+`).join('|');
const CALL = new RegExp(`(?:\`|'|"|"\\$)stakes"? (${GROUPED}|[a-z]+)((?: --?[a-z-]+(?:=[a-z]+)?)*)`, 'g');

const under = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !/\.(?:generated|test|fixture)\./.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/'));

/** What tells people, or a job, to run something: messages, the action, templates. */
const files = [
  ...under('src', '.ts').filter((path) => !path.startsWith('src/dev/')),
  ...under('action', '.mjs'),
  'action.yml',
  'ci/gitlab.yml',
  '.pre-commit-hooks.yaml',
];

const knows = ({ options }: CommandSpec, flag: string) =>
  [...options, COLOR_FLAG].some(({ flags }) => flags.split(/[ ,=]+/).includes(flag)) || flag === '--help';

function faultsIn(text: string): string[] {
  return [...text.matchAll(CALL)].flatMap(({ 0: call, 1: name = '', 2: flags = '', index }) => {
    const spec = commands.find((command) => command.spec.name === name)?.spec;
    // More words make it a sentence about the program.
    if (spec === undefined) return /^ [a-z]/.test(text.slice(index + call.length)) ? [] : [`stakes ${name}`];
    const unknown = flags
      .split(' ')
      .map((flag) => flag.replace(/=.*/, ''))
      .filter((flag) => flag !== '');
    return unknown.filter((flag) => !knows(spec, flag)).map((flag) => `stakes ${name} ${flag}`);
  });
}

test('what messages, the action and the templates say to run can be run', () => {
  const faults = files.flatMap((path) => faultsIn(readFileSync(path, 'utf8')).map((fault) => `${path}: ${fault}`));
  expect(faults).toEqual([]);
  const calls = files.reduce((sum, path) => sum + [...readFileSync(path, 'utf8').matchAll(CALL)].length, 0);
  expect(calls).toBeGreaterThan(30);
});

test('a call of what there is not is found', () => {
  expect(faultsIn("help: 'run `stakes lnt`'")).toEqual(['stakes lnt']);
  expect(faultsIn('"stakes lint --fixx"; "$stakes" generate --chek')).toEqual([
    'stakes lint --fixx',
    'stakes generate --chek',
  ]);
  expect(faultsIn('`stakes audit verify --kee`, `stakes audit check`, `stakes audit verify log --key`')).toEqual([
    'stakes audit verify --kee',
    'stakes audit check',
  ]);
  expect(faultsIn("'stakes lint --fix=unsafe', `stakes diff --fail-on`, `stakes apply -y --help`")).toEqual([]);
});
