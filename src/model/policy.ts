import type { ArgumentSchema, ToolCost } from './manifest.ts';
import type { ToolPin } from './pins.ts';
import type { Tier } from './tiers.ts';
import type { Access, Concern, CredentialMode, Effect, Egress, Environment } from './vocabulary.ts';

export const POLICY_SCHEMA = 'stakes/policy@1';

/** What one agent may do with one tool. A tool that is not listed is denied. */
export interface Grant {
  decision: Access;
  /** Why the decision is what it is, in words for the model and for people. */
  because: string;
  effect: Effect | 'unknown';
  /** Why the tool is high-stakes; empty when it is not. */
  highStakes: string[];
  /** True when argument schema, daily cap, scoped credential and `because` together stand in for a gate. */
  bounded: boolean;
  egress: Egress | 'unknown';
  /** Data scopes behind the tool; empty: none. */
  data: string[];
  /** A call outside this schema is denied; null: arguments are not checked. */
  arguments: ArgumentSchema | null;
  /** OAuth scopes the call needs; empty: none named. */
  scopes: string[];
  /** Calls a day; null: not capped. */
  maxCallsPerDay: number | null;
  /** What a call spends besides model tokens; null: not counted. */
  cost: ToolCost | null;
  /** JSON Pointers of argument fields that records may show in the clear; empty: none. */
  record: string[];
}

/** How a server is started and what its own process may touch. */
export interface ServerGrant {
  transport: 'stdio' | 'http';
  /** Null for an `http` server. */
  command: string | null;
  args: string[];
  /** Null for a `stdio` server. */
  url: string | null;
  /** Environment of the process: `${NAME}` references and plain settings; a literal secret never gets here. */
  env: Record<string, string>;
  /** HTTP headers, under the same rule. */
  headers: Record<string, string>;
  cwd: string | null;
  /** Hosts the process may reach; empty: none. */
  allowedHosts: string[];
  /** Paths the process may read and write; empty: none beyond what the runtime needs. */
  read: string[];
  write: string[];
  /** Null where nothing is pinned. */
  pin: string | null;
  /**
   * Pins of the tools that are granted, by the server's own name for each. A granted tool that is not in here was never
   * pinned, and the gate keeps it back. Absent: no tool is compared with anything.
   */
  pins?: Record<string, ToolPin>;
}

/** Null everywhere means: not limited. Money in US dollars. */
export interface LimitGrants {
  usdPerDay: number | null;
  usdPerSession: number | null;
  toolUsdPerDay: number | null;
  turnsPerSession: number | null;
  tokensPerSession: number | null;
  callsPerMinute: number | null;
  repeatsPerCall: number | null;
  delegationDepth: number | null;
  subagentsPerSession: number | null;
  concurrentSubagents: number | null;
  sessionMinutes: number | null;
}

export interface CredentialGrant {
  /** Servers that get the credential; empty: none named. */
  servers: string[];
  mode: CredentialMode | 'unknown';
  scopes: string[];
  /** Seconds; null: not stated. */
  ttlSeconds: number | null;
}

export interface ApprovalPolicy {
  /** People or groups; empty: whoever started the session (only where that is a person). */
  approvers: string[];
  /** Names of channels with commas, such as `inbox, webhook`; what a gate does not have is asked in the inbox. */
  channel: string;
  expiresSeconds: number;
  singleUse: true;
  /** The approval covers exactly the arguments that were shown. */
  boundToArguments: true;
}

/** The grants of one agent. */
export interface AgentPolicy {
  id: string;
  name: string;
  owner: string | null;
  environment: Environment | 'unknown';
  concern: Concern;
  /** True when a person starts each session. */
  attended: boolean;
  tools: Record<string, Grant>;
  servers: Record<string, ServerGrant>;
  models: { provider: string; id: string }[];
  /** The agent's own process. `unknown` egress: the manifest does not say; targets treat it as none. */
  network: { egress: Egress | 'unknown'; allowedHosts: string[] };
  /** Null: the manifest does not say; an empty list: nothing. */
  filesystem: { read: string[] | null; write: string[] | null };
  credentials: Record<string, CredentialGrant>;
  limits: LimitGrants;
  /** Null: nothing asks, or nobody can be asked (every `ask` has then become `deny`). */
  approvals: ApprovalPolicy | null;
  /** Subagents by the name the agent calls them, to agent ids in this policy. */
  subagents: Record<string, string>;
}

/** `policy.json`: the target-neutral result of an assessment. Targets and the gate read this and nothing else. */
export interface Policy {
  schema: typeof POLICY_SCHEMA;
  /** The agent that a session starts with: a key of `agents`. */
  root: string;
  tier: Tier;
  floor: Tier;
  stage: 'none' | 'staging-only';
  /** `sha256:` of the manifest and every subagent's, as canonical JSON. */
  digest: string;
  /** Required controls, by id. */
  controls: string[];
  audit: 'none' | 'log' | 'signed';
  /** Seconds that a token minted for one call may live. */
  tokenTtlSeconds: number;
  /** Paths no agent may write, whatever else is granted; `*` and `**` as in gitignore. */
  protectedPaths: string[];
  /** What was assumed or turned stricter on the way here, in words. */
  notes: string[];
  agents: Record<string, AgentPolicy>;
}

/** The part of a policy that one target cannot enforce. */
export interface Loss {
  /** What is lost, as a control or a policy field. */
  what: string;
  /** Agent and tool when the loss is about one of them. */
  agent?: string;
  tool?: string;
  message: string;
  /** What to do about it: another target, a person, nothing. */
  instead: string;
}
