import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { claudeBinary } from './claude.ts';
import { countersOf, DESK, outcomeOf, paid, play, read, stage } from './claude-code-hook.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
});
afterEach(() => workspace.remove());

describe('nothing runs when', () => {
  type Harm = (bundle: string) => void;
  const inBundle =
    (path: string, change: (text: string) => string): Harm =>
    (bundle) => {
      const file = join(bundle, path);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    };
  const replaced = (path: string, text: string): Harm => inBundle(path, () => text);
  const gone =
    (path: string): Harm =>
    (bundle) =>
      rmSync(join(bundle, path));
  const hung =
    (program: string): Harm =>
    (bundle) => {
      replaced('claude-code/hook.mjs', program)(bundle);
      inBundle('claude-code/hook.sh', (text) => text.replace(/sleep \d+/, 'sleep 2'))(bundle);
    };
  const ofState =
    (change: (file: string) => void): Harm =>
    () => {
      const file = countersOf(workspace.home);
      change(file);
    };

  const harms: [string, Harm, RegExp][] = [
    ['the script is gone', gone('claude-code/hook.sh'), /hook\.sh/],
    ['the hook is gone', gone('claude-code/hook.mjs'), /no answer/],
    ['the table of tools is gone', gone('claude-code/hook.json'), /`hook.json` is missing/],
    ['the policy is gone', gone('policy.json'), /`policy.json` is missing; run `stakes generate`/],
    ['the policy is no JSON', replaced('policy.json', '{'), /`policy.json` is no JSON object/],
    [
      'the policy was edited',
      inBundle('policy.json', (text) => text.replace('"maximum": 50', '"maximum": 99')),
      /not the policy/,
    ],
    [
      'the policy is newer',
      inBundle('policy.json', (text) => text.replace('policy@1', 'policy@2')),
      /newer version of Stakes[\s\S]*update/,
    ],
    [
      'the policy is another file',
      inBundle('policy.json', (text) => text.replace('stakes/policy@1', 'other/policy@1')),
      /is no `stakes\/policy@1`/,
    ],
    ['the hook throws', replaced('claude-code/hook.mjs', 'throw new Error("x")'), /no answer/],
    ['the hook has a syntax error', replaced('claude-code/hook.mjs', 'const = 1'), /no answer/],
    ['the script is empty', replaced('claude-code/hook.sh', ''), /hook error/],
    ['the hook is empty', replaced('claude-code/hook.mjs', ''), /no answer/],
    ['the hook ends with another code', replaced('claude-code/hook.mjs', 'process.exit(3)'), /no answer/],
    ['the hook is killed', replaced('claude-code/hook.mjs', 'process.kill(process.pid, "SIGKILL")'), /no answer/],
    ['the hook spins', hung('for (;;);'), /no answer/],
    [
      'counters are damaged',
      ofState((file) => writeFileSync(file, '{"schema":"stakes/counters@1"')),
      /damaged[\s\S]*delete it/,
    ],
    [
      'counters are from the future',
      ofState((file) => writeFileSync(file, future(readFileSync(file, 'utf8')))),
      /clock was set back/,
    ],
    [
      'counters are a folder',
      ofState((file) => {
        rmSync(file);
        mkdirSync(file);
      }),
      /cannot be read/,
    ],
    ['counters are locked for ever', ofState((file) => writeFileSync(`${file}.lock`, 'someone else')), /locked/],
  ];
  const future = (text: string) =>
    text.replace(/"time":\d+/, `"time":${Date.UTC(2126, 0, 1)}`).replace(/"day":"[^"]*"/, '"day":"2126-01-01"');

  test.each(harms)('%s', async (_, harm, text) => {
    const bundle = stage(workspace, DESK);
    // It ran before, so that nothing else can be what stops it.
    expect((await play(workspace, bundle, [read])).executed).toEqual(['bank/read']);
    const launcher = join(bundle, 'claude-code/launch.sh');
    // What is missing at the start already keeps the launcher from starting; these are gone while it runs.
    writeFileSync(
      launcher,
      readFileSync(launcher, 'utf8').replace(/ hook\.sh hook\.mjs hook\.json \.\.\/policy\.json/, ''),
    );
    harm(bundle);
    const { executed, texts } = await play(workspace, bundle, [read, paid(1)]);
    expect(executed).toEqual([]);
    expect(texts.filter((one) => !text.test(one))).toEqual([]);
  });

  test('the hook waits for ever, for as long as the script waits', async () => {
    const bundle = stage(workspace, DESK);
    replaced('claude-code/hook.mjs', 'setInterval(() => {}, 1e6)')(bundle);
    const { executed, texts } = await play(workspace, bundle, [read], { limitMs: 120_000 });
    expect(executed).toEqual([]);
    expect(texts[0]).toContain('no answer');
  });

  test('the state folder cannot be written', async () => {
    const bundle = stage(workspace, DESK);
    const file = writeIn(workspace.root, 'a-file', '');
    const { executed, texts } = await play(workspace, bundle, [read], { env: { XDG_STATE_HOME: file } });
    expect(executed).toEqual([]);
    expect(texts[0]).toContain('cannot be written');
  });

  test('there is no node', async () => {
    const bundle = stage(workspace, DESK);
    const outcome = await outcomeOf(workspace, bundle, [read], { env: { PATH: pathWithoutNode() } });
    expect(outcome.executed).toEqual([]);
    expect(outcome.toolResults[0]?.text).toContain('no answer');
  });

  test('the arguments are huge', async () => {
    const bundle = stage(workspace, DESK);
    const { executed, texts } = await play(workspace, bundle, [{ ...read, input: { id: 'x'.repeat(5_000_000) } }]);
    expect(executed).toEqual([]);
    expect(texts[0]).toContain('too large');
  });
});

/** Every program of the machine but that one; the stub servers call it by its whole path. */
function pathWithoutNode(): string {
  const bin = join(workspace.root, 'without-node');
  mkdirSync(bin);
  const programs = new Set(
    ['/usr/bin', '/bin'].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)),
  );
  for (const program of [...programs, claudeBinary]) {
    const link = join(bin, basename(program));
    if (!/^node/.test(basename(program)) && !existsSync(link)) symlinkSync(program, link);
  }
  return bin;
}
