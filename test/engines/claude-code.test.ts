import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asRecord, parseJson } from '../../src/probe/json.ts';
import { CONFUSED_NAMES } from '../../src/targets/claude-code/sample.fixture.ts';
import { claudeDoctor } from './claude.ts';
import { allCases } from './claude-code-cases.ts';
import { heldTools, opened, permissions, withoutHook, withTools } from './claude-code-changes.ts';
import { type Change, mismatches } from './claude-code-play.ts';
import { outside } from './claude-code-probes.ts';
import { clientName, parts, type Way } from './claude-code-verdicts.ts';

const cases = allCases();
const ways: Way[] = ['launcher', 'managed', 'project'];

describe.each(cases)('$name', (one) => {
  const id = one.policy.root;
  const held = heldTools(one);
  const all = held.map((tool) => `${id}: ${tool} runs`).sort();
  const ofHeld = (wrong: string[]) => wrong.filter((line) => all.includes(line)).sort();
  const isGranted = (line: string) => {
    const server = /^\S+ (.*)\/stakes_unlisted/.exec(line)?.[1] ?? '';
    return one.policy.agents[id]?.tools[`${server}/*`] !== undefined;
  };
  // There a rule is shared by tools that cannot be told apart, so that no single one of them shows its loss.
  const exact = one.policy !== CONFUSED_NAMES;

  test.each(ways)('holds by %s: what is allowed runs, and nothing else', async (way) => {
    expect(await mismatches(one, way)).toEqual([]);
  });

  test('is seen to fail when a rule is taken away from the launcher', async () => {
    const bare = await mismatches(one, 'launcher', { changes: { 'launcher-settings.json': permissions(() => ({})) } });
    expect(bare.filter((line) => line.endsWith(' stops'))).not.toEqual([]);
    // A server of which nothing is granted does not even start there.
    const servers = asRecord(
      asRecord(parseJson(readFileSync(join(one.bundle, 'claude-code/mcp.json'), 'utf8'))).mcpServers,
    );
    const started = held.filter((tool) => Object.hasOwn(servers, parts(tool)[0]));
    const names = started.map((tool) => clientName(...parts(tool)));
    const changes = { 'launcher-settings.json': opened, 'agents.json': withTools(id, names) };
    if (!exact || started.length === 0) return;
    expect(ofHeld(await mismatches(one, 'launcher', { changes }))).toEqual(
      started.map((tool) => `${id}: ${tool} runs`).sort(),
    );
  });

  test('is seen to fail when a rule is taken away from the settings', async () => {
    const bare = permissions((rules) => ({ ...rules, ask: [], deny: [] }));
    const wide: Change = (file) => withoutHook(bare(file));
    const project = await mismatches(one, 'project', { changes: { 'settings.json': wide } });
    expect(project).toContain(`${id}: Bash inside runs`);
    if (exact) expect(ofHeld(project)).toEqual(all);
    if (!exact || held.length === 0) return;
    const managed = await mismatches(one, 'managed', { changes: { 'managed-settings.json': opened } });
    expect(ofHeld(managed)).toEqual(all);
  });

  test('is seen to fail when the hook is taken away', async () => {
    const agent = one.policy.agents[id];
    const unlisted = Object.keys(agent?.servers ?? {}).map((name) => `${id}: ${name}/stakes_unlisted runs`);
    const project = await mismatches(one, 'project', { changes: { 'settings.json': withoutHook } });
    // Names that cannot be told apart hide each other there too.
    if (exact) expect(project).toEqual(expect.arrayContaining(unlisted.filter((line) => !isGranted(line))));
    const checked = Object.entries(agent?.tools ?? {})
      .filter(([, { decision, arguments: schema }]) => decision === 'allow' && schema !== null)
      .map(([tool]) => `${id}: ${tool} ${outside} runs`);
    if (checked.length === 0) return;
    const launcher = await mismatches(one, 'launcher', { changes: { 'launcher-settings.json': withoutHook } });
    const managed = await mismatches(one, 'managed', { changes: { 'managed-settings.json': withoutHook } });
    expect(launcher.filter((line) => line.startsWith(`${id}: `)).sort()).toEqual(checked.sort());
    expect(managed.sort()).toEqual(checked);
  });

  test('passes the engine’s own check of settings', async () => {
    const file = (name: string) => join(one.bundle, 'claude-code', name);
    expect(await claudeDoctor(file('settings.json'))).toEqual([]);
    expect(await claudeDoctor(file('launcher-settings.json'))).toEqual([]);
    expect(await claudeDoctor(file('managed-settings.json'), 'managed')).toEqual([]);
  });
});
