import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sampleArguments, violatingArguments } from '../../src/enforce/sample.ts';
import type { AgentPolicy, Policy } from '../../src/model/policy.ts';
import type { ToolCall } from '../../src/probe/anthropic-wire.ts';
import type { JsonRecord } from '../../src/probe/json.ts';
import type { Workspace } from '../../src/probe/workspace.ts';
import { target } from '../../src/targets/claude-code/target.ts';
import type { ClaudeOutcome } from './claude.ts';
import type { Case } from './claude-code-cases.ts';
import { clientName, parts, type Verdict, verdictOf, type Way } from './claude-code-verdicts.ts';

export type Probe = { agent: string; label: string; call: ToolCall; verdict: Verdict; ran: (run: Played) => boolean };
export type Played = { workspace: Workspace; outcome: ClaudeOutcome; texts: string[]; text: string };

export const secret = 'SECRET-IN-THE-PROJECT';
export const elsewhere = 'SECRET-ELSEWHERE';
export const refusal =
  /No such tool|requested permissions|denied|not found|needs approval|blocks (reads|writes)|hook error/;
export const outside = 'outside of its schema';

export function agentProbes({ policy }: Case, id: string, way: Way, workspace: Workspace, type?: string): Probe[] {
  const agent = policy.agents[id];
  if (agent === undefined) throw new Error(`no agent ${id}`);
  const listed = Object.keys(agent.tools).filter((tool) => tool.includes('/') && !/\/(\*|@.*)$/.test(tool));
  const unlisted = Object.keys(agent.servers).map((server) => `${server}/stakes_unlisted`);
  const servers = [...listed, ...unlisted].flatMap((tool) => serverProbes(policy, agent, tool, way, type));
  return [...servers, ...ownToolProbes(policy, agent, way, workspace, folderOf(policy, way))];
}

/** A call inside of the tool's schema and, where there is one, another outside of it. */
function serverProbes(policy: Policy, agent: AgentPolicy, tool: string, way: Way, type?: string): Probe[] {
  const [server, name] = parts(tool);
  const alias = type === undefined ? server : `${type}-${server}`;
  const schema = agent.tools[tool]?.arguments ?? null;
  const probe = (label: string, verdict: Verdict, input: JsonRecord): Probe => ({
    agent: agent.id,
    label,
    call: { name: clientName(alias, name), input },
    verdict,
    ran: ({ outcome }) =>
      outcome.calls.some((call) => call.server === alias && call.tool === name && isDeepStrictEqual(call.input, input)),
  });
  const inside = (schema === null ? {} : sampleArguments(schema)) as JsonRecord;
  const wrong = schema === null ? undefined : violatingArguments(schema).find(({ value }) => isObject(value));
  return [
    probe(tool, verdictOf(policy, agent, tool, way), inside),
    ...(wrong === undefined ? [] : [probe(`${tool} ${outside}`, 'stops', wrong.value as JsonRecord)]),
  ];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where the launcher starts: the one folder that the file tools of the tree may use. */
export function folderOf(policy: Policy, way: Way): string {
  const script = target.emit(policy).files.find(({ path }) => path === 'launch.sh')?.content ?? '';
  return (way === 'launcher' ? /^cd -- '([^']*)'/m.exec(script)?.[1] : undefined) ?? '.';
}

function ownToolProbes(policy: Policy, agent: AgentPolicy, way: Way, workspace: Workspace, folder: string): Probe[] {
  const here = join(workspace.project, folder);
  const inside = join(here, 'inside.txt');
  const outside = join(workspace.home, 'outside.txt');
  const shows = (text: string) => (run: Played) => run.text.includes(text);
  const writes = (file: string) => () => readIfThere(file).includes('WRITTEN');
  const bash = (command: string): ToolCall => ({ name: 'Bash', input: { command, description: 'probe' } });
  const write = (file: string): ToolCall => ({ name: 'Write', input: { file_path: file, content: 'WRITTEN' } });
  const python = (file: string, action: string) =>
    bash(`python3 -c "f = open('${file}', '${action}'); ${action === 'w' ? "f.write('WRITTEN')" : 'print(f.read())'}"`);
  const probe = (tool: string, label: string, call: ToolCall, ran: Probe['ran'], verdict?: Verdict): Probe => {
    const given = agent.tools[tool] === undefined ? 'stops' : verdictOf(policy, agent, tool, way);
    return { agent: agent.id, label: `${tool} ${label}`, call, ran, verdict: verdict ?? given };
  };
  const tag = `${agent.id}-${way}`;
  return [
    probe('Read', 'inside', { name: 'Read', input: { file_path: inside } }, shows(secret)),
    probe('Read', 'outside', { name: 'Read', input: { file_path: outside } }, shows(elsewhere), 'stops'),
    probe(
      'Grep',
      'inside',
      { name: 'Grep', input: { pattern: 'SECRET', path: here, output_mode: 'content' } },
      shows(secret),
    ),
    probe('Glob', 'inside', { name: 'Glob', input: { pattern: 'inside.*', path: here } }, shows('inside.txt')),
    probe('Write', 'inside', write(join(here, `${tag}.txt`)), writes(join(here, `${tag}.txt`))),
    probe(
      'Write',
      'outside',
      write(join(workspace.root, `${tag}.txt`)),
      writes(join(workspace.root, `${tag}.txt`)),
      'stops',
    ),
    probe('Write', '.stakes', write(join(here, '.stakes/new.json')), writes(join(here, '.stakes/new.json')), 'stops'),
    probe('Write', 'manifest', write(join(here, 'new.agent.yaml')), writes(join(here, 'new.agent.yaml')), 'stops'),
    probe('Bash', 'inside', bash('cat inside.txt'), shows(secret)),
    // Its path is out of sight of the rules, so that only the sandbox can stop it.
    probe('Bash', 'outside', bash('python3 peek.py'), shows(elsewhere), 'stops'),
    probe('Bash', 'write', python(`${tag}-bash.txt`, 'w'), writes(join(here, `${tag}-bash.txt`))),
    probe('Bash', '.stakes', python('.stakes/policy.json', 'w'), writes(join(here, '.stakes/policy.json')), 'stops'),
    probe('Bash', 'agent.yaml', python('agent.yaml', 'w'), writes(join(here, 'agent.yaml')), 'stops'),
    probe(
      'Bash',
      'network',
      bash('curl -sS -m 5 http://example.com'),
      (run) => !/blocked by network|refus|denied|No such tool|approval/i.test(run.text),
      'stops',
    ),
    ...fetches(policy, agent, way, probe),
  ];
}

function fetches(
  policy: Policy,
  agent: AgentPolicy,
  way: Way,
  probe: (tool: string, label: string, call: ToolCall, ran: Probe['ran'], verdict?: Verdict) => Probe,
): Probe[] {
  const fetched = (host: string): ToolCall => ({
    name: 'WebFetch',
    input: { url: `https://${host}:9/`, prompt: 'probe' },
  });
  const ran = ({ text }: Played) => !refusal.test(text);
  const hosts = verdictOf(policy, agent, 'WebFetch', way) === 'runs' ? agent.network.allowedHosts : [];
  // In the project's file nothing can narrow a tool of the user's to hosts: the loss says that it only denies and asks.
  const other = way === 'project' && agent.tools.WebFetch?.decision === 'allow' ? 'either' : 'stops';
  return [
    ...hosts.map((host) => probe('WebFetch', host, fetched(host), ran)),
    probe('WebFetch', 'unlisted', fetched('stakes.invalid'), ran, other),
  ];
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
