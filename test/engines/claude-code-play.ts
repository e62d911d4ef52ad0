import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { AgentPolicy, Policy } from '../../src/model/policy.ts';
import { asRecord, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { stubEntry } from '../../src/probe/stub.ts';
import { createWorkspace, stageBundle, type Workspace, writeIn } from '../../src/probe/workspace.ts';
import { bundleSetup, type ClaudeSetup, runClaude } from './claude.ts';
import type { Case } from './claude-code-cases.ts';
import { agentProbes, elsewhere, folderOf, type Played, type Probe, refusal, secret } from './claude-code-probes.ts';
import { clientName, parts, type Way } from './claude-code-verdicts.ts';

export type Change = (file: JsonRecord) => JsonRecord;
/** What a run changes: generated files by name, or the workspace, whose returned folder is where it starts. */
export type Twist = { changes?: Record<string, Change>; prepare?: (workspace: Workspace) => string };

export const figures = { runs: 0, probed: 0, ran: 0, stopped: 0 };
afterAll(() => {
  const { runs, probed, ran, stopped } = figures;
  console.log(`claude-code: ${runs} runs, ${probed} calls probed: ${ran} ran, ${stopped} stopped`);
});

/** Plays every probe of a case in one session and names each call that did not go as the policy says. */
export async function mismatches(one: Case, way: Way, twist: Twist = {}): Promise<string[]> {
  const workspace = createWorkspace();
  try {
    const { policy } = one;
    const rootAgent = policy.agents[policy.root];
    if (rootAgent === undefined) throw new Error('no root');
    const bundle = stage(one, workspace, way, twist.changes ?? {});
    const cwd = twist.prepare?.(workspace);
    const own = agentProbes(one, policy.root, way, workspace);
    const types =
      way === 'launcher' ? Object.entries(rootAgent.subagents).filter(([type]) => type !== 'general-purpose') : [];
    const scripts = types.map(([type, id]) => ({ type, probes: agentProbes(one, id, way, workspace, type) }));
    const spawn = (type: string, prompt: string) => ({
      name: 'Agent',
      input: { description: 'd', prompt, subagent_type: type, run_in_background: false },
    });
    const outcome = await runClaude({
      workspace,
      setup: setupOf(bundle, way),
      toolCalls: [
        ...own.map(({ call }) => call),
        spawn('general-purpose', 'no script'),
        ...types.map(([type]) => spawn(type, `script of ${type}`)),
      ],
      subagents: scripts.map(({ type, probes }) => ({
        marker: `script of ${type}`,
        calls: probes.map(({ call }) => call),
      })),
      env: variablesOf(policy),
      ...(cwd === undefined ? {} : { cwd }),
      limitMs: 120_000,
    });
    figures.runs += 1;
    const played = (script: number) =>
      outcome.requests
        .filter((request) => request.script === script)
        .at(-1)
        ?.toolResults.map(({ text }) => text) ?? [];
    const wrong = [own, ...scripts.map(({ probes }) => probes)].flatMap((probes, script) =>
      judge(probes, played(script), { workspace, outcome }),
    );
    // The session must have come to its end, or calls that were never tried would pass for refused ones.
    const spawned = played(0)[own.length] ?? '';
    return refusal.test(spawned) ? wrong : [...wrong, `general-purpose was started: ${spawned}`];
  } finally {
    workspace.remove();
  }
}

function judge(probes: Probe[], texts: string[], run: Pick<Played, 'workspace' | 'outcome'>): string[] {
  return probes.flatMap(({ agent, label, verdict, ran }, index) => {
    const text = texts[index];
    if (text === undefined) return [`${agent}: ${label} was never tried`];
    const did = ran({ ...run, texts, text }) ? 'runs' : 'stops';
    figures.probed += 1;
    figures[did === 'runs' ? 'ran' : 'stopped'] += 1;
    return verdict === 'either' || did === verdict ? [] : [`${agent}: ${label} ${did}`];
  });
}

export function stage(one: Case, workspace: Workspace, way: Way, changes: Record<string, Change>): string {
  const { policy } = one;
  const rootAgent = policy.agents[policy.root];
  const offered = (agent: AgentPolicy | undefined, server: string) => [
    ...Object.keys(agent?.tools ?? {}).flatMap((tool) =>
      parts(tool)[0] === server && !/\/[*@]/.test(tool) ? [parts(tool)[1]] : [],
    ),
    'stakes_unlisted',
  ];
  const servers = Object.keys(rootAgent?.servers ?? {}).map((server): [string, string[]] => [
    server,
    offered(rootAgent, server),
  ]);
  const copies = Object.entries(rootAgent?.subagents ?? {}).flatMap(([type, id]) =>
    Object.keys(policy.agents[id]?.servers ?? {}).map((server): [string, string[]] => [
      `${type}-${server}`,
      offered(policy.agents[id], server),
    ]),
  );
  const bundle = stageBundle(workspace, one.bundle, Object.fromEntries([...servers, ...copies]), { id: one.name });
  for (const [path, change] of Object.entries(changes)) {
    const file = join(bundle, 'claude-code', path);
    writeIn(bundle, `claude-code/${path}`, change(asRecord(parseJson(readFileSync(file, 'utf8')))));
  }
  // Outside of the launcher the servers are the user's, so the ones that the bundle leaves out run too.
  const all = Object.fromEntries(servers.map(([server, tools]) => [server, stubEntry(server, tools, workspace.log)]));
  if (way !== 'launcher') writeIn(bundle, 'claude-code/mcp.json', { mcpServers: all });
  const here = join(workspace.project, folderOf(policy, way));
  mkdirSync(here, { recursive: true });
  writeIn(here, 'inside.txt', secret);
  writeIn(here, '.stakes/policy.json', '{}');
  writeIn(here, 'agent.yaml', '');
  writeIn(here, 'peek.py', "import os; print(open(os.path.expanduser('~/outside.txt')).read())");
  writeIn(workspace.home, 'outside.txt', elsewhere);
  if (way === 'project') {
    writeIn(
      workspace.project,
      '.claude/settings.json',
      readFileSync(join(bundle, 'claude-code/settings.json'), 'utf8'),
    );
    const allow = servers.flatMap(([server, tools]) => tools.map((tool) => clientName(server, tool)));
    writeIn(workspace.home, '.claude/settings.json', {
      permissions: { allow: [...allow, 'Bash', 'Read', 'Grep', 'Glob', 'Write', 'Edit', 'WebFetch', 'Agent'] },
    });
  }
  return bundle;
}

function setupOf(bundle: string, way: Way): ClaudeSetup {
  if (way !== 'project') return bundleSetup(bundle, way);
  return { by: 'flags', mcpConfig: join(bundle, 'claude-code/mcp.json') };
}

function variablesOf(policy: Policy): Record<string, string> {
  const names = [...JSON.stringify(policy).matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(names.map((name) => [name, 'dummy']));
}
