import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agent, policy, server } from '../../src/model/policy.fixture.ts';
import type { Policy } from '../../src/model/policy.ts';
import { runBounded } from '../../src/probe/bounded.ts';
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { startStandInInternet } from '../../src/probe/stand-in-internet.ts';
import { createWorkspace, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { target } from '../../src/targets/srt/target.ts';
import { checkSrtSettings, runInSrt } from './srt.ts';
import { probeSrt } from './srt-probes.ts';

/** Control characters, lone surrogates and all: names come from strangers. */
const codePoint = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

const runtime = fileURLToPath(new URL('./node_modules/@anthropic-ai/sandbox-runtime', import.meta.url));

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace();
  writeIn(workspace.project, 'kb/page.md', 'public-page\n');
  writeIn(workspace.project, 'secrets/token', 'secret-token\n');
  writeIn(workspace.project, 'refund.agent.yaml', 'manifest\n');
  writeIn(workspace.home, '.ssh/id', 'private-key\n');
  mkdirSync(join(workspace.project, 'out'));
  // As after `npm install` in the project.
  mkdirSync(join(workspace.project, 'node_modules/@anthropic-ai'), { recursive: true });
  symlinkSync(runtime, join(workspace.project, 'node_modules/@anthropic-ai/sandbox-runtime'));
});
afterEach(() => workspace.remove());

/** Writes the target's files where `stakes generate` does. */
function install(made: Policy): string {
  const folder = join(workspace.project, '.stakes', made.root, 'srt');
  for (const file of target.emit(made).files) writeIn(folder, file.path, file.content);
  return folder;
}

const credential = (...servers: string[]) => ({ servers, mode: 'live' as const, scopes: [], ttlSeconds: null });
const print = 'console.log(JSON.stringify(process.argv.slice(2)))';

const desk = policy(
  [
    agent('desk', {
      network: { egress: 'listed', allowedHosts: ['docs.example.com:80', 'intranet', '*.com'] },
      filesystem: { read: ['./kb'], write: ['./out'] },
      servers: { pay: server('node', ['pay.mjs'], { allowedHosts: ['api.stripe.com'], env: { MODE: 'test' } }) },
      credentials: { STRIPE_KEY: credential('pay'), OTHER_KEY: credential('other') },
    }),
  ],
  { protectedPaths: ['.stakes/', '*.agent.yaml', 'stakes.pins.json', '.claude/settings.json'] },
);

const probes = {
  readable: 'kb/page.md',
  secret: 'secrets/token',
  writable: 'out/new.txt',
  outside: 'new.txt',
};
const listed = 'http://docs.example.com/';
const unlisted = 'http://evil.example/';

/**
 * Whether a URL is reached once srt's way out is open. srt starts its relay and the command side by side, so a quick
 * command can find the port still shut: a listed host would look blocked, and a block of an unlisted one would prove nothing.
 */
async function reaches(settings: string, url: string): Promise<boolean> {
  const internet = await startStandInInternet();
  try {
    const open = '(exec 3<>/dev/tcp/localhost/3128) 2>/dev/null';
    const wait = `for i in $(seq 1 200); do ${open} && echo relay-open && break; sleep 0.05; done`;
    const command = `${wait}; curl -sS -m 10 '${url}'`;
    const ran = await runInSrt({ workspace, settings, command, parentProxy: internet.url });
    expect(ran.stdout).toContain('relay-open');
    const { hostname, port, protocol } = new URL(url);
    return internet.reached.includes(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`);
  } finally {
    await internet.close();
  }
}

/** Starts a server as an MCP client would, from the entry in `mcp.json`. */
function startServer(folder: string, name: string, env: Record<string, string> = {}) {
  const config = asRecord(parseJson(readFileSync(join(folder, 'mcp.json'), 'utf8')));
  const entry = asRecord(asRecord(config.mcpServers)[name]) as { command: string; args: string[]; env: JsonRecord };
  expect(entry.command).toBe('srt');
  return runBounded({
    command: process.execPath,
    args: [join(runtime, 'dist/cli.js'), ...entry.args],
    env: {
      HOME: workspace.home,
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      ...env,
      ...(entry.env as Record<string, string>),
    },
    cwd: workspace.project,
    limitMs: 60_000,
  });
}

describe("the agent's process", () => {
  test('every key is in force, and only what is listed gets through', async () => {
    const settings = join(install(desk), 'agent.json');
    expect(checkSrtSettings(settings)).toEqual([]);
    expect(await probeSrt({ workspace, settings, ...probes })).toMatchObject({
      readReadable: true,
      readSecret: false,
      wroteInside: true,
      wroteOutside: false,
    });
    const home = { secret: join(workspace.home, '.ssh/id') };
    expect(await probeSrt({ workspace, settings, ...home })).toMatchObject({ readSecret: false });
    expect(await reaches(settings, listed)).toBe(true);
    expect(await reaches(settings, unlisted)).toBe(false);
    // The policy names port 80.
    expect(await reaches(settings, 'https://docs.example.com/')).toBe(false);
  });

  test('protected paths stay shut inside a writable folder', async () => {
    const settings = join(install(desk), 'agent.json');
    expect(await probeSrt({ workspace, settings, writable: 'out/.stakes' })).toMatchObject({ wroteInside: false });
    expect(await probeSrt({ workspace, settings, writable: 'out/stakes.pins.json' })).toMatchObject({
      wroteInside: false,
    });
    // A loss says that a pattern is not held on Linux; if this turns, the loss can go.
    expect(await probeSrt({ workspace, settings, writable: 'out/new.agent.yaml' })).toMatchObject({
      wroteInside: true,
    });
  });

  test('nothing is left behind in the project or the home folder', async () => {
    const settings = join(install(desk), 'agent.json');
    const listing = () =>
      [workspace.project, workspace.home, join(workspace.project, 'out')].map((path) => readdirSync(path).sort());
    const before = listing();
    await runInSrt({ workspace, settings, command: 'true' });
    expect(listing()).toEqual(before);
  });

  test('the whole project writable: the bundle and its folder can neither be changed nor moved away', async () => {
    const made = policy([agent('desk', { filesystem: { read: ['.'], write: ['.'] } })], {
      protectedPaths: desk.protectedPaths,
    });
    const folder = install(made);
    const before = readFileSync(join(folder, 'agent.json'), 'utf8');
    const command = 'mv .stakes away; rm -rf .stakes; echo {} > .stakes/desk/srt/agent.json; echo x > note.txt';
    const ran = await runInSrt({ workspace, settings: join(folder, 'agent.json'), command });
    expect(ran.stderr).toMatch(/busy|Read-only/);
    expect(readFileSync(join(folder, 'agent.json'), 'utf8')).toBe(before);
    expect(existsSync(join(workspace.project, 'note.txt'))).toBe(true);
  });

  test('credentials of servers are not in its environment', async () => {
    const settings = join(install(desk), 'agent.json');
    const env = { STRIPE_KEY: 'sk-1', OTHER_KEY: 'sk-2', PLAIN: 'shown' };
    const ran = await runInSrt({ workspace, settings, env, command: 'echo "$PLAIN[$STRIPE_KEY][$OTHER_KEY]"' });
    expect(ran.stdout).toBe('shown[][]\n');
  });

  test('nothing said about reads: known secrets are hidden, nothing is written, no host is reached', async () => {
    const silent = policy([
      agent('desk', { network: { egress: 'unknown', allowedHosts: [] }, filesystem: { read: null, write: null } }),
    ]);
    const settings = join(install(silent), 'agent.json');
    expect(checkSrtSettings(settings)).toEqual([]);
    const all = { ...probes, readable: 'secrets/token', secret: join(workspace.home, '.ssh/id') };
    expect(await probeSrt({ workspace, settings, ...all })).toMatchObject({
      readReadable: true,
      readSecret: false,
      wroteInside: false,
      wroteOutside: false,
    });
    expect(await reaches(settings, listed)).toBe(false);
  });

  test('settings opened by hand are seen', async () => {
    const settings = join(install(desk), 'agent.json');
    const all = asRecord(parseJson(readFileSync(settings, 'utf8')));
    const filesystem = { ...asRecord(all.filesystem), denyRead: [], allowWrite: ['.'] };
    const network = { ...asRecord(all.network), allowedDomains: ['evil.example'] };
    const open = writeIn(workspace.root, 'open.json', { ...all, filesystem, network });
    expect(await probeSrt({ workspace, settings: open, ...probes })).toMatchObject({
      readSecret: true,
      wroteOutside: true,
    });
    expect(await reaches(open, listed)).toBe(false);
    expect(await reaches(open, unlisted)).toBe(true);
  });
});

describe('servers', () => {
  test('a server starts with its own credential, and not with another', async () => {
    const folder = install(desk);
    expect(checkSrtSettings(join(folder, 'servers/pay.json'))).toEqual([]);
    // The server's own code is not among its folders, so it is named here.
    const made = structuredClone(desk);
    Object.assign(made.agents.desk?.servers.pay ?? {}, { read: ['./pay.mjs'] });
    install(made);
    const script = 'console.log(["STRIPE_KEY", "OTHER_KEY", "MODE"].map((name) => process.env[name] ?? "none").join())';
    writeIn(workspace.project, 'pay.mjs', script);
    const ran = await startServer(folder, 'pay', { STRIPE_KEY: 'sk-1', OTHER_KEY: 'sk-2' });
    expect(ran).toMatchObject({ code: 0, stdout: 'sk-1,none,test\n' });
  });

  test('`npx` starts what is installed in the project, without a network', async () => {
    const made = policy([agent('desk', { servers: { s: server('npx', ['-y', 'stub-server@1.0.0', '-c', 'x']) } })]);
    const folder = install(made);
    const stub = { name: 'stub-server', version: '1.0.0', bin: { 'stub-server': 'main.js' } };
    writeIn(workspace.project, 'package.json', {
      name: 'p',
      version: '1.0.0',
      dependencies: { 'stub-server': '1.0.0' },
    });
    writeIn(workspace.project, 'node_modules/stub-server/package.json', stub);
    writeIn(workspace.project, 'node_modules/stub-server/main.js', `#!/usr/bin/env node\n${print}\n`);
    mkdirSync(join(workspace.project, 'node_modules/.bin'));
    symlinkSync('../stub-server/main.js', join(workspace.project, 'node_modules/.bin/stub-server'));
    chmodSync(join(workspace.project, 'node_modules/stub-server/main.js'), 0o755);
    expect(await startServer(folder, 's')).toMatchObject({ code: 0, stdout: '["-c","x"]\n' });
  });

  test('a working folder is entered inside the sandbox', async () => {
    const made = policy([agent('desk', { servers: { s: server('pwd', [], { cwd: './kb', read: ['./kb'] }) } })]);
    expect(await startServer(install(made), 's')).toMatchObject({
      code: 0,
      stdout: `${join(workspace.project, 'kb')}\n`,
    });
  });

  test('arguments arrive as they are, whatever they hold', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '-c',
        '--settings',
        'evil.json',
        '--',
        '--help',
        '-d',
        '$(id)',
        '`id`',
        "a'b",
        '"',
        '\\',
        '\n',
        '!x',
        '*',
        '~',
        '=ls',
        '',
      ),
    );
    const args = fc.array(
      word.filter((text) => !text.includes('\0')),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(args, fc.boolean(), async (words, inFolder) => {
        const entry = server('node', ['print.mjs', ...words], { read: ['.'], cwd: inFolder ? '.' : null });
        const folder = install(policy([agent('desk', { servers: { s: entry } })]));
        writeIn(workspace.project, 'print.mjs', print);
        const ran = await startServer(folder, 's');
        expect({ code: ran.code, words: parseJson(ran.stdout) }).toEqual({ code: 0, words });
      }),
      { numRuns: 30 },
    );
  });

  test('without the `--` srt would run a `-c` of the server in its place', async () => {
    const settings = join(install(desk), 'agent.json');
    const ran = await runBounded({
      command: process.execPath,
      args: [join(runtime, 'dist/cli.js'), '--settings', settings, 'node', 'print.mjs', '-c', 'echo taken'],
      env: { HOME: workspace.home, PATH: '/usr/bin:/bin' },
      cwd: workspace.project,
      limitMs: 60_000,
    });
    expect(ran.stdout).toBe('taken\n');
  });

  test('srt inside srt does not start, as the loss says', async () => {
    const folder = install(desk);
    const inner = `${process.execPath} ${join(runtime, 'dist/cli.js')} --settings ${join(folder, 'servers/pay.json')} -- echo inside`;
    const ran = await runInSrt({ workspace, settings: join(folder, 'agent.json'), command: inner });
    expect(ran.stdout).not.toContain('inside');
    expect(target.emit(desk).losses.map(({ what }) => what)).toContain('sandbox');
  });
});

// The command is built by `npm run build`; without it there is nothing to read.
const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'bin/stakes.js');
const built = [join(root, 'dist/cli.cjs'), join(root, 'src/cli/commands/generate.ts')].every((file) =>
  existsSync(file),
);
const examples = readdirSync(join(root, 'examples')).filter((name) => /\.ya?ml$/.test(name));

describe.skipIf(!built)('examples', () => {
  test.each(examples)('%s: every settings file holds', async (name) => {
    const out = join(workspace.root, 'out');
    execFileSync(process.execPath, [cli, 'generate', join(root, 'examples', name), '--out', out], { stdio: 'pipe' });
    const paths = readdirSync(out, { recursive: true, encoding: 'utf8' });
    const files = paths.filter((path) => /\/srt\/(?:agent\.json|servers\/.*\.json)$/.test(path)).sort();
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const settings = join(out, file);
      expect(checkSrtSettings(settings)).toEqual([]);
      const secret = join(workspace.home, '.ssh/id');
      expect(await probeSrt({ workspace, settings, secret, outside: 'new.txt' })).toMatchObject({
        readSecret: false,
        wroteOutside: false,
      });
      expect(await reaches(settings, unlisted)).toBe(false);
      for (const host of asList(asRecord(asRecord(parseJson(readFileSync(settings, 'utf8'))).network).allowedDomains)) {
        expect(await reaches(settings, `https://${asText(host).replace(/^\*\./, 'www.')}/`)).toBe(true);
      }
    }
  });
});

test('any hosts, folders and protected paths: srt takes the file, and every key of it', () => {
  const text = fc.oneof(
    fc.string({ unit: codePoint, minLength: 1 }),
    fc.constantFrom('*', '/', '~', './a/**', '*/', '**/', '!x', 'a b', '[', '/*/'),
  );
  const host = fc.oneof(
    text,
    fc.domain(),
    fc.domain().map((domain) => `*.${domain}`),
    fc.constantFrom('a.b:0', 'a.b:443', '1.2.3.4', '::1', '*.co'),
  );
  const some = fc.array(text, { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(host, { maxLength: 4 }), some, some, some, (allowedHosts, read, write, protectedPaths) => {
      const made = policy(
        [agent('desk', { network: { egress: 'listed', allowedHosts }, filesystem: { read, write } })],
        { protectedPaths },
      );
      const content = target.emit(made).files.find(({ path }) => path === 'agent.json')?.content ?? '';
      expect(checkSrtSettings(writeIn(workspace.root, 'any.json', content))).toEqual([]);
    }),
    { numRuns: Number(process.env.STAKES_CASES ?? 200) },
  );
});
