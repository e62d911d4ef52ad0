import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { afterAll, describe, expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { AgentPolicy, ApprovalPolicy, Policy } from '../../model/policy.ts';
import { serverAliases } from './names.ts';
import { readHarmless } from './proof/harmless.ts';
import { transportOf } from './servers.ts';
import { target } from './target.ts';

const schema = { type: 'object', properties: { amount: { type: 'integer', maximum: 5 } } } as const;
const asks: ApprovalPolicy = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true,
  boundToArguments: true,
};

const textOf = (made: Policy, path: string): string =>
  target.emit(made).files.find((file) => file.path === path)?.content ?? '';
interface Settings {
  approval_policy: string | { granular: Record<string, boolean> };
  web_search: string;
  agents: object;
  features: Record<string, boolean>;
  permissions: { stakes: { filesystem: Record<string, unknown>; network: object } };
  mcp_servers: Record<
    string,
    { enabled_tools?: string[]; disabled_tools?: string[]; tools: object; default_tools_approval_mode: string }
  >;
}
const tableOf = (made: Policy) => parse(textOf(made, 'config.toml')) as unknown as Settings;
const deskOf = (more: Pick<Partial<AgentPolicy>, 'tools' | 'servers' | 'filesystem'>) =>
  policy([agent('desk', { approvals: asks, ...more })]);
const lossesOf = (made: Policy, tool?: string) =>
  target.emit(made).losses.flatMap((loss) => (loss.tool === tool ? [loss.message] : []));

describe('tools of servers', () => {
  const made = deskOf({
    servers: { pay: server('pay'), notes: server('notes'), idle: server('idle') },
    tools: {
      'pay/list': grant('allow'),
      'pay/refund': grant('ask'),
      'pay/wipe': grant('deny'),
      'pay/bounded': grant('allow', { bounded: true, arguments: schema }),
      'pay/low': grant('allow', { arguments: schema }),
      'notes/*': grant('allow'),
      'notes/share': grant('ask'),
      'notes/drop': grant('deny'),
      'idle/x': grant('deny'),
      'gone/x': grant('allow'),
    },
  });

  test('each is offered as the policy has it, and a server without any is not started', () => {
    const { mcp_servers: servers } = tableOf(made);
    expect(Object.keys(servers)).toEqual(['notes', 'pay']);
    expect(servers.pay).toMatchObject({
      enabled_tools: ['bounded', 'list', 'low', 'refund'],
      default_tools_approval_mode: 'prompt',
      tools: {
        list: { approval_mode: 'approve' },
        refund: { approval_mode: 'prompt' },
        bounded: { approval_mode: 'prompt' },
      },
    });
    expect(servers.notes).toMatchObject({ default_tools_approval_mode: 'approve', disabled_tools: ['drop'] });
    expect(servers.notes?.enabled_tools).toBeUndefined();
    expect(servers.notes?.tools).toEqual({ share: { approval_mode: 'prompt' } });
  });

  test('what Codex cannot check is said', () => {
    expect(lossesOf(made, 'pay/bounded')[0]).toMatch(/^stricter: every call asks/);
    expect(lossesOf(made, 'pay/low')).toEqual(['its arguments are not checked']);
    expect(lossesOf(made, 'gone/x')[0]).toMatch(/^stricter: denied/);
    expect(lossesOf(made, 'pay/list')).toEqual([]);
  });

  test('a question reaches a person, and a way out of the sandbox never does', () => {
    expect(tableOf(made).approval_policy).toHaveProperty('granular', {
      sandbox_approval: false,
      rules: false,
      mcp_elicitations: true,
      request_permissions: false,
      skill_approval: false,
    });
    expect(tableOf(deskOf({ tools: { Bash: grant('allow') } })).approval_policy).toBe('never');
  });
});

describe("Codex's own tools", () => {
  const filesystem = { read: ['./src', 'docs/**', 'lib/*.ts'], write: ['out'] };
  const profileOf = (made: Policy) => tableOf(made).permissions.stakes;

  test('all are off unless they are granted', () => {
    const { features, agents, web_search } = tableOf(deskOf({ tools: {} }));
    expect(Object.values(features)).not.toContain(true);
    expect([agents, web_search]).toEqual([{ enabled: false }, 'disabled']);
  });

  test('a shell is held to the folders of the policy', () => {
    const made = policy([agent('desk', { tools: { Bash: grant('allow') }, filesystem })], {
      protectedPaths: ['.stakes/**', '*.agent.yaml', 'agent.yaml', 'out/locked/**', 'ops/keys', '~/.claude/**'],
    });
    expect(tableOf(made).features).toMatchObject({ shell_tool: true, unified_exec: true });
    expect(profileOf(made).filesystem[':workspace_roots']).toEqual({
      src: 'read',
      docs: 'read',
      out: 'write',
      'out/.stakes': 'read',
      'out/agent.yaml': 'read',
      'out/locked': 'read',
    });
    expect(profileOf(made).network).toEqual({ enabled: false });
    const said = target.emit(made).losses.map(({ message }) => message);
    expect(said).toContain('stricter: `lib/*.ts` is left out: a profile takes no pattern there');
    expect(said.join('\n')).toContain('`*.agent.yaml`');
    expect(lossesOf(made, 'apply_patch')).toHaveLength(1);
  });

  test('without a tool for it nothing is written, whatever folders are listed', () => {
    expect(profileOf(deskOf({ filesystem })).filesystem).toEqual({ ':minimal': 'read' });
  });

  test.each([
    ['Bash', grant('ask'), /without asking/],
    ['Bash', grant('allow', { arguments: schema }), /does not check arguments/],
    ['WebSearch', grant('allow'), /search engine/],
    ['apply_patch', grant('allow'), /lists no folder/],
    ['Read', grant('allow'), /through its shell alone/],
    ['Agent', grant('allow'), /every right/],
    ['view_image', grant('allow'), /no setting/],
    ['NoSuchTool', grant('allow'), /not a tool of Codex/],
  ] as const)('%s is denied where Codex cannot hold it', (tool, granted, why) => {
    const made = deskOf({ tools: { [tool]: granted } });
    expect(lossesOf(made, tool)[0]).toMatch(/^stricter: denied: /);
    expect(lossesOf(made, tool)[0]).toMatch(why);
    expect(Object.values(tableOf(made).features)).not.toContain(true);
  });

  test('two names of one tool do not open what either of them denies', () => {
    const made = deskOf({ tools: { Bash: grant('allow'), shell: grant('deny') } });
    expect(tableOf(made).features.shell_tool).toBe(false);
    expect(lossesOf(made, 'Bash')).toEqual(['stricter: denied, as another name of it is']);
  });
});

describe('how a server is reached', () => {
  const entryOf = (more: Parameters<typeof server>[2], command = 'npx', args: string[] = []) =>
    transportOf(server(command, args, more));
  const http = (url: string, headers = {}) => entryOf({ transport: 'http', command: null, url, headers });

  test('variables are handed on by name, and no value is written down', () => {
    expect(entryOf({ env: { TOKEN: '${TOKEN}', MODE: 'fast' } })).toEqual({
      entry: { command: 'npx', args: [], env: { MODE: 'fast' }, env_vars: ['TOKEN'] },
    });
    expect(http('https://x.example/mcp', { Authorization: 'Bearer ${T}', 'X-Key': '${K}', 'X-Plain': 'p' })).toEqual({
      entry: {
        url: 'https://x.example/mcp',
        bearer_token_env_var: 'T',
        http_headers: { 'X-Plain': 'p' },
        env_http_headers: { 'X-Key': 'K' },
      },
    });
    expect(http('https://${HOST}/mcp')).toHaveProperty('reason');
    expect(http('https://x.example/mcp', { 'X-Key': 'a${K}' })).toHaveProperty('reason');
  });

  test('a reference elsewhere is filled in by a shell, which runs nothing of it', () => {
    const hostile = "a'; touch owned; '$(touch owned) `touch owned` ${T}\n-x";
    const made = entryOf({ cwd: '.', env: { 'A B;touch owned': 'pre-${T}' } }, process.execPath, [
      '-p',
      'JSON.stringify([process.argv.slice(1), process.env["A B;touch owned"]])',
      '--',
      hostile,
      '',
    ]);
    if (!('entry' in made)) throw new Error('it has no entry');
    const { command, args } = made.entry as { command: string; args: string[] };
    const folder = mkdtempSync(join(tmpdir(), 'stakes-codex-'));
    try {
      const ended = spawnSync(command, args, {
        cwd: folder,
        env: { T: "v'$(touch owned)", PATH: '/usr/bin:/bin' },
        encoding: 'utf8',
      });
      expect(JSON.parse(ended.stdout)).toEqual([
        [hostile.replace('${T}', "v'$(touch owned)"), ''],
        "pre-v'$(touch owned)",
      ]);
      expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).toBe('');
      expect(spawnSync(command, args, { cwd: folder, env: { PATH: '/usr/bin:/bin' } }).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a name that Codex does not take gets another, of its own', () => {
    const names = ['a.b', 'a b', 'a-b', '日本', 'codex_apps', 'files'];
    const aliases = serverAliases(names);
    expect([...aliases.values()].every((name) => /^[A-Za-z0-9_-]+$/.test(name))).toBe(true);
    expect(new Set(aliases.values()).size).toBe(names.length);
    expect([aliases.get('a-b'), aliases.get('files')]).toEqual(['a-b', 'files']);
  });
});

const name = fc
  .array(
    fc.integer({ min: 0x20, max: 0x10ffff }).filter((code) => (code < 0xd800 || code > 0xdfff) && code !== 0x2f),
    { minLength: 1, maxLength: 12 },
  )
  .map((codes) => String.fromCodePoint(...codes))
  .filter((text) => !text.startsWith('@') && text !== '*');

test('whatever a tool is called, the file says exactly that', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(name, fc.constantFrom('__proto__', 'a"]\n[x]', '"""', "'''", '\\')), { minLength: 1 }),
      (names) => {
        const tools = Object.fromEntries(
          names.map((tool, at) => [`s/${tool}`, grant((['allow', 'ask', 'deny'] as const)[at % 3] ?? 'deny')]),
        );
        const made = deskOf({ servers: { s: server('true') }, tools });
        expect(textOf(made, 'config.toml')).toBe(textOf(made, 'config.toml'));
        const { mcp_servers: servers } = tableOf(made);
        const granted = names.filter((_, at) => at % 3 !== 2).sort((a, b) => (a < b ? -1 : 1));
        expect(servers.s?.enabled_tools).toEqual(granted);
        expect(Object.keys(servers.s?.tools ?? {}).sort()).toEqual([...granted].sort());
      },
    ),
  );
});

describe('the launcher', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-codex-launcher-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bundle = join(folder, 'project dir', '.stakes/desk/codex');
  const made = deskOf({
    servers: { s: server('true', [], { env: { TOKEN: '${TOKEN}' } }) },
    tools: { 's/x': grant('allow') },
  });
  mkdirSync(bundle, { recursive: true });
  for (const { path, content } of target.emit(made).files) writeFileSync(join(bundle, path), content);
  const fake = join(folder, 'codex');
  writeFileSync(fake, '#!/bin/sh\nfor word do printf "%s\\n" "$word"; done\necho "at $PWD with $CODEX_HOME"\n');
  chmodSync(fake, 0o755);
  const launch = (...args: string[]) =>
    spawnSync('/bin/sh', [join(bundle, 'launch.sh'), ...args], {
      env: { HOME: folder, PATH: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter), TOKEN: 'x' },
      encoding: 'utf8',
    });

  test('starts Codex in the project, with settings of its own', () => {
    const ended = launch('exec', '--json', 'the task');
    const project = join(folder, 'project dir');
    const home = join(folder, '.local/state/stakes/codex/desk');
    expect(ended.stdout.split('\n')).toEqual([
      '--strict-config',
      '-c',
      `projects={"${project}"={trust_level="untrusted"}}`,
      'exec',
      '--json',
      'the task',
      `at ${project} with ${home}`,
      '',
    ]);
    expect(readFileSync(join(home, 'config.toml'), 'utf8')).toBe(textOf(made, 'config.toml'));
  });

  test.each([
    ['-c', 'features.shell_tool=true'],
    ['-cfeatures.shell_tool=true'],
    ['--config=x=1'],
    ['exec', '--enable', 'shell_tool'],
    ['exec', '-s', 'danger-full-access'],
    ['exec', '--add-dir', '/'],
    ['exec', '-C', '/'],
    ['--dangerously-bypass-approvals-and-sandbox'],
    ['exec', '--trust'],
    ['-p', 'mine'],
    ['--', 'x'],
    ['app-server'],
    ['mcp', 'add', 'evil'],
    ['exec', '-o', '-c'],
  ])('refuses what could widen it: %s', (...args) => {
    const ended = launch(...args);
    expect([ended.status, ended.stdout]).toEqual([2, '']);
  });
});

test('an edit that could start a program is not tried', () => {
  const planned = textOf(deskOf({}), 'config.toml');
  expect(readHarmless(planned, planned)).toHaveProperty('table');
  expect(readHarmless(planned.replace('"never"', '"on-request"'), planned)).toHaveProperty('table');
  for (const line of ['notify = ["touch"]', 'sqlite_home = "/x"', 'openai_base_url = "https://x.example"'])
    expect(readHarmless(`${line}\n${planned}`, planned)).toHaveProperty('reason');
  expect(readHarmless('a = ', planned)).toEqual({ reason: 'is no TOML' });
});
