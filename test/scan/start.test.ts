import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listTools } from '../../src/scan/start/list.ts';
import { folderWith } from '../cli/fake-io.ts';

const server = join(import.meta.dirname, 'fake-server.mjs');
const basics = { PATH: process.env.PATH ?? '' };

function ask(way: string, { limitMs = 15_000, env = {}, extra = '', cwd = import.meta.dirname } = {}) {
  const args = [server, way, extra];
  return listTools({ kind: 'stdio', command: process.execPath, args, env: { ...basics, ...env }, cwd }, limitMs);
}

const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
};
const namesOf = (tools: unknown[]) => (tools as { name: string }[]).map(({ name }) => name);

test.each([
  ['plain', '2025-11-25', 2],
  ['modern', '2026-07-28', 2],
  ['puzzled', '2025-11-25', 2],
  ['banner', '2025-11-25', 2],
  ['paged', '2025-11-25', 28],
  ['settles', '2025-11-25', 2],
  ['toolless', '2025-11-25', 0],
])('%s: speaks %s and lists %i tools', async (way, protocol, count) => {
  const listing = await ask(way);
  expect(listing).toMatchObject({ protocol, tools: expect.any(Array) });
  expect('tools' in listing ? listing.tools.length : 0).toBe(count);
});

test('what is read is what the server sent, keys of no schema included', async () => {
  const listing = await ask('plain');
  expect('tools' in listing ? listing.tools[1] : listing).toEqual({
    name: 'delete_b',
    description: 'Get delete_b.',
    inputSchema: { type: 'object' },
    annotations: { readOnlyHint: true, odd: 1 },
  });
});

test.each([
  ['hang', 'server-hangs'],
  ['shouts', 'server-hangs'],
  ['flood', 'server-floods'],
  ['broken', 'not-json'],
  ['chatters', 'not-json'],
  ['dies', 'server-died'],
  ['many', 'too-many-tools'],
  ['endless', 'endless-list'],
  ['circle', 'endless-list'],
  ['restless', 'list-changed'],
  ['odd', 'not-a-list'],
])('%s is %s', async (way, code) => {
  expect(await ask(way, { limitMs: ['hang', 'shouts'].includes(way) ? 2_000 : 15_000 })).toMatchObject({ code });
});

test('what is no program, and what is no folder, is told', async () => {
  const launch = { kind: 'stdio', args: [], env: basics } as const;
  const missing = await listTools({ ...launch, command: 'no-such-program-here', cwd: '/' }, 5_000);
  expect(missing).toMatchObject({ code: 'not-started', says: expect.stringContaining('`no-such-program-here`') });
  expect(await listTools({ ...launch, command: process.execPath, cwd: '/no/such' }, 5_000)).toMatchObject({
    code: 'not-started',
  });
});

test('it gets the environment that it is given, and nothing else', async () => {
  process.env.STAKES_TEST_LEAK = 'leak';
  try {
    const listing = await ask('environment', { env: { FAKE_TOKEN: 'x' } });
    expect('tools' in listing ? namesOf(listing.tools) : listing).toEqual(['FAKE_TOKEN', 'PATH']);
  } finally {
    delete process.env.STAKES_TEST_LEAK;
  }
});

test.each([
  ['family', 'all that a server started is gone with it'],
  ['stubborn', 'one that does not want to end is ended'],
])('%s: %s', async (way) => {
  const file = join(folderWith(), 'ids');
  expect(await ask(way, { extra: file })).toMatchObject({ protocol: '2025-11-25' });
  const ids = readFileSync(file, 'utf8').trim().split('\n').map(Number);
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) await expect.poll(() => isAlive(id), { timeout: 5_000 }).toBe(false);
});
