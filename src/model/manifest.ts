import type { DeclarableControl } from './controls.ts';
import type {
  Access,
  Classification,
  Concern,
  CredentialMode,
  DataSource,
  Effect,
  Egress,
  Environment,
  Impact,
  Initiation,
  Review,
} from './vocabulary.ts';

/** A JSON Schema of the subset that Stakes enforces; the subset is the `argumentSchema` definition of the agent schema. */
export interface ArgumentSchema {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
  title?: string;
  description?: string;
  properties?: Record<string, ArgumentSchema>;
  required?: string[];
  additionalProperties?: boolean | ArgumentSchema;
  items?: ArgumentSchema;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
}

/** What one call spends besides model tokens, in US dollars: flat, or per unit of a numeric argument. */
export type ToolCost = { usd: number } | { argument: string; usdPerUnit: number };

/** The facts of one tool. An absent field is unknown; the agent schema says what that means at worst. */
export interface ToolFacts {
  effect?: Effect;
  reversible?: boolean;
  impact?: Impact;
  data?: string[];
  egress?: Egress;
  arbitrary?: boolean;
  access?: Access;
  arguments?: ArgumentSchema;
  scopes?: string[];
  /** Expected calls a day; never enforced. */
  callsPerDay?: number;
  /** Calls a day; enforced. */
  maxCallsPerDay?: number;
  cost?: ToolCost;
  /** JSON Pointers of argument fields that may appear in the clear in records. */
  record?: string[];
  /** MCP tool annotations, verbatim: evidence, never proof. */
  annotations?: Record<string, unknown>;
  because?: string;
}

export interface DataScope {
  classification?: Classification;
  categories?: string[];
  source?: DataSource;
}

/** One entry of any MCP client's `mcpServers`. Keys that Stakes does not know are kept as they are. */
export interface McpServer {
  type?: string;
  command?: string;
  args?: string[];
  env?: Record<string, string>;
  cwd?: string;
  url?: string;
  headers?: Record<string, string>;
  [other: string]: unknown;
}

export interface ServerReach {
  network?: { allowedHosts?: string[] };
  filesystem?: { read?: string[]; write?: string[] };
}

export interface CredentialFacts {
  servers?: string[];
  mode?: CredentialMode;
  scopes?: string[];
  /** A duration such as `15m`. */
  ttl?: string;
}

/** Every limit is enforced where a target can; absent means not limited. Money in US dollars. */
export interface Limits {
  usdPerDay?: number;
  usdPerSession?: number;
  toolUsdPerDay?: number;
  turnsPerSession?: number;
  tokensPerSession?: number;
  callsPerMinute?: number;
  repeatsPerCall?: number;
  delegationDepth?: number;
  subagentsPerSession?: number;
  concurrentSubagents?: number;
  sessionMinutes?: number;
}

export interface DeclaredControl {
  by?: string;
  evidence?: string;
}

export interface SubagentReference {
  /** A path, a path with `#agent-id`, or the manifest itself. */
  manifest: string | Manifest;
}

/** An agent manifest after shorthand has been spelled out (`tool: read` is `{ effect: read }`). */
export interface Manifest {
  schemaVersion?: 1;
  agent: { id: string; name?: string; description?: string; owner?: string; environment?: Environment };
  concern?: Concern;
  autonomy?: { initiation?: Initiation; review?: Review; actionsPerDay?: number };
  approvals?: { approvers?: string[]; channel?: string; expires?: string };
  inputs?: { untrusted?: boolean };
  models?: { provider: string; id: string }[];
  data?: Record<string, DataScope>;
  mcpServers?: Record<string, McpServer>;
  servers?: Record<string, ServerReach>;
  tools: Record<string, ToolFacts>;
  network?: { egress?: Egress; allowedHosts?: string[] };
  filesystem?: { read?: string[]; write?: string[] };
  credentials?: Record<string, CredentialFacts>;
  limits?: Limits;
  subagents?: Record<string, SubagentReference>;
  controls?: Partial<Record<DeclarableControl, DeclaredControl>>;
}
