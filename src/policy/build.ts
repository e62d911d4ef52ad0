import { assess } from '../assess/assess.ts';
import { approversOf } from '../assess/evidence.ts';
import { allPairs, reachOf } from '../assess/reach.ts';
import { walk } from '../assess/walk.ts';
import { digestOf } from '../manifest/digest.ts';
import { secondsOf } from '../manifest/duration.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Limits, Manifest, McpServer } from '../model/manifest.ts';
import type { Loaded } from '../model/place.ts';
import {
  type AgentPolicy,
  type ApprovalPolicy,
  type Grant,
  type LimitGrants,
  POLICY_SCHEMA,
  type Policy,
  type ServerGrant,
} from '../model/policy.ts';
import { grantOf } from './grant.ts';
import { pinsOf, type ServerPins } from './pins.ts';
import { PROTECTED_PATHS } from './protected.ts';
import { safeEnvironment, secretProblems } from './secrets.ts';

const DEFAULT_EXPIRY = 15 * 60;
/** RFC 9700 asks for short-lived access tokens; five to fifteen minutes is what gateways in this field use. */
const DEFAULT_TOKEN_TTL = 5 * 60;

/**
 * The policy of an agent and its subagents. Refuses a manifest that holds a secret it cannot replace. `pins`: what servers
 * are pinned to, by name.
 */
export function buildPolicy(
  root: Agent,
  assessment: Assessment = assess(root),
  pins: ReadonlyMap<string, ServerPins> = new Map(),
): Loaded<Policy> {
  const agents = agentsOf(root);
  const problems = agents.flatMap(secretProblems);
  if (problems.length > 0) return { state: 'invalid', problems };

  const required = assessment.controls.required.map(({ id }) => id);
  const notes: string[] = [];
  const worst = walk(reachOf(root), 'worst');
  const policy: Policy = {
    schema: POLICY_SCHEMA,
    root: root.id,
    tier: assessment.tier,
    floor: assessment.floor,
    stage: assessment.stage,
    digest: digestOf(agents),
    controls: required,
    audit: required.includes('signed-audit') ? 'signed' : required.includes('audit-log') ? 'log' : 'none',
    tokenTtlSeconds: DEFAULT_TOKEN_TTL,
    protectedPaths: [...PROTECTED_PATHS],
    notes,
    agents: {},
  };
  for (const agent of agents) {
    const tools: Record<string, Grant> = {};
    for (const pair of allPairs(agent)) {
      // The walk knows the reach's own pairs, so a pair is found there by name.
      const reached = [...worst.highStakes].find((other) => other.agent === agent && other.tool === pair.tool);
      const reasons =
        assessment.highStakes.find(({ agent: id, tool }) => id === agent.id && tool === pair.tool)?.because ?? [];
      const { grant, note } = grantOf(reached ?? pair, { worst, reasons, root });
      tools[pair.tool] = grant;
      if (note !== undefined) notes.push(note);
    }
    policy.agents[agent.id] = agentPolicy(agent, tools, approversOf(agent, root), pins);
  }
  return { state: 'ok', value: policy };
}

function agentPolicy(
  agent: Agent,
  tools: Record<string, Grant>,
  approvers: string[],
  pins: ReadonlyMap<string, ServerPins>,
): AgentPolicy {
  const { manifest } = agent;
  return {
    id: agent.id,
    name: manifest.agent.name ?? agent.id,
    owner: manifest.agent.owner ?? null,
    environment: manifest.agent.environment ?? 'unknown',
    concern: manifest.concern ?? 'security',
    attended: manifest.autonomy?.initiation === 'human',
    tools,
    servers: Object.fromEntries(
      Object.entries(manifest.mcpServers ?? {}).map(([name, server]) => [
        name,
        { ...serverGrant(name, server, manifest), ...pinsOf(name, pins.get(name), { tools }) },
      ]),
    ),
    models: manifest.models ?? [],
    network: { egress: manifest.network?.egress ?? 'unknown', allowedHosts: manifest.network?.allowedHosts ?? [] },
    filesystem: { read: manifest.filesystem?.read ?? null, write: manifest.filesystem?.write ?? null },
    credentials: Object.fromEntries(
      Object.entries(manifest.credentials ?? {}).map(([name, { servers, mode, scopes, ttl }]) => [
        name,
        {
          servers: servers ?? [],
          mode: mode ?? 'unknown',
          scopes: scopes ?? [],
          ttlSeconds: ttl === undefined ? null : secondsOf(ttl),
        },
      ]),
    ),
    limits: limitGrants(manifest.limits),
    approvals: approvalPolicy(manifest, tools, approvers),
    subagents: Object.fromEntries(Object.entries(agent.subagents).map(([name, subagent]) => [name, subagent.id])),
  };
}

function serverGrant(name: string, server: McpServer, manifest: Manifest): ServerGrant {
  const reach = manifest.servers?.[name];
  return {
    transport: server.url === undefined ? 'stdio' : 'http',
    command: server.url === undefined ? (server.command ?? null) : null,
    args: server.url === undefined ? (server.args ?? []) : [],
    url: server.url ?? null,
    env: safeEnvironment(server.env),
    headers: server.headers ?? {},
    cwd: server.cwd ?? null,
    allowedHosts: reach?.network?.allowedHosts ?? [],
    read: reach?.filesystem?.read ?? [],
    write: reach?.filesystem?.write ?? [],
    pin: null,
  };
}

function limitGrants(limits: Limits = {}): LimitGrants {
  return {
    usdPerDay: limits.usdPerDay ?? null,
    usdPerSession: limits.usdPerSession ?? null,
    toolUsdPerDay: limits.toolUsdPerDay ?? null,
    turnsPerSession: limits.turnsPerSession ?? null,
    tokensPerSession: limits.tokensPerSession ?? null,
    callsPerMinute: limits.callsPerMinute ?? null,
    repeatsPerCall: limits.repeatsPerCall ?? null,
    delegationDepth: limits.delegationDepth ?? null,
    subagentsPerSession: limits.subagentsPerSession ?? null,
    concurrentSubagents: limits.concurrentSubagents ?? null,
    sessionMinutes: limits.sessionMinutes ?? null,
  };
}

function approvalPolicy(
  { approvals }: Manifest,
  tools: Record<string, Grant>,
  approvers: string[],
): ApprovalPolicy | null {
  if (!Object.values(tools).some(({ decision }) => decision === 'ask')) return null;
  return {
    approvers,
    channel: approvals?.channel ?? 'inbox',
    expiresSeconds: approvals?.expires === undefined ? DEFAULT_EXPIRY : secondsOf(approvals.expires),
    singleUse: true,
    boundToArguments: true,
  };
}
