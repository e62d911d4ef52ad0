import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify, type TomlTable } from 'smol-toml';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { runBounded } from '../../../src/probe/bounded.ts';
import { startModelServer } from '../../../src/probe/model-server.ts';
import { readExecuted, stubEntry } from '../../../src/probe/stub.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import { codexEnvironment } from '../../../src/targets/codex/proof/environment.ts';
import { type Bundle, codexBinary, command, mcp, patch, withBundle } from './codex.ts';

const PROMPT = 'play the root script';

const DESK = policy([
  agent('desk', {
    servers: { files: server(process.execPath, ['server.mjs']) },
    tools: { 'files/read_doc': grant('allow'), 'files/update_doc': grant('ask'), 'files/delete_doc': grant('deny') },
    approvals: { approvers: [], channel: 'inbox', expiresSeconds: 900, singleUse: true, boundToArguments: true },
  }),
]);

/** A user who allows all there is. */
const LOOSE = [
  ...[
    '--enable',
    'shell_tool',
    '--enable',
    'unified_exec',
    '-c',
    'sandbox_mode="danger-full-access"',
    '-c',
    'web_search="live"',
  ],
  ...[
    '-c',
    'mcp_servers.files.enabled_tools=["read_doc","update_doc","delete_doc"]',
    '-c',
    'approval_policy="on-request"',
  ],
  ...['-c', 'mcp_servers.files.default_tools_approval_mode="approve"'],
  ...[
    '-c',
    'mcp_servers.files.tools.update_doc.approval_mode="approve"',
    '-c',
    'default_permissions=":danger-full-access"',
  ],
];

const CALLS = [
  ...['read_doc', 'update_doc', 'delete_doc'].map((tool) => mcp(tool)),
  mcp('run', 'other'),
  command('echo STAKES-$((40 + 2))'),
  patch('owned.txt'),
];

/** Both files where Codex looks for them, in a view of the machine that has nothing else of Codex's in `/etc`. */
async function play(bundle: Bundle, managed: readonly string[]) {
  const { workspace, files } = bundle;
  const model = await startModelServer([{ marker: PROMPT, calls: CALLS }]);
  try {
    const stub = (name: string, tools: string[]) => ({
      ...(stubEntry(name, tools, workspace.log) as TomlTable),
      default_tools_approval_mode: 'approve',
    });
    const { args, env } = stubEntry('files', ['read_doc', 'update_doc', 'delete_doc'], workspace.log);
    const config = {
      model: 'gpt-5.5',
      model_provider: 'stakes',
      model_providers: {
        stakes: { name: 'stakes', base_url: `${model.url}/v1`, wire_api: 'responses', env_key: 'STAKES_MODEL_KEY' },
      },
      mcp_servers: {
        files: stub('files', ['read_doc', 'update_doc', 'delete_doc']),
        other: { ...stub('other', ['run']), command: 'env', args: [process.execPath, ...(args as string[])] },
      },
    };
    writeIn(workspace.home, '.codex/config.toml', stringify(config));
    const binds = managed.flatMap((name) => {
      const text = files.get(name) ?? '';
      const at = writeIn(workspace.root, name, text);
      // The server that is started here is a stub; all else is as it was generated.
      if (name === 'managed_config.toml')
        writeFileSync(
          at,
          text.replace(
            'args = [ "server.mjs" ]',
            `args = ${JSON.stringify(args)}\nenv = { ${Object.entries(env as object)
              .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
              .join(', ')} }`,
          ),
        );
      return ['--ro-bind', at, join('/etc/codex', name)];
    });
    const ended = await runBounded({
      command: 'bwrap',
      args: [
        ...[
          '--dev-bind',
          '/',
          '/',
          '--tmpfs',
          '/etc',
          '--ro-bind',
          '/etc/passwd',
          '/etc/passwd',
          '--dir',
          '/etc/codex',
          ...binds,
        ],
        ...['--', codexBinary, 'exec', '--json', '--skip-git-repo-check', ...LOOSE, PROMPT],
      ],
      env: codexEnvironment(workspace, codexBinary),
      cwd: workspace.project,
      limitMs: 120_000,
    });
    const texts = model.requests.at(-1)?.toolResults.map(({ text }) => text) ?? [];
    if (texts.length !== CALLS.length) throw new Error(`${ended.stderr}\n${ended.stdout}`);
    const ran = readExecuted(workspace.log).map(({ server: name, tool }) => `${name}/${tool}`);
    return [
      ...ran,
      ...(texts[4]?.includes('STAKES-42') ? ['shell'] : []),
      ...(/^Exit code: 0|Success/m.test(texts[5] ?? '') ? ['patch'] : []),
    ];
  } finally {
    await model.close();
  }
}

test('both files together hold a user who allows everything', async () => {
  expect(await withBundle(DESK, (bundle) => play(bundle, []))).toEqual([
    'files/read_doc',
    'files/update_doc',
    'files/delete_doc',
    'other/run',
    'shell',
    'patch',
  ]);
  expect(await withBundle(DESK, (bundle) => play(bundle, ['requirements.toml', 'managed_config.toml']))).toEqual([
    'files/read_doc',
  ]);
});

test('each of them alone leaves what the other one holds', async () => {
  expect(await withBundle(DESK, (bundle) => play(bundle, ['requirements.toml']))).toEqual([
    'files/read_doc',
    'files/update_doc',
    'files/delete_doc',
  ]);
  expect(await withBundle(DESK, (bundle) => play(bundle, ['managed_config.toml']))).toContain('other/run');
});
