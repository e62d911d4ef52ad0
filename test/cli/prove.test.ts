import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { ProofReport } from '../../src/model/proof.ts';
import { folderWith, manifest, run } from './fake-io.ts';

const DESK = manifest(
  'desk',
  'autonomy: { initiation: human, review: high-stakes }',
  'data: { orders: { classification: internal, source: staging } }',
  'mcpServers: { shop: { command: touch, args: [started] } }',
  'tools:',
  '  shop/list: { effect: read, data: [orders], egress: none }',
  '  shop/refund: { effect: write, reversible: false, impact: high, data: [orders], egress: none }',
);
/** No engine can be found there. */
const env = { PATH: '' };
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/proof.schema.json', 'utf8')));

async function generated(): Promise<string> {
  const folder = folderWith({ 'desk.agent.yaml': DESK, '.git/HEAD': '' });
  expect((await run(folder, ['generate'])).code).toBe(0);
  return folder;
}

function program(folder: string, name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('no engine on the machine', () => {
  test('nothing proven is 3, with a list of what is missing and how to get it', async () => {
    const { code, out, err } = await run(await generated(), ['prove'], { env });
    expect([code, err]).toEqual([3, '']);
    expect(out).toMatchInlineSnapshot(`
      "desk  .stakes/desk
      - nothing proven: no engine of its targets is here

      - not proven on Cedar: Cedar is not on this machine
          get it: npm install --save-dev @cedar-policy/cedar-wasm@4.13.0
      - not proven on Claude Code: Claude Code is not on this machine
          get it: npm install -g @anthropic-ai/claude-code
      - not proven on MCP gate: MCP gate is not on this machine
          get it: npm install -g stakes
      - not proven on srt: srt is not on this machine
          get it: npm install -g @anthropic-ai/sandbox-runtime@0.0.78 (on Debian also:
          apt-get install bubblewrap socat ripgrep curl)

        engine       result      agents  tried  stricter  looser
        Cedar        not proven     0/1      0         0       0
        Claude Code  not proven     0/1      0         0       0
        MCP gate     not proven     0/1      0         0       0
        srt          not proven     0/1      0         0       0
      "
    `);
  });

  test('an engine that is required and missing is 1; one that nobody knows is 2', async () => {
    const folder = await generated();
    expect((await run(folder, ['prove', '--require', 'cedar'], { env })).code).toBe(1);
    const unknown = await run(folder, ['prove', '--require', 'cedra'], { env });
    expect([unknown.code, unknown.err]).toEqual([
      2,
      'error: there is no engine `cedra` to prove; did you mean `cedar`?\n',
    ]);
    expect((await run(folder, ['prove', '--engine', 'cedar'], { env })).err).toContain('`name=path`');
    expect((await run(folder, ['prove', '--engine', 'cedar='], { env })).code).toBe(2);
    expect((await run(folder, ['prove', '--target', 'litellm'], { env })).err).toContain(
      'no target `litellm` to prove',
    );
  });

  test('the other formats say the same', async () => {
    const folder = await generated();
    const json = await run(folder, ['prove', '-f', 'json'], { env });
    const report = JSON.parse(json.out) as ProofReport;
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report.results[0]?.engines.map(({ engine, state }) => `${engine} ${state}`)).toEqual([
      'cedar not-proven',
      'claude-code not-proven',
      'gate not-proven',
      'srt not-proven',
    ]);
    const markdown = await run(folder, ['prove', '-f', 'markdown'], { env });
    expect(markdown.out).toContain('Nothing proven: no engine of its targets is here.');
    expect(markdown.out).toContain('- Cedar: Cedar is not on this machine');
  });
});

describe('what keeps a proof from starting', () => {
  test('no manifest is 3', async () => {
    const { code, err } = await run(folderWith(), ['prove'], { env });
    expect([code, err]).toEqual([3, 'no agent manifest here (*.agent.yaml, agent.yaml)\n']);
  });

  test('a bundle that was never generated is 2 and names the command', async () => {
    const { code, err } = await run(folderWith({ 'desk.agent.yaml': DESK }), ['prove'], { env });
    expect(code).toBe(2);
    expect(err).toContain('error[not-generated]');
    expect(err).toContain('stakes generate desk.agent.yaml');
  });

  test('an invalid manifest is 2, in JSON too', async () => {
    const folder = folderWith({ 'desk.agent.yaml': 'schemaVersion: 1\n' });
    const { code, out } = await run(folder, ['prove', '-f', 'json'], { env });
    expect(code).toBe(2);
    expect(validate(JSON.parse(out))).toBe(true);
  });
});

describe('a program that is not the engine', () => {
  const claude = async (script: string, more: string[] = []) => {
    const folder = await generated();
    const path = program(folder, 'fake', script);
    return run(folder, ['prove', '-t', 'claude-code', '--engine', `claude-code=${path}`, ...more], { env });
  };

  test('another program is not proven, and a failure where it is required', async () => {
    const { code, out } = await claude('echo git version 2.39.5');
    expect([code, out]).toEqual([3, expect.stringContaining('it is another program, or broken')]);
    expect((await claude('echo git version 2.39.5', ['--require', 'claude-code'])).code).toBe(1);
  });

  test('one that says the right version and then nothing has failed, not passed', async () => {
    const { code, out } = await claude('[ "$1" = --version ] && echo "2.1.330 (Claude Code)"');
    expect([code, out]).toEqual([1, expect.stringContaining('the engine broke down: claude gave no result')]);
  });

  test('one that claims success without a call has failed', async () => {
    const success = `echo '{"type":"result","subtype":"success"}'`;
    const { code, out } = await claude(`[ "$1" = --version ] && echo "2.1.330 (Claude Code)" || ${success}`);
    expect(code).toBe(1);
    expect(out).toContain('`shop/list` never tried');
  });
});

describe('files that could start something', () => {
  const STARTED = 'the-file-was-run';
  const engine = (folder: string) =>
    program(folder, 'fake', `[ "$1" = --version ] && echo "2.1.330 (Claude Code)" || touch '${folder}/${STARTED}'`);

  test.each([
    ['launch.sh', (text: string) => `${text}\n# mine\n`],
    ['hook.mjs', (text: string) => `${text}\n// mine\n`],
    ['hook.sh', (text: string) => `${text}\n# mine\n`],
    ['agents.json', (text: string) => changed(text, { helper: { description: 'd', prompt: 'p', hooks: {} } })],
    ['settings.json', (text: string) => changed(text, { apiKeyHelper: 'touch owned' })],
    ['launcher-settings.json', (text: string) => changed(text, { hooks: {} })],
    ['settings.json', (text: string) => `// a comment\n${text}`],
    ['settings.json', () => undefined],
  ])('%s that was edited or removed is never run', async (name, change) => {
    const folder = await generated();
    const file = join(folder, '.stakes/desk/claude-code', name);
    const text = change(readFileSync(file, 'utf8'));
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    const argv = ['prove', '-t', 'claude-code', '--engine', `claude-code=${engine(folder)}`];
    const { code, out } = await run(folder, argv, { env });
    expect(code).toBe(1);
    expect(out).toContain(`\`claude-code/${name}\` is`);
    expect(existsSync(join(folder, STARTED))).toBe(false);
  });

  test('the servers of the manifest are not started', async () => {
    const folder = await generated();
    const argv = ['prove', '-t', 'claude-code', '--engine', `claude-code=${engine(folder)}`];
    await run(folder, argv, { env });
    expect(existsSync(join(folder, STARTED))).toBe(true);
    expect(existsSync(join(folder, 'started'))).toBe(false);
  });
});

function changed(text: string, more: object): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), ...more });
}
