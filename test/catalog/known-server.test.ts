import { describe, expect, test } from 'vitest';
import { knownServer } from '../../src/catalog/known-server.ts';
import type { McpServer } from '../../src/model/manifest.ts';

const SLACK = '@modelcontextprotocol/server-slack';
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

test('options may switch on what nobody looked at; folders do not', () => {
  const options = (text: string) => knownServer(line(text))?.hasOptions;
  expect(options('npx -y @modelcontextprotocol/server-filesystem@2026.8.31 ./a ./b')).toBe(false);
  expect(options('npx -y @playwright/mcp@0.0.83 --caps=vision')).toBe(true);
});
