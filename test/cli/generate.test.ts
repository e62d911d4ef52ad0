import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closersOf, type Gap } from '../../src/model/gap.ts';
import type { Lock } from '../../src/model/lock.ts';
import type { Policy } from '../../src/model/policy.ts';
import { targets } from '../../src/targets/registry.generated.ts';
import { folderWith, manifest, run } from './fake-io.ts';

const AGENT = manifest(
  'desk',
  'autonomy: { initiation: human, review: high-stakes }',
  'data: { orders: { classification: internal, source: staging } }',
  'mcpServers: { shop: { command: npx, args: ["shop-mcp@1"] } }',
  'tools:',
  '  shop/list: { effect: read, data: [orders], egress: none }',
  '  shop/refund: { effect: write, reversible: false, impact: high, data: [orders], egress: none }',
);
const STANDARD = targets.filter(({ standard }) => standard).map(({ id }) => id);
const BUNDLE = '.stakes/desk';
const LOCK = `${BUNDLE}/stakes.lock.json`;

async function generated(files: Record<string, string> = {}) {
  const folder = folderWith({ 'desk.agent.yaml': AGENT, ...files });
  expect((await run(folder, ['generate'])).code).toBe(0);
  const path = (name: string) => join(folder, name);
  const lock = (change: (lock: Lock) => void) => {
    const value = JSON.parse(readFileSync(path(LOCK), 'utf8')) as Lock;
    change(value);
    writeFileSync(path(LOCK), `${JSON.stringify(value, null, 2)}\n`);
  };
  const generate = (...argv: string[]) => run(folder, ['generate', ...argv]);
  return { folder, path, lock, generate };
}

test('files that were edited by hand are named and left alone', async () => {
  const { path, generate } = await generated();
  writeFileSync(path(`${BUNDLE}/policy.json`), '{}');
  const refused = await generate();
  expect(refused.code).toBe(2);
  expect(refused.out).toContain('- policy.json');
  expect(readFileSync(path(`${BUNDLE}/policy.json`), 'utf8')).toBe('{}');
  expect((await generate('--check')).code).toBe(1);
  expect((await generate('--force')).code).toBe(0);
  expect((await generate('--check')).code).toBe(0);
});

test('one edited bundle keeps all the others from being written', async () => {
  const { path, generate } = await generated({ 'other.agent.yaml': AGENT.replace('desk', 'other') });
  writeFileSync(path(`${BUNDLE}/README.md`), 'mine');
  writeFileSync(path('other.agent.yaml'), AGENT.replace('desk', 'other').replace('effect: read', 'effect: write'));
  const before = readFileSync(path('.stakes/other/policy.json'), 'utf8');
  expect((await generate()).code).toBe(2);
  expect(readFileSync(path('.stakes/other/policy.json'), 'utf8')).toBe(before);
});

test('a file that was there before the first run is not overwritten', async () => {
  const folder = folderWith({ 'desk.agent.yaml': AGENT, [`${BUNDLE}/policy.json`]: 'mine' });
  expect((await run(folder, ['generate'])).code).toBe(2);
  expect(readdirSync(join(folder, BUNDLE))).toEqual(['policy.json']);
});

test('--check tells the states apart and writes nothing', async () => {
  const { folder, path, lock, generate } = await generated();
  const state = async (...argv: string[]) => {
    const before = snapshot(folder);
    const { out, code } = await generate('--check', '-f', 'json', ...argv);
    expect(snapshot(folder)).toEqual(before);
    return `${(JSON.parse(out) as { results: { state: string }[] }).results[0]?.state} ${code}`;
  };
  expect(await state()).toBe('fresh 0');
  lock((value) => {
    value.targets.cedar = 0;
  });
  expect(await state()).toBe('emitter-newer 0');
  expect(await state('--strict')).toBe('emitter-newer 1');
  expect((await generate('--check')).out).toContain('a newer stakes writes these files differently');
  lock((value) => {
    value.policy = 'sha256:0';
  });
  expect(await state()).toBe('policy-changed 1');
  await generate();
  writeFileSync(path('desk.agent.yaml'), AGENT.replace('effect: read', 'effect: write'));
  expect(await state()).toBe('manifest-changed 1');
  await generate();
  rmSync(path(`${BUNDLE}/README.md`));
  expect(await state()).toBe('edited 1');
  await generate();
  writeFileSync(path(`${BUNDLE}/README.md`), 'mine');
  expect(await state()).toBe('edited 1');
  await generate('--force');
  expect(await state()).toBe('fresh 0');
  rmSync(path(BUNDLE), { recursive: true });
  expect(await state()).toBe('missing 1');
  expect(existsSync(path(BUNDLE))).toBe(false);
});

test.each(['policy.json', 'cedar/policies.cedar'])(
  'an edit to %s is seen although the lock was edited with it',
  async (name) => {
    const { path, lock, generate } = await generated();
    const content = `${readFileSync(path(`${BUNDLE}/${name}`), 'utf8')}\n`;
    writeFileSync(path(`${BUNDLE}/${name}`), content);
    lock((value) => {
      value.files[name] = digest(content);
    });
    expect((await generate('--check')).code).toBe(1);
    await generate();
    expect((await generate('--check')).code).toBe(0);
  },
);

test('--target keeps to what was asked, and the bundle remembers it', async () => {
  const { folder, generate } = await generated();
  expect((await generate('-t', 'cedar')).code).toBe(0);
  expect(readdirSync(join(folder, BUNDLE)).sort()).toEqual([
    'LOSSES.md',
    'README.md',
    'cedar',
    'policy.json',
    'stakes.lock.json',
  ]);
  expect((await generate('--check')).code).toBe(0);
  expect((await generate()).out).toContain('up to date');
  expect((await generate('-t', 'all')).code).toBe(0);
  expect(readdirSync(join(folder, BUNDLE)).length).toBeGreaterThan(5);
});

test.each([
  '../../victim',
  '/etc/victim',
  'C:\\victim',
  '..\\..\\victim',
  'a/../../../victim',
  './victim',
  'a//victim',
  '',
])('a lock that names `%s` is no lock', async (name) => {
  const { path, lock, generate } = await generated({ victim: 'keep' });
  lock((value) => {
    value.files[name] = digest('keep');
  });
  expect((await generate()).code).toBe(2);
  expect((await generate('--force')).code).toBe(0);
  expect(readFileSync(path('victim'), 'utf8')).toBe('keep');
  expect((await generate('--check')).code).toBe(0);
});

test.each(['', '{', '[]', '{"schema":"stakes/lock@9"}', '{"schema":"stakes/lock@1","files":{},"targets":[]}', '\0'])(
  'a lock that holds %j is no lock',
  async (text) => {
    const { path, generate } = await generated();
    writeFileSync(path(LOCK), text);
    expect((await generate('--check')).code).toBe(1);
    expect((await generate()).code).toBe(2);
    expect((await generate('--force')).code).toBe(0);
    expect((await generate('--check')).code).toBe(0);
  },
);

test.skipIf(process.platform === 'win32')('nothing is removed or written through a link', async () => {
  const outside = folderWith({ victim: 'keep' });
  const { folder, path, lock, generate } = await generated();
  symlinkSync(outside, path(`${BUNDLE}/out`));
  lock((value) => {
    value.files['out/victim'] = digest('keep');
  });
  for (const argv of [[], ['--force'], ['--check'], ['--dry-run']]) {
    const { code, err } = await generate(...argv);
    expect(code).toBe(2);
    expect(err).toContain(`\`${BUNDLE}/out\` is a symbolic link`);
  }
  for (const link of [`${BUNDLE}/cedar`, `${BUNDLE}/policy.json`, BUNDLE, '.stakes']) {
    rmSync(path('.stakes'), { recursive: true, force: true });
    mkdirSync(join(path(link), '..'), { recursive: true });
    symlinkSync(link.endsWith('.json') ? join(outside, 'victim') : outside, path(link));
    expect((await generate('--force')).code).toBe(2);
    rmSync(path(link));
  }
  expect(snapshot(outside)).toEqual({ victim: 'keep' });
  // A folder that was asked for may be a link.
  symlinkSync(outside, path('chosen'));
  expect((await run(folder, ['generate', '-o', 'chosen'])).code).toBe(0);
  expect(existsSync(join(outside, 'desk/policy.json'))).toBe(true);
});

test('a file where a folder belongs, and a folder where a file belongs', async () => {
  for (const [blocked, says] of [
    [{ '.stakes': '' }, '`.stakes` is a file'],
    [{ [BUNDLE]: '' }, `\`${BUNDLE}\` is a file`],
    [{ [`${BUNDLE}/cedar`]: '' }, `\`${BUNDLE}/cedar\` is a file`],
    [{ [`${BUNDLE}/policy.json/x`]: '' }, `\`${BUNDLE}/policy.json\` is a folder`],
    [{ [`${LOCK}/x`]: '' }, 'stakes.lock.json` is a folder'],
  ] as const) {
    const folder = folderWith({ 'desk.agent.yaml': AGENT, ...blocked });
    const before = snapshot(folder);
    const { code, err } = await run(folder, ['generate', '--force'], { columns: 300 });
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(snapshot(folder)).toEqual(before);
  }
  const folder = folderWith({ 'desk.agent.yaml': AGENT, out: '' });
  const { code, err } = await run(folder, ['generate', '-o', 'out'], { columns: 300 });
  expect(code).toBe(2);
  expect(err).toContain('a part of the path is a file');
});

test.skipIf(!existsSync('/proc/self'))('a place where nothing can be made', async () => {
  const folder = folderWith({ 'desk.agent.yaml': AGENT });
  const { code, err } = await run(folder, ['generate', '-o', '/proc/stakes'], { columns: 300 });
  expect(code).toBe(2);
  expect(err).toMatch(/^error\[unusable-folder\]: the bundle .* cannot be read or written: /);
});

test('nothing outside the chosen folder is touched', async () => {
  const folder = folderWith({
    'deep/desk.agent.yaml': AGENT,
    'deep/other.agent.yaml': AGENT.replace('desk', 'other'),
    keep: '',
  });
  const before = snapshot(folder);
  expect((await run(folder, ['generate', '-o', 'out/here'])).code).toBe(0);
  const after = snapshot(folder);
  expect(Object.keys(after).filter((path) => !(path in before) && !path.startsWith('out/here/'))).toEqual([]);
  expect(after).toMatchObject(before);
  expect((await run(folder, ['generate', '--check'])).code).toBe(1);
  expect(Object.keys(snapshot(folder))).toEqual(Object.keys(after));
  expect((await run(folder, ['generate', '--dry-run'])).code).toBe(0);
  expect(Object.keys(snapshot(folder))).toEqual(Object.keys(after));
});

test('the same bytes twice, in another folder, and with its keys in another order', async () => {
  const one = await generated();
  const two = await generated();
  expect(snapshot(one.path('.stakes'))).toEqual(snapshot(two.path('.stakes')));
  const lines = AGENT.trimEnd().split('\n');
  const turned = [...lines.slice(4), ...lines.slice(0, 4).reverse()]
    .join('\n')
    .replace('{ effect: read, data: [orders], egress: none }', '{ egress: none, effect: read, data: [orders] }');
  const three = await generated({ 'desk.agent.yaml': `# another order\n${turned}\n` });
  const digestIn = (path: string) => (JSON.parse(readFileSync(path, 'utf8')) as Lock).manifest;
  expect(digestIn(three.path(LOCK))).toBe(digestIn(one.path(LOCK)));
  expect(snapshot(three.path('.stakes'))).toEqual(snapshot(one.path('.stakes')));
});

test('two agents with one id', async () => {
  const folder = folderWith({ 'a/desk.agent.yaml': AGENT, 'b/desk.agent.yaml': AGENT });
  expect((await run(folder, ['generate'])).code).toBe(0);
  const { code, err } = await run(folder, ['generate', '-o', 'out']);
  expect(code).toBe(2);
  expect(err).toContain('error[duplicate-agent]: another agent here has the id `desk`');
  expect(existsSync(join(folder, 'out'))).toBe(false);
  const side = folderWith({ 'x.agent.yaml': AGENT, 'y.agent.yaml': AGENT });
  expect((await run(side, ['generate'])).code).toBe(2);
  expect(existsSync(join(side, '.stakes'))).toBe(false);
});

test('a subagent is part of its caller, unless it is asked for', async () => {
  const files = {
    'top.agent.yaml': manifest('top', 'tools: {}', 'subagents: { desk: { manifest: ./desk.agent.yaml } }'),
  };
  const { folder, generate } = await generated(files);
  expect(readdirSync(join(folder, '.stakes'))).toEqual(['top']);
  expect((await generate('desk.agent.yaml')).code).toBe(0);
  expect(readdirSync(join(folder, '.stakes')).sort()).toEqual(['desk', 'top']);
});

function digest(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Every file below a folder, by its path. */
function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

test('a person who starts a subagent when it runs alone is not there to be asked when it does not', async () => {
  const grants = async (initiation: string) => {
    const clerk = manifest(
      'clerk',
      'autonomy: { initiation: human, review: each-action }',
      'data: {}',
      'tools: { shop/refund: { effect: write, reversible: false, impact: high, data: [], egress: none } }',
    );
    const lead = manifest(
      'lead',
      `autonomy: { initiation: ${initiation}, review: each-action }`,
      'data: {}',
      'tools: { Agent: { effect: read, data: [], egress: none, access: allow } }',
      'subagents: { clerk: { manifest: ./clerk.agent.yaml } }',
    );
    const folder = folderWith({ 'clerk.agent.yaml': clerk, 'lead.agent.yaml': lead });
    expect((await run(folder, ['generate', 'lead.agent.yaml'])).err).toBe('');
    const policy = JSON.parse(readFileSync(join(folder, '.stakes/lead/policy.json'), 'utf8')) as Policy;
    return policy.agents.clerk?.tools['shop/refund']?.decision;
  };
  expect(await grants('human')).toBe('ask');
  expect(await grants('event')).toBe('deny');
});

test('the pins of servers are in the policy, and --check sees when they change', async () => {
  const { folder, path, generate } = await generated({ '.git/HEAD': '' });
  const pins = (where = '.') => {
    const read = JSON.parse(readFileSync(path(`${where}/${BUNDLE}/policy.json`), 'utf8')) as Policy;
    return Object.values(read.agents).flatMap(({ servers }) => Object.values(servers).map(({ pin }) => pin));
  };
  /** Of each tool of the server, and each agent. */
  const toolPins = () => {
    const read = JSON.parse(readFileSync(path(`${BUNDLE}/policy.json`), 'utf8')) as Policy;
    return Object.values(read.agents).flatMap(({ servers }) => Object.values(servers).map((server) => server.pins));
  };
  const scan = (...names: string[]) => {
    const tools = names.map((name) => ({ name, description: 'Does it.', inputSchema: { type: 'object' } }));
    writeFileSync(path('tools.json'), JSON.stringify({ server: 'shop', tools }));
    return run(folder, ['scan', '--tools', 'tools.json', '--pin', '--yes']);
  };
  expect([pins(), toolPins()]).toEqual([[null], [undefined]]);
  await scan('list', 'refund');
  const unpinned = await generate('--check');
  expect([unpinned.code, unpinned.out]).toEqual([1, expect.stringContaining('now gives another policy')]);
  await generate();
  const [first] = pins();
  expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
  const pin = { digest: expect.stringMatching(/^sha256:/), parts: expect.anything() };
  expect(toolPins(), 'what is granted, and what tells whether it changed').toEqual([{ list: pin, refund: pin }]);
  expect((await generate('--check')).code).toBe(0);
  expect(readFileSync(path(`${BUNDLE}/LOSSES.md`), 'utf8')).toContain('not compared with what runs');

  await scan('list', 'refund', 'steal');
  expect((await generate('--check')).code).toBe(1);
  await generate();
  expect(pins()).not.toEqual([first]);
  expect(toolPins(), 'a tool that is not granted needs no pin').toEqual([{ list: pin, refund: pin }]);
  // Who looked at a tool changes nothing that is enforced, and no other server's pins do.
  const file = JSON.parse(readFileSync(path('stakes.pins.json'), 'utf8'));
  file.servers.shop.tools.list.reviewed = { by: 'ana', on: '2026-11-22' };
  file.servers.other = { tools: {} };
  writeFileSync(path('stakes.pins.json'), JSON.stringify(file));
  expect((await generate('--check')).code).toBe(0);

  // From a folder below, the pins of the repository hold, unless there are nearer ones.
  mkdirSync(path('sub/own'), { recursive: true });
  for (const where of ['sub', 'sub/own']) writeFileSync(path(`${where}/desk.agent.yaml`), AGENT);
  writeFileSync(path('sub/own/stakes.pins.json'), '{ "schema": "stakes/pins@1", "servers": {} }');
  expect((await run(path('sub'), ['generate'])).code).toBe(0);
  expect([pins('sub'), pins('sub/own')]).toEqual([pins(), [null]]);

  writeFileSync(path('stakes.pins.json'), '{');
  const broken = await generate('--check');
  expect([broken.code, broken.err]).toEqual([2, expect.stringContaining('stakes.pins.json')]);
});

test('--check for other targets than the bundle has is no work of a newer stakes', async () => {
  const { folder, generate } = await generated();
  const check = async (...argv: string[]) => {
    const { out, code } = await generate('--check', '-f', 'json', ...argv);
    return `${(JSON.parse(out) as { results: { state: string }[] }).results[0]?.state} ${code}`;
  };
  expect(await check('-t', 'cedar')).toBe('targets-changed 1');
  expect((await generate('--check', '-t', 'cedar')).out).toContain('it was generated for other targets');
  expect(await check('-t', STANDARD.join())).toBe('fresh 0');
  expect(await check('-t', 'all')).toBe('targets-changed 1');
  await generate('-t', 'cedar');
  expect(await check('-t', 'cedar')).toBe('fresh 0');
  expect(await check('-t', 'cedar,srt')).toBe('targets-changed 1');
  expect(await check('-t', 'srt')).toBe('targets-changed 1');
  expect(await check()).toBe('fresh 0');
  rmSync(join(folder, BUNDLE, 'cedar'), { recursive: true });
  expect(await check('-t', 'cedar,srt')).toBe('edited 1');
});

test('what no file holds is said, with the targets that would; adding those closes it', async () => {
  const folder = folderWith({ 'desk.agent.yaml': AGENT });
  const gapsOf = async (targets: string) => {
    const { out } = await run(folder, ['generate', '-t', targets, '-f', 'json']);
    return (JSON.parse(out) as { results: { gaps: Gap[] }[] }).results.flatMap(({ gaps }) => gaps);
  };
  const open = await gapsOf('srt');
  expect(open.map(({ control }) => control)).toContain('approval-gates');
  expect(open.map(({ control }) => control)).not.toContain('sandbox');
  const closers = closersOf(open);
  const left = await gapsOf(['srt', ...closers].join(','));
  expect(left.map(({ control }) => control)).toEqual(
    open.filter(({ closedBy }) => closedBy.length === 0).map(({ control }) => control),
  );
  const { out } = await run(folder, ['generate', '-t', 'srt']);
  expect(out).toContain(`--target srt,${closers.join(',')}`);
  expect(readFileSync(join(folder, BUNDLE, 'LOSSES.md'), 'utf8')).toContain('requires and none of these files holds');
});

test('targets that are not standard are written on request, and stay', async () => {
  const { generate, path } = await generated();
  const idsOf = () => Object.keys((JSON.parse(readFileSync(path(LOCK), 'utf8')) as Lock).targets);

  expect(idsOf()).toEqual(STANDARD);
  await generate('-t', 'all');
  expect(idsOf()).toEqual(targets.map(({ id }) => id));
  expect((await generate('--check')).code).toBe(0);
  await generate();
  expect(idsOf()).toEqual(targets.map(({ id }) => id));
});
