import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Loss, Policy } from '../../src/model/policy.ts';
import type { Target } from '../../src/targets/define.ts';
import { targets } from '../../src/targets/registry.generated.ts';
import { inRun, noted } from './noted.ts';
import { EXAMPLES } from './stakes.ts';

/** Engines that decide about calls; the others hold processes, hosts and counts. */
const MATRIX = [
  ...['agent-sdk', 'agentcore', 'cedar', 'claude-code', 'codex', 'copilot-cli', 'gate', 'gemini', 'openai-agents'],
  ...['opencode', 'rego', 'toolhive'],
];

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'stakes-matrix-'));
let policies: Policy[] = [];
beforeAll(() => {
  const files = EXAMPLES.map((name) => join('examples', name));
  const argv = [join(root, 'bin/stakes.js'), 'generate', ...files, '-t', 'policy', '--out', scratch];
  execFileSync(process.execPath, argv, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  policies = readdirSync(scratch).map((name) => JSON.parse(readFileSync(join(scratch, name, 'policy.json'), 'utf8')));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Tools of the examples that no call was made of, less those that the target says it cannot have or does not see. */
function leftOut(target: Target, made: Policy, asked: ReadonlySet<string>): string[] {
  const { losses } = target.emit(made);
  return Object.values(made.agents).flatMap(({ id, tools }) =>
    Object.keys(tools)
      // A server of which nothing is granted is not started behind the gate: there is nobody to ask.
      .filter((tool) => target.id !== 'gate' || isStarted(made, tool))
      // The rest of a server is no tool by itself, and its other features are no calls.
      .filter((tool) => !/\/[*@]/.test(tool))
      .filter((tool) => target.seesToolsOf !== 'servers' || tool.includes('/'))
      .filter((tool) => !asked.has(`${id} ${tool}`))
      .filter((tool) => !losses.some((loss) => isAbout(loss, made, id, tool)))
      .map((tool) => `${made.root}: ${id}: ${tool}`),
  );
}

function isStarted({ agents }: Policy, tool: string): boolean {
  const server = tool.slice(0, tool.indexOf('/') + 1);
  return Object.values(agents).some(({ tools }) =>
    Object.entries(tools).some(([other, { decision }]) => other.startsWith(server) && decision !== 'deny'),
  );
}

function isAbout(loss: Loss, made: Policy, id: string, tool: string): boolean {
  if (loss.tool === tool && loss.agent === id) return true;
  // A subagent that a target does not start makes no calls there.
  return id !== made.root && loss.what === 'subagents' && (loss.agent === id || loss.agent === made.root);
}

test('the matrix has every target that decides about calls and is proven on an engine', () => {
  const deciding = targets.filter(({ proof, enforces }) => proof === 'engine' && enforces.some(isOfCalls));
  expect(deciding.map(({ id }) => id).filter((id) => !MATRIX.includes(id))).toEqual([]);
});

const isOfCalls = (control: string) => ['approval-gates', 'deny-by-default'].includes(control);

describe.each(targets.filter(({ id }) => MATRIX.includes(id)))('$id', (target) => {
  test('was asked about every tool of every example', () => {
    if (!inRun.includes(`${target.id}.prove.test.ts`) || process.env.STAKES_SMOKE === '1') {
      console.log(`${target.id}: its proof of all examples is not in this run`);
      return;
    }
    const asked = new Set(
      noted().flatMap((line) => {
        return 'asked' in line && line.asked.target === target.id ? line.asked.tools : [];
      }),
    );
    expect(policies.flatMap((made) => leftOut(target, made, asked))).toEqual([]);
  });
});
