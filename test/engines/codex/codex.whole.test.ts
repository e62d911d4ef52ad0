import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { Policy } from '../../../src/model/policy.ts';
import type { Probe } from '../../../src/model/proof.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import { prover } from '../../../src/targets/codex/prover.ts';
import { target } from '../../../src/targets/codex/target.ts';
import { codexBinary } from './codex.ts';

const asks = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true,
  boundToArguments: true,
} as const;
const approvals = { ...asks, approvers: [...asks.approvers] };

async function probesOf(made: Policy): Promise<Probe[]> {
  const bundle = mkdtempSync(join(tmpdir(), 'stakes-codex-bundle-'));
  try {
    const { files, losses } = target.emit(made);
    for (const { path, content } of files) writeIn(bundle, `codex/${path}`, content);
    const engine = { path: codexBinary, version: '0.169.0', programs: {} };
    const [trial] = await prover.prove({ policy: made, bundle, files, losses, installed: new Map(), engine });
    expect(trial?.reason).toBeUndefined();
    return trial?.probes ?? [];
  } finally {
    rmSync(bundle, { recursive: true });
  }
}

const wrong = (probes: readonly Probe[]) => probes.filter(({ verdict }) => verdict === 'mismatch');
const seen = (probes: readonly Probe[], tool: string, attempt: string) =>
  probes.find((probe) => probe.tool === tool && probe.attempt === attempt)?.observed;

test('names that Codex writes in another way, and names that it cannot tell apart', async () => {
  const stub = server('true');
  const tools = {
    'files.prod v2/read doc': grant('allow'),
    'files.prod v2/read:doc': grant('deny'),
    'files.prod v2/v1.get': grant('ask'),
    'files.prod v2/😀e': grant('allow'),
    'a-b/x': grant('allow'),
    'a_b/x': grant('deny'),
    'a_b/y': grant('ask'),
    'a__b/x': grant('allow'),
    'a__b/__proto__': grant('allow'),
    'codex_apps/z': grant('allow'),
    'notes/*': grant('allow'),
    'notes/drop': grant('deny'),
    'notes/share': grant('ask'),
    'box/*': grant('ask'),
    'box/list': grant('allow'),
  };
  const names = ['files.prod v2', 'a-b', 'a_b', 'a__b', 'codex_apps', 'notes', 'box'];
  const probes = await probesOf(
    policy([agent('odd', { approvals, tools, servers: Object.fromEntries(names.map((name) => [name, stub])) })]),
  );
  expect(wrong(probes)).toEqual([]);
  expect(probes.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  const granted = Object.entries(tools).filter(([tool, { decision }]) => decision === 'allow' && !tool.endsWith('*'));
  expect(granted.map(([tool]) => seen(probes, tool, ''))).toEqual(granted.map(() => 'ran'));
  expect(seen(probes, 'notes/stakes_unlisted', '')).toBe('ran');
  expect(seen(probes, 'box/stakes_unlisted', '')).toBe('asked');
});

test('a shell reads and writes the folders of the policy, and nothing else', async () => {
  const probes = await probesOf(
    policy([agent('desk', { tools: { Bash: grant('allow') }, filesystem: { read: ['./src'], write: ['out/'] } })], {
      protectedPaths: ['.stakes/**', '*.agent.yaml', 'agent.yaml'],
    }),
  );
  expect(wrong(probes)).toEqual([]);
  expect(
    Object.fromEntries(
      probes.filter(({ tool }) => tool === 'Bash').map(({ attempt, observed }) => [attempt, observed]),
    ),
  ).toEqual({
    '': 'ran',
    'a read elsewhere': 'refused',
    'a read of `src/stakes-inside.txt`': 'ran',
    'a write into `out`': 'ran',
    'a write that is not listed': 'refused',
    'a write into `.stakes`': 'refused',
  });
  // Said in the loss report: whoever may run commands that write may edit.
  expect(probes.find(({ tool, attempt }) => tool === 'apply_patch' && attempt === 'a new file')?.verdict).toBe(
    'looser',
  );
});

test('edits stay in their folder, and away from the policy', async () => {
  const probes = await probesOf(
    policy([agent('desk', { tools: { apply_patch: grant('allow') }, filesystem: { read: ['.'], write: ['.'] } })], {
      protectedPaths: ['.stakes/**', '*.agent.yaml', 'agent.yaml'],
    }),
  );
  expect(wrong(probes)).toEqual([]);
  expect(seen(probes, 'apply_patch', 'a new file')).toBe('ran');
  expect(seen(probes, 'apply_patch', 'into `.stakes`')).toBe('refused');
  expect(seen(probes, 'apply_patch', 'the manifest')).toBe('refused');
  // A pattern is a loss that the report names.
  expect(probes.find(({ attempt }) => attempt === 'another manifest')?.verdict).toBe('looser');
});
