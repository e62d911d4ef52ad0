import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/importers/parts/jsonc.ts';
import { serversOf } from '../../src/importers/parts/servers.ts';

/** What one server becomes, and what is told of it. */
function read(entry: object, name = 'shop') {
  const text = JSON.stringify({ mcpServers: { [name]: entry } });
  const json = readJson('.mcp.json', text);
  if ('code' in json) throw new Error(json.message);
  const { said, problems, notes } = serversOf(json.value.mcpServers, ['mcpServers'], json.place);
  const [server] = Object.values(said.mcpServers ?? {});
  return {
    said,
    server,
    notes,
    told: problems.map(({ place }) => place?.pointer),
    all: JSON.stringify([said, problems]),
  };
}

const SECRET = 'q7Xv29LmPz41RtYw8KcN5bHd';

describe('secrets on the command line', () => {
  test.each([
    [
      ['--token', SECRET],
      ['--token', '${SHOP_SECRET}'],
    ],
    [[`--token=${SECRET}`], ['--token=${SHOP_SECRET}']],
    [
      ['--api-key', '${SHOP_KEY}'],
      ['--api-key', '${SHOP_KEY}'],
    ],
    [
      ['--header', `Authorization: Bearer ${SECRET}`],
      ['--header', 'Authorization: Bearer ${SHOP_TOKEN}'],
    ],
    [[`--header=Authorization: Bearer ${SECRET}`], ['--header=Authorization: Bearer ${SHOP_TOKEN}']],
    [
      ['--header', `X-API-Key:${SECRET}`],
      ['--header', 'X-API-Key: ${SHOP_TOKEN}'],
    ],
    [
      ['--header', 'Authorization:Bearer ${T}'],
      ['--header', 'Authorization: Bearer ${T}'],
    ],
    [
      ['run', '-e', `SHOP_TOKEN=${SECRET}`, 'img'],
      ['run', '-e', 'SHOP_TOKEN=${SHOP_TOKEN}', 'img'],
    ],
    [[`--env=SHOP_TOKEN=${SECRET}`], ['--env=SHOP_TOKEN=${SHOP_TOKEN}']],
    [
      ['run', '-e', 'SHOP_TOKEN', '--rm', 'img'],
      ['run', '-e', 'SHOP_TOKEN', '--rm', 'img'],
    ],
    [
      ['-c', `node s.js --api-key ${SECRET}`],
      ['-c', '${SHOP_SECRET}'],
    ],
    [[`postgresql://app:${SECRET}@db.internal:5432/app`], ['postgresql://app:${SHOP_PASSWORD}@db.internal:5432/app']],
    [
      ['-y', '@scope/server@1.2.3', './data'],
      ['-y', '@scope/server@1.2.3', './data'],
    ],
    [
      ['--token-file', './t'],
      ['--token-file', './t'],
    ],
    [
      ['--log-level=debug', 'A=b'],
      ['--log-level=debug', 'A=b'],
    ],
  ])('%j', (args, clean) => {
    const { server, all, told } = read({ command: 'npx', args });
    expect(server?.args).toEqual(clean);
    expect(all).not.toContain(SECRET);
    expect(told.length).toBe(JSON.stringify(args).includes(SECRET) ? 1 : 0);
  });

  test('a variable that a container takes from the client is a credential', () => {
    const { said } = read({ command: 'docker', args: ['run', '-i', '--rm', '-e', 'GITHUB_TOKEN', 'ghcr.io/x/y'] });
    expect(said.credentials).toEqual({ GITHUB_TOKEN: { servers: ['shop'] } });
  });
});

describe('secrets in addresses', () => {
  test.each([
    [`https://ada:${SECRET}@shop.example/mcp`, 'https://ada:${SHOP_PASSWORD}@shop.example/mcp'],
    [`https://${SECRET}@shop.example/mcp`, 'https://${SHOP_TOKEN}@shop.example/mcp'],
    [`https://shop.example/mcp?api_key=${SECRET}&v=2`, 'https://shop.example/mcp?api_key=${SHOP_API_KEY}&v=2'],
    [`https://shop.example/mcp?tavilyApiKey=${SECRET}`, 'https://shop.example/mcp?tavilyApiKey=${SHOP_TAVILYAPIKEY}'],
    [`https://shop.example/api/mcp/s/${SECRET}/mcp`, 'https://shop.example/api/mcp/s/${SHOP_TOKEN}/mcp'],
    ['https://shop.example/mcp?token=${T}', 'https://shop.example/mcp?token=${T}'],
    [
      'https://shop.example/mcp?project_ref=abcdefghijkl&read_only=true',
      'https://shop.example/mcp?project_ref=abcdefghijkl&read_only=true',
    ],
    ['http://localhost:3845/mcp', 'http://localhost:3845/mcp'],
    [
      'https://mcp.example/550e8400-e29b-41d4-a716-446655440000/sse',
      'https://mcp.example/550e8400-e29b-41d4-a716-446655440000/sse',
    ],
  ])('%s', (url, clean) => {
    const { server, all, told } = read({ url });
    expect(server?.url).toBe(clean);
    expect(all).not.toContain(SECRET);
    expect(told).toEqual(url.includes(SECRET) ? ['/mcpServers/shop/url'] : []);
  });
});

describe('secrets in environments and headers', () => {
  test.each([
    [{ SHOP_API_KEY: 'abc' }, { SHOP_API_KEY: '${SHOP_API_KEY}' }, 1],
    [{ GITHUB_PAT: SECRET }, { GITHUB_PAT: '${GITHUB_PAT}' }, 1],
    [{ SHOP_TOKEN: `\${SHOP_TOKEN:-${SECRET}}` }, { SHOP_TOKEN: '${SHOP_TOKEN}' }, 1],
    [{ HEADERS: `{"Authorization": "Bearer ${SECRET}"}` }, { HEADERS: '${HEADERS}' }, 1],
    [{ SHOP_TOKEN: '${input:shop-token}' }, { SHOP_TOKEN: '${SHOP_TOKEN}' }, 0],
    [{ SHOP_TOKEN: '$SHOP' }, { SHOP_TOKEN: '${SHOP}' }, 0],
    [{ SHOP_TOKEN: '' }, { SHOP_TOKEN: '' }, 0],
    [{ SORT_KEY: 'name', PORT: 8080 }, { SORT_KEY: 'name', PORT: '8080' }, 0],
    [{ 'NOT A NAME': 'x' }, {}, 0],
  ])('%j', (env, clean, told) => {
    const { server, all, told: places } = read({ command: 'x', env });
    expect(server?.env).toEqual(clean);
    expect(all).not.toContain(SECRET);
    expect(places.length).toBe(told);
  });

  test('a header keeps how it is sent', () => {
    const { server, said, told } = read({
      url: 'https://shop.example',
      headers: { Authorization: `Bearer ${SECRET}`, 'X-Team': 'a' },
    });
    expect(server?.headers).toEqual({ Authorization: 'Bearer ${SHOP_TOKEN}', 'X-Team': 'a' });
    expect(said.credentials).toEqual({ SHOP_TOKEN: { servers: ['shop'] } });
    expect(told).toEqual(['/mcpServers/shop/headers/Authorization']);
  });
});

test('a secret in the place of a name, a folder or a type goes nowhere', () => {
  const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
  const { said } = read({ command: 'x', type: token, cwd: token, headers: { [token]: 'y' }, tools: [token] }, token);
  expect(JSON.stringify(said)).not.toContain(token);
  expect(said.tools).toEqual({ 'server/*': {} });
});

describe('what runs', () => {
  test.each([
    [{ command: 'npx', args: ['-y', 'mcp-remote@0.1.18', 'https://mcp.linear.app/sse'] }, 'mcp.linear.app'],
    [{ command: 'npx', args: ['mcp-remote', 'https://a.example:8443/x', '--header', 'X-A: b'] }, 'a.example:8443'],
    [{ command: 'node', args: ['https://a.example'] }, undefined],
    [{ command: 'npx', args: ['mcp-remote', 'https://${HOST}/x'] }, undefined],
  ])('%j is a bridge to %s', (entry, host) => {
    expect(read(entry).said.servers?.shop?.network?.allowedHosts?.[0]).toBe(host);
  });

  test.each([
    [{ command: { path: 'shop', args: ['serve'] } }, { command: 'shop', args: ['serve'] }],
    [
      { type: 'local', command: ['bun', 'run', 's.ts'] },
      { type: 'stdio', command: 'bun', args: ['run', 's.ts'] },
    ],
    [{ serverUrl: 'https://a.example' }, { url: 'https://a.example' }],
    [{ httpUrl: 'https://a.example' }, { url: 'https://a.example' }],
    [
      { type: 'streamable-http', url: 'https://a.example' },
      { type: 'http', url: 'https://a.example' },
    ],
    [
      { type: 'toString', url: 'https://a.example' },
      { type: 'toString', url: 'https://a.example' },
    ],
    [{ command: 3, args: 'x', env: [], headers: 'y', url: {} }, {}],
  ])('%j', (entry, server) => {
    expect(read(entry).server).toEqual(server);
  });
});

describe('tools', () => {
  test.each([
    [{}, { 'shop/*': {} }],
    [{ tools: ['*'] }, { 'shop/*': {} }],
    [{ tools: ['a', 'b'] }, { 'shop/a': {}, 'shop/b': {} }],
    [{ tools: [] }, { 'shop/*': {} }],
    [{ tools: ['a', 'with space'] }, { 'shop/a': {}, 'shop/*': {} }],
    [
      { includeTools: ['a', 'b'], excludeTools: ['b'] },
      { 'shop/a': {}, 'shop/b': { access: 'deny' } },
    ],
    [{ excludeTools: ['b'] }, { 'shop/b': { access: 'deny' }, 'shop/*': {} }],
    [{ autoApprove: ['a'] }, { 'shop/a': { access: 'allow' }, 'shop/*': {} }],
    [{ alwaysAllow: ['*'] }, { 'shop/*': { access: 'allow' } }],
    [{ trust: true, includeTools: ['a'] }, { 'shop/a': { access: 'allow' } }],
    [
      { tools: ['@resources', '__proto__', 'constructor'] },
      { 'shop/__proto__': {}, 'shop/constructor': {}, 'shop/*': {} },
    ],
  ])('%j', (entry, tools) => {
    expect(read({ command: 'x', ...entry }).said.tools).toEqual(tools);
  });
});

describe('names', () => {
  const named = (...names: string[]) => {
    const map = Object.fromEntries(names.map((name) => [name, { command: 'x' }]));
    const json = readJson('f', JSON.stringify({ mcpServers: map }));
    if ('code' in json) throw new Error(json.message);
    return serversOf(json.value.mcpServers, ['mcpServers'], json.place);
  };

  test('that no manifest allows become ones that it does, and none is lost', () => {
    const { said } = named('@acme/shop', 'acme-shop', 'käse', '', '  ', 'constructor', 'a'.repeat(300));
    expect(Object.keys(said.mcpServers ?? {})).toEqual([
      'acme-shop',
      'acme-shop-2',
      'k-se',
      'server',
      'server-2',
      'constructor',
      'a'.repeat(80),
    ]);
  });

  test('`__proto__` is a name like others', () => {
    const json = readJson(
      'f',
      '{"mcpServers":{"__proto__":{"command":"x","env":{"__proto__":"y","constructor":"z"}}}}',
    );
    if ('code' in json) throw new Error(json.message);
    const { said } = serversOf(json.value.mcpServers, ['mcpServers'], json.place);
    expect(said.mcpServers).toEqual({ proto__: { command: 'x', env: { constructor: 'z' } } });
  });

  test('ten thousand servers are told, and the first are read', () => {
    const { said, problems } = named(...Array.from({ length: 10_000 }, (_, i) => `s${i}`));
    expect(Object.keys(said.mcpServers ?? {})).toHaveLength(200);
    expect(problems.map(({ code }) => code)).toEqual(['too-many-servers']);
  });
});
