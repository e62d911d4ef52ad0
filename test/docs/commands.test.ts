import { describe, expect, test, vi } from 'vitest';
import { commands } from '../../src/cli/commands.generated.ts';
import { explanations } from '../../src/cli/explanations.ts';
import { ruleMetas } from '../../src/cli/rule-explanations.ts';
import { specOf } from '../../src/cli/spec-of.ts';
import { run } from '../cli/fake-io.ts';
import { commandLines } from './command-lines.ts';
import { pageOf, pages } from './pages.ts';

// The real parser, with commands that do nothing.
vi.mock('../../src/cli/commands.generated.ts', async (original) => {
  const module = await original<typeof import('../../src/cli/commands.generated.ts')>();
  return {
    ...module,
    commands: module.commands.map(({ spec }) => ({ spec, load: async () => ({ run: async () => 0 }) })),
  };
});

const lines = pages.flatMap(commandLines);
const parsed = (words: readonly string[]) => run('.', words);

test('there are pages, and commands in them', () => {
  expect(pages.length).toBeGreaterThan(80);
  expect(lines.length).toBeGreaterThan(100);
  for (const { spec } of commands)
    expect(
      lines.some(({ words }) => words.join(' ').startsWith(spec.name)),
      spec.name,
    ).toBe(true);
});

test.each(pages.map(({ path }) => path))('%s: every call has a command and flags that there are', async (path) => {
  for (const { line, words, mentioned } of lines.filter((each) => each.path === path)) {
    const { code, err } = await parsed(words.map((word) => spoken(word, words)));
    if (mentioned && err.includes('missing required argument')) continue;
    expect([code, err], line).toEqual([0, '']);
  }
});

/** A word of a synopsis as somebody would type it. `stakes <command> --help` stands for all of them. */
function spoken(word: string, words: readonly string[]): string {
  if (word === '<command>') return 'assess';
  const named = specOf(words)?.arguments;
  return named?.find(({ flags }) => flags === word)?.choices?.[0] ?? word;
}

test('every id that is explained is one', () => {
  const ids = explanations().map(({ id }) => id);
  for (const { path, line, words } of lines) {
    const id = words[0] === 'explain' ? words[1] : undefined;
    if (id !== undefined && !/^[<-]/.test(id)) expect(ids, `${path}: ${line}`).toContain(id);
    const rule = words.indexOf('--rule');
    if (rule >= 0)
      expect(
        ruleMetas().map((meta) => meta.id),
        `${path}: ${line}`,
      ).toContain(words[rule + 1]);
  }
});

describe('what is wrong is found', () => {
  const found = (text: string) => commandLines(pageOf('x.md', text)).map(({ words }) => words);

  test('in blocks, in transcripts and in the text', () => {
    expect(found('```sh\nstakes lint --fixx  # mends\n```')).toEqual([['lint', '--fixx']]);
    expect(found('```console\n$ stakes asess\nstakes lint is printed\n```')).toEqual([
      ['asess'],
      ['lint', 'is', 'printed'],
    ]);
    expect(found('Use `stakes diff main | less`, or `npx stakes rules`.')).toEqual([['diff', 'main'], ['rules']]);
    expect(found('```sh\nsource <(stakes completions bash)\n```')).toEqual([['completions', 'bash']]);
    expect(found('    stakes lint\n')).toEqual([['lint']]);
    expect(found('- an item\n\n  ```sh\n  stakes prove\n  ```\n')).toEqual([['prove']]);
  });

  test('what only has the name is no call', () => {
    expect(found('`stakes.config.yaml`, `./stakes`, `import stakes from x`, `name: stakes`')).toEqual([]);
  });

  test.each(['asess', 'lint --fixx', 'assess --max-tier low', 'diff'])('%s does not parse', async (line) => {
    expect((await parsed(line.split(' '))).code).toBe(2);
  });
});
