import { describe, expect, test } from 'vitest';
import { knownServer } from '../../src/catalog/known-server.ts';
import type { McpServer } from '../../src/model/manifest.ts';

const SLACK = '@modelcontextprotocol/server-slack';
const IMAGE = 'ghcr.io/github/github-mcp-server';
const line = (text: string): McpServer => {
  const [command = '', ...args] = text.split(' ');
  return { command, args };
};
const found = (entry: McpServer) => {
  const known = knownServer(entry);
  return known && [known.name, known.version, known.fits];
};

describe('what is started', () => {
  test.each([
    [`npx -y ${SLACK}@2025.4.25`, [SLACK, '2025.4.25', 'yes']],
    [`npx ${SLACK}@v2025.4.25`, [SLACK, '2025.4.25', 'yes']],
    [`cmd /c npx -y ${SLACK}@2025.4.25`, [SLACK, '2025.4.25', 'yes']],
    [`C:\\nodejs\\npx.cmd -y ${SLACK}@2025.4.25`, [SLACK, '2025.4.25', 'yes']],
    [`pnpm dlx ${SLACK}@2025.4.25`, [SLACK, '2025.4.25', 'yes']],
    [`npx -y ${SLACK}`, [SLACK, undefined, 'unpinned']],
    [`npx -y ${SLACK}@latest`, [SLACK, undefined, 'unpinned']],
    [`npx -y ${SLACK}@^2025.4.25`, [SLACK, undefined, 'unpinned']],
    [`npx -y ${SLACK}@2030.1.1`, [SLACK, '2030.1.1', 'no']],
    [`npx -y ${SLACK}@2025.4.25-beta`, [SLACK, '2025.4.25-beta', 'no']],
    ['uvx mcp-server-git==2026.7.10', ['mcp-server-git', '2026.7.10', 'yes']],
    ['uvx mcp_server_git@2026.7.10', ['mcp-server-git', '2026.7.10', 'yes']],
    ['uvx mcp-server-git>=2026', undefined],
    ['uvx mcp-server-git@latest', ['mcp-server-git', undefined, 'unpinned']],
    ['uvx --python 3.12 mcp-server-git==2025.1.1', ['mcp-server-git', '2025.1.1', 'no']],
    ['uvx --from mcp-server-git==2026.7.10 mcp-server-git', ['mcp-server-git', '2026.7.10', 'yes']],
    ['uv tool run --from mcp-server-git mcp-server-git', ['mcp-server-git', undefined, 'unpinned']],
    ['pipx run mcp-server-git', ['mcp-server-git', undefined, 'unpinned']],
    ['docker run -i --rm -e T ghcr.io/github/github-mcp-server:v1.10.1', [IMAGE, '1.10.1', 'yes']],
    ['docker run -i --rm ghcr.io/github/github-mcp-server', [IMAGE, undefined, 'unpinned']],
    ['docker run -i --rm ghcr.io/github/github-mcp-server:latest stdio', [IMAGE, undefined, 'unpinned']],
    [`podman run ghcr.io/github/github-mcp-server@sha256:${'a'.repeat(64)}`, [IMAGE, undefined, 'unpinned']],
    ['docker run localhost:5000/github/github-mcp-server:v1.10.1', undefined],
    ['npx -y left-pad@1.0.0', undefined],
    ['npx -y @modelcontextprotocol/server-slac@2025.4.25', undefined],
    ['npx', undefined],
    ['node server.js', undefined],
  ])('%s', (text, expected) => {
    expect(found(line(text))).toEqual(expected);
  });
});

describe('what only looks like a known package', () => {
  test.each([
    `npx -y --registry https://npm.example ${SLACK}@2025.4.25`,
    `npx -y --registry=https://npm.example ${SLACK}@2025.4.25`,
    `npx -p ${SLACK}@2025.4.25 sh`,
    `npx --package=${SLACK}@2025.4.25 sh`,
    `npx --prefix ./theirs ${SLACK}@2025.4.25`,
    `npx -y https://git.example/${SLACK}@2025.4.25`,
    `npx -y github:someone/${SLACK}`,
    `npx -y other@npm:${SLACK}@2025.4.25`,
    `npx -y ./${SLACK}@2025.4.25`,
    'uvx --from mcp-server-git sh',
    'uvx --from mcp-server-git --with theirs mcp-server-git',
    'uvx --with theirs mcp-server-git',
    'uvx --index-url https://pypi.example mcp-server-git',
    'uvx --from=mcp-server-git python',
    'docker run --entrypoint sh ghcr.io/github/github-mcp-server:v1.10.1',
    `sh -c npx ${SLACK}@2025.4.25`,
    `${SLACK}@2025.4.25`,
  ])('%s', (text) => {
    expect(found(line(text))).toBeUndefined();
  });

  test.each(['NPM_CONFIG_REGISTRY', 'npm_config_@modelcontextprotocol:registry', 'NODE_OPTIONS', 'PATH'])(
    'with %s set',
    (name) => {
      const entry = { ...line(`npx -y ${SLACK}@2025.4.25`), env: { [name]: 'x' } };
      expect(found(entry)).toBeUndefined();
      expect(found({ ...entry, env: { SLACK_BOT_TOKEN: '${T}' } })).toBeDefined();
    },
  );

  test('with an address beside the command', () => {
    expect(found({ ...line(`npx -y ${SLACK}`), url: 'https://mcp.example' })).toBeUndefined();
    expect(found({})).toBeUndefined();
  });
});

describe('where it connects', () => {
  test.each([
    ['https://api.githubcopilot.com/mcp/', 'api.githubcopilot.com'],
    ['https://API.githubcopilot.com/mcp/', 'api.githubcopilot.com'],
    ['https://mcp.tavily.com?x=1', 'mcp.tavily.com'],
    ['http://api.githubcopilot.com/mcp/', undefined],
    ['https://api.githubcopilot.com.evil.example/mcp/', undefined],
    ['https://api.githubcopilot.com@evil.example/mcp/', undefined],
    ['https://evil.example/?https://api.githubcopilot.com/', undefined],
    ['https://api.githubcopilot.com:8443/mcp/', undefined],
    ['https://${HOST}/mcp', undefined],
    ['not an address', undefined],
  ])('%s', (url, name) => {
    const expected = name === undefined ? undefined : [name, undefined, 'unpinned'];
    expect(found({ url })).toEqual(expected);
    expect(found({ type: 'http', url })).toEqual(expected);
    expect(found(line(`npx -y mcp-remote@0.1.38 ${url}`))).toEqual(expected);
  });
});

test('options may switch on what nobody looked at; folders do not', () => {
  const options = (text: string) => knownServer(line(text))?.hasOptions;
  expect(options('npx -y @modelcontextprotocol/server-filesystem@2026.8.31 ./a ./b')).toBe(false);
  expect(options('npx -y @playwright/mcp@0.0.83 --caps=vision')).toBe(true);
  const database = line('npx -y @benborla29/mcp-server-mysql@2.0.9');
  expect(knownServer({ ...database, env: { MYSQL_HOST: 'db.example' } })?.hasOptions).toBe(false);
  expect(knownServer({ ...database, env: { ALLOW_DELETE_OPERATION: 'true' } })?.hasOptions).toBe(true);
});
