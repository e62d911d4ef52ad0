import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../model/policy.ts';
import { runBounded } from '../../probe/bounded.ts';
import { parseJson } from '../../probe/json.ts';
import { createWorkspace, writeIn } from '../../probe/workspace.ts';
import { type Asked, answered, askedOf } from '../asked.ts';
import { defineProver, type ProofJob, type Trial } from '../prover.ts';
import { actionName, clientVariables } from './names.ts';
import { PROGRAM } from './runner.program.generated.ts';
import { STUB } from './stub.ts';

export const prover = defineProver({
  engine: 'agentcore',
  title: "Cedar with AWS's schema generator",
  programs: [],
  package: '@cedar-policy/mcp-schema-generator-wasm',
  needs: [],
  install: 'npm install --save-dev @cedar-policy/mcp-schema-generator-wasm@0.6.0 @cedar-policy/cedar-wasm@4.13.0',
  versionIn: () => undefined,
  prove,
});

const LIMIT_MS = 120_000;
const WAY = 'policies';
const GATEWAY = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/stakes';

async function prove(job: ProofJob): Promise<Trial[]> {
  const folder = join(job.bundle, 'agentcore');
  const statements = readStatements(join(folder, 'policies'));
  const tools = readIfThere(join(folder, 'tools.json'));
  if (tools === undefined) return [{ way: WAY, probes: [], reason: '`agentcore/tools.json` is gone' }];
  // A gateway sees no call of the host's own tools.
  const calls = [...askedOf(job).filter(({ tool }) => tool.includes('/')), ...withoutScopes(job.policy)];
  const answer = await allowedBy(job.engine.path, job.policy, { statements, tools }, calls);
  if ('reason' in answer) return [{ way: WAY, probes: [], reason: answer.reason }];
  const probes = calls.map((one, at) => {
    const runs = answer.allowed[at];
    if (runs === undefined) return answered(one, 'untried', 'no answer', job.losses);
    return answered(one, runs ? 'ran' : 'refused', runs ? 'a permit' : 'no permit', job.losses);
  });
  return [{ way: WAY, probes }];
}

/** The same call with a token that has none of the scopes. */
function withoutScopes(policy: Policy): Call[] {
  return askedOf({ policy })
    .filter(({ agent, tool, expected }) => expected === 'runs' && scopesOf(policy, agent, tool).length > 0)
    .map((one) => ({ ...one, attempt: 'with a token that has no scope', expected: 'refused', scopes: [] }));
}

interface Call extends Asked {
  /** Those of the token; absent: what the grant asks for. */
  scopes?: readonly string[];
}

/** What the engine lets run of these calls. The variables of the statements are filled in, each with a value of its own. */
export async function allowedBy(
  engine: string,
  policy: Policy,
  { statements, tools }: { statements: Readonly<Record<string, string>>; tools: string },
  calls: readonly Pick<Call, 'agent' | 'tool' | 'input' | 'scopes'>[],
): Promise<{ allowed: boolean[] } | { reason: string }> {
  const clients = clientVariables(policy.root, Object.keys(policy.agents));
  const values = new Map([
    ['GATEWAY_ARN', GATEWAY],
    ...[...clients.values()].map((name) => [name, `of-${name}`] as const),
  ]);
  const filled = (text: string) => text.replace(/\$\{(\w+)\}/g, (all, name: string) => values.get(name) ?? all);
  const workspace = createWorkspace();
  try {
    const ended = await runBounded({
      command: process.execPath,
      args: [writeIn(workspace.root, 'runner.mjs', PROGRAM), engine],
      env: { HOME: workspace.home },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
      stdin: JSON.stringify({
        stub: STUB,
        tools: parseJson(tools),
        statements: Object.fromEntries(Object.entries(statements).map(([name, text]) => [name, filled(text)])),
        gateway: GATEWAY,
        calls: calls.map(({ agent, tool, input, scopes = scopesOf(policy, agent, tool) }) => ({
          name: actionName(tool) ?? tool.replace('/', '___'),
          input,
          tags: { client_id: `of-${clients.get(agent)}`, scope: ['openid', ...scopes].join(' ') },
        })),
      }),
    });
    if (ended.code !== 0)
      return { reason: ended.timedOut ? 'Cedar gave no answer in time' : ended.stderr.slice(0, 300) };
    const { faults, allowed } = JSON.parse(ended.stdout) as { faults: string[]; allowed: boolean[] };
    return faults.length > 0 ? { reason: `Cedar objects: ${faults.slice(0, 3).join('; ')}` } : { allowed };
  } finally {
    workspace.remove();
  }
}

function scopesOf({ agents }: Policy, agent: string, tool: string): readonly string[] {
  return agents[agent]?.tools[tool]?.scopes ?? [];
}

function readStatements(folder: string): Record<string, string> {
  const names = readdirIfThere(folder).filter((name) => name.endsWith('.cedar'));
  return Object.fromEntries(names.map((name) => [name, readIfThere(join(folder, name)) ?? '']));
}

function readdirIfThere(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
