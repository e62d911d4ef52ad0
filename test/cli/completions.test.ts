import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandSpec } from '../../src/cli/command.ts';
import { SHELLS, type Shell } from '../../src/cli/commands/completions.spec.ts';
import { commands, groups } from '../../src/cli/commands.generated.ts';
import { bashScript } from '../../src/cli/completions/bash.ts';
import { fishScript } from '../../src/cli/completions/fish.ts';
import { wordLists } from '../../src/cli/completions/lists.ts';
import { type Tree, treeOf } from '../../src/cli/completions/tree.ts';
import { zshScript } from '../../src/cli/completions/zsh.ts';
import { explanations } from '../../src/cli/explanations.ts';
import { folderWith, run } from './fake-io.ts';
import { isInstalled, offered } from './shells.ts';

const specs = commands.map(({ spec }) => spec);
const SCRIPTS: Record<Shell, (tree: Tree) => string> = { bash: bashScript, zsh: zshScript, fish: fishScript };
const scriptOf = async (shell: Shell) => (await run(folderWith(), ['completions', shell])).out;
const FILES = {
  'my file.agent.yaml': '',
  "it's.agent.yaml": '',
  'agent.json': '',
  'eq=u.agent.yml': '',
  '$(touch owned).agent.yaml': '',
  'notes.md': '',
  'sub/x.agent.yaml': '',
};
const MANIFESTS = [
  '$(touch owned).agent.yaml',
  'agent.json',
  'eq=u.agent.yml',
  "it's.agent.yaml",
  'my file.agent.yaml',
];

/** Bash quotes what it is given in words, zsh and fish after this. */
const unquoted = (words: readonly string[]) =>
  words.map((word) => word.replace(/\\(.)/g, '$1').replace(/\/$/, '')).sort();
const sorted = (words: readonly string[]) => [...words].sort();

describe.each(SHELLS)('%s', (shell) => {
  const missing = !isInstalled(shell) && shell !== 'bash';
  const reason = `${shell} is not installed here, so nothing can be typed into it`;
  const ask = async (lines: readonly string[], files: Record<string, string> = {}) =>
    offered(shell, await scriptOf(shell), lines, folderWith(files));

  test('offers every command and every option of the specs, and no other', async ({ skip }) => {
    skip(missing, reason);
    const typed = specs.map(({ name }) => `stakes ${name} -`);
    const [all, top, ...options] = await ask(['stakes ', 'stakes -', ...typed]);
    const first = new Set(specs.map(({ name }) => name.split(' ')[0] ?? ''));
    expect(all).toEqual(sorted([...first, 'help']));
    expect(top?.map((name) => name.replace('=', ''))).toEqual(sorted(['-h', '--help', '-V', '--version']));
    specs.forEach(({ name, options: flags }, i) => {
      const names = flags.flatMap((option) => option.flags.match(/(?<![^\s,])--?[\w-]+/g) ?? []);
      const found = new Set(options[i]?.map((each) => each.replace(/=$/, '')));
      expect(sorted([...found]), name).toEqual(sorted([...names, '--color', '-h', '--help']));
    });
  });

  test('offers the commands of each group, and their values', async ({ skip }) => {
    skip(missing, reason);
    for (const { name } of groups) {
      const [parts, some, options] = await ask([`stakes ${name} `, `stakes ${name} v`, `stakes ${name} -`]);
      const own = specs.flatMap((spec) => (spec.name.startsWith(`${name} `) ? [spec.name.split(' ')[1] ?? ''] : []));
      expect(parts).toEqual(sorted([...own, 'help']));
      expect(some).toEqual(own.filter((each) => each.startsWith('v')));
      expect(options).toEqual(['--help', '-h']);
    }
    const [format, path] = await ask(['stakes audit verify x --format j', 'stakes audit verify lo'], { log: '' });
    expect([format, path]).toEqual([['json'], ['log']]);
  });

  test('offers the choices of each option that has some', async ({ skip }) => {
    skip(missing, reason);
    const cases = specs.flatMap(({ name, options }) =>
      options.flatMap(({ flags, choices }) => {
        const flag = /--[\w-]+/.exec(flags)?.[0] ?? '';
        return choices ? [{ line: `stakes ${name} ${flag}=`, choices }] : [];
      }),
    );
    expect(cases.length).toBeGreaterThan(10);
    const found = await ask(cases.map(({ line }) => line));
    cases.forEach(({ line, choices }, i) => {
      expect(
        found[i]?.map((word) => word.replace(/^--[\w-]+=/, '')),
        line,
      ).toEqual(sorted(choices));
    });
  });

  test('knows ids, targets, rules, engines and ways', async ({ skip }) => {
    skip(missing, reason);
    const lists = await wordLists();
    const words = (list: keyof typeof lists) => sorted(lists[list].map(({ word }) => word));
    const [ids, rules, ways, first, more, pair, shells, none] = await ask([
      'stakes explain ',
      'stakes lint -f json --rule ',
      'stakes apply --as ',
      'stakes generate -t ',
      'stakes generate x.agent.yaml -t cedar,s',
      'stakes prove --engine c',
      'stakes completions ',
      'stakes explain qqq',
    ]);
    expect(ids).toEqual(sorted([...new Set(explanations().map(({ id }) => id))]));
    expect(rules).toEqual(words('rules'));
    expect(ways).toEqual(words('ways'));
    expect(first).toEqual(words('targets'));
    const further = words('targets').filter((word) => word.startsWith('s'));
    expect(more).toEqual(further.map((word) => (shell === 'zsh' ? word : `cedar,${word}`)));
    expect(pair?.map((word) => word.replace(/=$/, ''))).toEqual(
      words('engines').filter((name) => name.startsWith('c')),
    );
    expect(shells).toEqual(sorted(SHELLS));
    expect(none).toEqual([]);
  });

  test('offers manifests and folders before other files, with every name whole', async ({ skip }) => {
    skip(missing, reason);
    const cwd = folderWith(FILES);
    const lines = ['stakes lint ', 'stakes lint my\\ ', 'stakes lint "my f', "stakes lint it\\'", 'stakes lint sub/'];
    const more = [
      'stakes lint no',
      'stakes lint --config=my\\ f',
      'stakes lint --output sarif=no',
      'stakes generate -o s',
    ];
    const found = offered(shell, await scriptOf(shell), [...lines, ...more], cwd).map(unquoted);
    const [all, escaped, open, mark, below, other, config, output, folder] = found;
    expect(all).toEqual(sorted([...MANIFESTS, 'sub']));
    for (const each of [escaped, open]) expect(each).toEqual(['my file.agent.yaml']);
    expect(mark).toEqual(["it's.agent.yaml"]);
    expect(below?.map((path) => path.replace(/^sub\//, ''))).toEqual(['x.agent.yaml']);
    expect(other).toEqual(['notes.md']);
    expect(config?.map((path) => path.replace(/^--config=/, ''))).toEqual(['my file.agent.yaml']);
    expect(output?.map((path) => path.replace(/^sarif=/, ''))).toEqual(['notes.md']);
    expect(folder).toEqual(['sub']);
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
  });

  test('takes what a hostile spec says for text', async ({ skip }) => {
    skip(missing, reason);
    const nasty = ["'; touch owned; '", '"; touch owned; "', '$(touch owned)', '`touch owned`', '(touch owned)', '\\'];
    const text = `${nasty.join(' ')} ]:[ \\' \n touch owned \u2028 touch owned #`;
    const spec: CommandSpec = {
      name: 'evil',
      summary: text,
      arguments: [{ flags: '[word]', description: text, completes: { words: ['plain', ...nasty] } }],
      options: [
        { flags: '--pick <one>', description: text, choices: ['safe', ...nasty] },
        { flags: '--many <some>', description: text, completes: { words: ['safe', ...nasty], joined: ',' } },
        { flags: '--pair <a=file>', description: text, completes: { words: ['safe', ...nasty], joined: '=' } },
      ],
      examples: [],
    };
    const script = SCRIPTS[shell](treeOf([spec], await wordLists()));
    const cwd = folderWith();
    const lines = [
      'stakes ',
      'stakes evil -',
      'stakes evil ',
      'stakes evil --pick ',
      'stakes evil --many ',
      'stakes evil --pair ',
    ];
    const [names, options, words, ...picks] = offered(shell, script, lines, cwd);
    expect(names).toEqual(['evil', 'help']);
    for (const flag of ['--pick', '--many', '--pair'])
      expect(options?.map((each) => each.replace(/=$/, ''))).toContain(flag);
    expect(words).toContain('plain');
    const wanted = (list: readonly string[]) => sorted(list.map((each) => each.replace(/[\\= ]/g, '')));
    expect(wanted(words ?? [])).toEqual(wanted(['plain', ...nasty]));
    for (const pick of picks) expect(wanted(pick)).toEqual(wanted(['safe', ...nasty]));
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
  });
});

test('each argument of each command says what it can be', () => {
  for (const { name, arguments: all = [] } of specs)
    for (const { flags, choices, completes } of all)
      expect(choices ?? completes, `${name} ${flags}: say what it \`completes\` in ${name}.spec.ts`).toBeDefined();
});

test('takes the shell from `SHELL`, and says which', async () => {
  for (const shell of SHELLS) {
    const { code, out, err } = await run(folderWith(), ['completions'], { env: { SHELL: `/usr/bin/${shell}` } });
    expect({ code, out }).toEqual({ code: 0, out: await scriptOf(shell) });
    expect(err).toContain(`for ${shell}, as \`SHELL\` says`);
  }
});

test.each([{}, { SHELL: '' }, { SHELL: '/bin/tcsh' }])(
  'without a shell that it knows, it names the three: %j',
  async (env) => {
    const { code, out, err } = await run(folderWith(), ['completions'], { env });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const shell of SHELLS) expect(err).toContain(`stakes completions ${shell}`);
    expect((await run(folderWith(), ['completions', 'ksh'], { env })).code).toBe(2);
  },
);

test('the same words give the same script', async () => {
  for (const shell of SHELLS) expect(await scriptOf(shell)).toBe(await scriptOf(shell));
});
