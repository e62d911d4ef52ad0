import { describe, expect, test } from 'vitest';
import { addressOf, isLoopback, shownAddress, upstreamUrl } from '../../src/gate/http/address.ts';
import { decoded, encoded } from '../../src/gate/http/header-value.ts';
import { newParamHeaders } from '../../src/gate/http/params.ts';
import { upstreamHeaders } from '../../src/gate/http/upstream/declared.ts';

test.each([
  ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }, true],
  ['8080', { host: '127.0.0.1', port: 8080 }, true],
  ['[::1]:0', { host: '::1', port: 0 }, true],
  ['localhost:1', { host: 'localhost', port: 1 }, true],
  ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }, false],
  ['[::]:80', { host: '::', port: 80 }, false],
  ['127.0.0.1.example.com:80', { host: '127.0.0.1.example.com', port: 80 }, false],
])('%s is an address', (text, address, isLocal) => {
  expect(addressOf(text)).toEqual(address);
  expect(isLoopback(address.host)).toBe(isLocal);
  if (text.includes(':')) expect(shownAddress(address)).toBe(text);
});

test.each([
  '',
  ':80',
  '127.0.0.1',
  '127.0.0.1:65536',
  '127.0.0.1:-1',
  '::1:80',
  '[nothing]:80',
  'http://127.0.0.1:80',
  'a b:80',
])('%j is none', (text) => expect(addressOf(text)).toBeUndefined());

test.each([
  ['us-west1', 'us-west1'],
  ['Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='],
  [' padded ', '=?base64?IHBhZGRlZCA=?='],
  ['line1\nline2', '=?base64?bGluZTEKbGluZTI=?='],
  ['=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
  ['', '=?base64??='],
])('%j goes in a header as the protocol has it', (text, header) => {
  expect(encoded(text)).toBe(header);
  expect(decoded(header)).toBe(text);
});

test('what has several spellings, or no meaning, is not decoded', () => {
  for (const header of ['=?base64?cXVlcnl=?=', '=?base64?cXVlcnk?=', '=?base64?*?=', 'caf\u00e9', 'a\u0000'])
    expect(decoded(header)).toBeUndefined();
});

describe('arguments that headers repeat', () => {
  const properties = {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    where: { type: 'object', properties: { zone: { type: 'integer', 'x-mcp-header': 'Zone' } } },
    list: { type: 'array', items: { properties: { inner: { 'x-mcp-header': 'Inner' } } } },
  };
  const params = newParamHeaders();
  params.learn({ tools: [{ name: 'q', inputSchema: { properties } }, null, { name: 7 }] });
  const call = (values: unknown, name = 'q') => ({ method: 'tools/call', params: { name, arguments: values } });
  const all = { 'mcp-param-region': 'eu', 'mcp-param-zone': '4' };

  test('are written', () => {
    expect(params.of(call({ region: 'eu', where: { zone: 4 }, list: [{ inner: 'x' }] }))).toEqual(all);
    expect(params.of(call({ region: null }))).toEqual({});
    expect(params.of(call({ region: 'é' }))).toEqual({ 'mcp-param-region': '=?base64?w6k=?=' });
    expect(params.of(call({ region: 'eu' }, 'other'))).toEqual({});
    expect(params.of(call({ region: ['eu'], where: { zone: 1.5 } }))).toEqual({});
  });

  test('are checked', () => {
    const values = { region: 'eu', where: { zone: 4 } };
    expect(params.disagreement(all, call(values))).toBeUndefined();
    expect(params.disagreement({ ...all, 'mcp-param-zone': '4.0' }, call(values)), 'the same number').toBeUndefined();
    expect(params.disagreement({ ...all, 'mcp-param-other': 'x' }, call(values)), 'nobody knows it').toBeUndefined();
    expect(params.disagreement({ ...all, 'mcp-param-region': 'us' }, call(values))).toContain('mcp-param-region');
    expect(params.disagreement({ 'mcp-param-zone': '4' }, call(values))).toContain('there is no');
    expect(params.disagreement(all, call({ where: { zone: 4 } })), 'only the header has it').toContain('region');
    expect(params.disagreement({ ...all, 'mcp-param-region': '=?base64?!?=' }, call(values))).toContain('region');
  });

  test('are none where two share a header, or a tool no longer has them', () => {
    params.learn({
      tools: [{ name: 'q', inputSchema: { properties: { a: { 'x-mcp-header': 'A' }, b: { 'x-mcp-header': 'a' } } } }],
    });
    expect(params.of(call({ a: 'x', b: 'y' }))).toEqual({});
  });
});

describe('where calls may go', () => {
  test.each(['https://example.com/mcp', 'http://127.0.0.1:1/mcp', 'http://localhost/mcp', 'http://[::1]:1/'])(
    '%s',
    (text) => {
      expect(upstreamUrl(text)).toHaveProperty('url');
    },
  );
  test.each([
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'http://0.0.0.0/',
    'file:///etc',
    'x',
    'https://a@b/',
  ])('not %s', (text) => {
    expect(upstreamUrl(text)).toHaveProperty('wrong');
  });
  test('headers come from the policy, with values from the environment', () => {
    expect(upstreamHeaders({ 'X-Key': 'k ${A}' }, { A: 'v' })).toEqual({ headers: { 'x-key': 'k v' } });
    for (const declared of [
      { Host: 'x' },
      { 'Mcp-Session-Id': 'x' },
      { 'a b': 'x' },
      { 'X-Key': '${A}' },
      { 'X-Key': '${B}' },
    ])
      expect(upstreamHeaders(declared as Record<string, string>, { A: '', B: 'a\r\nx: y' })).toHaveProperty('wrong');
  });
});
