import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shellWord } from '../../src/report/command-line.ts';
import { answering, DESK } from '../apply/project.ts';
import { folderWith, type Ran, run } from './fake-io.ts';

const SETTINGS = '.claude/settings.json';
const win32 = process.platform === 'win32';

/** The command lines in a report. */
function printed({ out, err }: Ran): string[] {
  return [...`${out}\n${err}`.matchAll(/(?:^|[ `])(stakes (?:assess|generate|apply|prove) [^\n`]*)/gm)].map(
    ([, command = '']) => command,
  );
}

/** Its words, as a shell takes them. */
function pasted(command: string, shell = 'sh'): string[] {
  const script = `stakes() { printf '%s\\0' "$@"; }\n${command}`;
  const words = execFileSync(shell, ['-c', script], {
    encoding: 'utf8',
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return words.split('\0').slice(0, -1);
}

/** A manifest at a path, and a person who says yes. */
function workplace(path: string) {
  const folder = folderWith({ [`p/${path}`]: DESK });
  const cwd = join(folder, 'p');
  const env = { HOME: join(folder, 'home'), PATH: '', NO_COLOR: '1' };
  const io = { ...answering('yes'), env, columns: 40 };
  const stakes = (...argv: string[]) => run(cwd, argv, io);
  const paste = (command: string) => run(cwd, pasted(command), io);
  return { cwd, stakes, paste, settings: join(cwd, dirname(path), SETTINGS) };
}

const FILES = [
  'desk.agent.yaml',
  'deep/er/desk.agent.yaml',
  "it's; $(touch owned)/a b.agent.yaml",
  '-x/desk.agent.yaml',
  '~/desk.agent.yaml',
  'größe "日本"/desk.agent.yaml',
];
const OUTS = ['out', '~', '-o', ''];
const places = [
  ...FILES.flatMap((file) => [undefined, 'some where'].map((out) => ({ file, out }))),
  ...OUTS.map((out) => ({ file: 'deep/er/desk.agent.yaml', out })),
];

describe.skipIf(win32)('every command that is printed works when it is pasted; Windows has other shells', () => {
  test.each(places)('after generate: $file, --out $out', async ({ file, out }) => {
    const { cwd, stakes, paste, settings } = workplace(file);
    const where = out === undefined ? [] : ['--out', out];
    const asked = ['generate', `./${dirname(file)}`, ...where];
    const dry = printed(await stakes(...asked, '--dry-run'));
    expect(dry).toHaveLength(1);
    expect(await paste(dry[0] ?? '')).toMatchObject({ code: 0, err: '' });
    const [apply = '', prove = '', ...rest] = printed(await stakes(...asked));
    expect(rest).toEqual([]);
    expect(await paste(prove)).toMatchObject({ code: 3, err: '' });
    const applied = await paste(apply);
    expect(applied).toMatchObject({ code: 0, err: '' });
    expect(existsSync(settings)).toBe(true);
    const [proveAgain = '', undo = ''] = printed(applied);
    expect(await paste(proveAgain)).toMatchObject({ code: 3, err: '' });
    expect(await paste(undo)).toMatchObject({ code: 0, err: '' });
    expect(existsSync(settings)).toBe(false);
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
  });

  test.each(places)('what mends: $file, --out $out', async ({ file, out }) => {
    const { cwd, stakes, paste, settings } = workplace(file);
    const where = out === undefined ? [] : ['--out', out];
    const path = `./${file}`;
    const bundle = join(cwd, out ?? join(dirname(file), '.stakes'), 'desk');
    for (const argv of [['prove'], ['apply'], ['generate', '--check']]) {
      const [mend = '', ...rest] = printed(await stakes(...argv, path, ...where));
      expect(rest).toEqual([]);
      expect(await paste(mend)).toMatchObject({ code: 0, err: '' });
      expect((await stakes('generate', '--check', path, ...where)).code).toBe(0);
      rmSync(bundle, { recursive: true });
    }
    await stakes('generate', path, ...where, '-t', 'cedar');
    const [all = ''] = printed(await stakes('apply', path, ...where, '-t', 'claude-code'));
    expect((await paste(all)).code).toBe(0);
    for (const argv of [['apply'], ['generate', '--check']]) {
      writeFileSync(join(bundle, 'policy.json'), '{}');
      const [force = ''] = printed(await stakes(...argv, path, ...where));
      expect(await paste(force)).toMatchObject({ code: 0, err: '' });
    }
    await stakes('apply', path, ...where);
    rmSync(settings);
    const [look = ''] = printed(await stakes('generate', '--check', path, ...where));
    const seen = await paste(look);
    expect(seen.code).toBe(1);
    expect(await paste(printed(seen)[0] ?? '')).toMatchObject({ code: 0, err: '' });
    expect(existsSync(settings)).toBe(true);
  });

  test.each(FILES)('assess and the overview: %s', async (file) => {
    const { stakes, paste } = workplace(file);
    for (const argv of [['overview'], ['assess', '.']]) {
      const commands = printed(await stakes(...argv));
      expect(commands).toHaveLength(1);
      expect((await paste(commands[0] ?? '')).code).toBe(0);
    }
  });

  test('a way, a place and targets that were asked for are taken back by themselves', async () => {
    const { cwd, stakes, paste, settings } = workplace('desk.agent.yaml');
    await stakes('generate');
    await stakes('apply');
    mkdirSync(join(cwd, 'etc'));
    for (const to of ['etc/man aged.json', join(cwd, 'etc/managed.json')]) {
      const applied = await stakes('apply', '-t', 'claude-code', '--as', 'managed', '--to', to);
      const [, undo = ''] = printed(applied);
      rmSync(join(cwd, to.replace(cwd, '')));
      const gone = printed(await stakes('apply', '--check'));
      expect(gone).toHaveLength(1);
      expect(await paste(gone[0] ?? '')).toMatchObject({ code: 0, err: '' });
      expect(existsSync(join(cwd, to.replace(cwd, '')))).toBe(true);
      expect(await paste(undo)).toMatchObject({ code: 0, err: '' });
      expect(existsSync(join(cwd, to.replace(cwd, '')))).toBe(false);
      expect(existsSync(settings)).toBe(true);
    }
  });

  test('what keeps a file from being read goes first', async () => {
    const { stakes, paste, settings } = workplace('desk.agent.yaml');
    await stakes('generate');
    await stakes('apply');
    writeFileSync(settings, '{');
    const { out } = await stakes('apply', '--check');
    const [then = ''] = printed({ code: 1, out, err: '' });
    expect(out).toContain('make it readable, then: stakes apply');
    writeFileSync(settings, '{}');
    expect(await paste(then)).toMatchObject({ code: 0, err: '' });
  });

  test('the launcher starts from a folder with a space in its name', async () => {
    const { stakes } = workplace('my agents/desk.agent.yaml');
    await stakes('generate');
    const { out } = await stakes('apply', '.', '--as', 'launcher');
    const command = /start it with: (sh .*)/.exec(out)?.[1] ?? '';
    expect(pasted(command.replace('sh', 'stakes'))).toEqual(['my agents/.stakes/desk/claude-code/launch.sh']);
  });

  test('two agents in one file: nothing that would be refused', async () => {
    const { cwd, stakes, paste } = workplace('desk.agent.yaml');
    writeFileSync(join(cwd, 'desk.agent.yaml'), `${DESK}---\n${DESK.replace('desk', 'till')}`);
    const commands = printed(await stakes('generate'));
    expect(commands).toEqual(['stakes prove desk.agent.yaml', 'stakes prove desk.agent.yaml']);
    expect(await paste(commands[0] ?? '')).toMatchObject({ code: 3, err: '' });
  });

  test('one bundle that was edited by hand keeps the others, and none of them has a next step', async () => {
    const { cwd, stakes } = workplace('desk.agent.yaml');
    await stakes('generate');
    writeFileSync(join(cwd, '.stakes/desk/policy.json'), '{}');
    writeFileSync(join(cwd, 'till.agent.yaml'), DESK.replace('desk', 'till'));
    const blocked = await stakes('generate');
    expect([blocked.code, printed(blocked)]).toEqual([2, []]);
    expect(blocked.out).toContain('.stakes/till: not written');
  });

  test('standard input is `-`, and a file of that name is not', async () => {
    const folder = folderWith({ '-': DESK });
    const io = { env: { PATH: '' }, stdin: DESK.replace('desk', 'typed') };
    const [, typed = ''] = printed(await run(folder, ['generate', '-'], io));
    expect(typed).toBe('stakes prove -');
    expect(await run(folder, pasted(typed), io)).toMatchObject({ code: 3, err: '' });
    const [, named = ''] = printed(await run(folder, ['generate', './-'], io));
    expect(named).toBe('stakes prove ./-');
    expect((await run(folder, pasted(named), io)).out).toContain('desk');
  });
});

const hasBash = spawnSync('bash', ['-c', ':']).status === 0;
test.skipIf(!hasBash)('characters that cannot be seen are printed as what can, and come out again (needs bash)', () => {
  for (const name of ['a\u202eb', "it's\n\\x", 'tab\there', '\u001b[31m', '-\u200b', 'zero\u200bwidth ü']) {
    const word = shellWord(name);
    expect(word).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
    expect(pasted(`stakes ${word}`, 'bash')).toEqual([name.startsWith('-') ? `./${name}` : name]);
  }
});
