import { CONTROLS } from '../model/controls.ts';
import { PINNED_PARTS, type PinnedPart, type ToolPin } from '../model/pins.ts';
import type {
  AgentPolicy,
  ApprovalPolicy,
  CredentialGrant,
  Grant,
  LimitGrants,
  Policy,
  ServerGrant,
} from '../model/policy.ts';
import { POLICY_SCHEMA } from '../model/policy.ts';
import { TIERS } from '../model/tiers.ts';
import { ACCESSES, CONCERNS, CREDENTIAL_MODES, EFFECTS, EGRESSES, ENVIRONMENTS } from '../model/vocabulary.ts';
import { type JsonSchema, listOf, mapOf, oneOf, text, whole } from './json-schema.ts';
import { argumentSchema, cost } from './tool.ts';

const line: JsonSchema = { type: 'string' };
const lines = (description: string) => ({ ...listOf(description, line), uniqueItems: false });
const orUnknown = (values: readonly string[], description: string) => oneOf([...values, 'unknown'], description);
const orNull = (schema: JsonSchema, description: string): JsonSchema => ({
  description,
  if: { type: 'null' },
  else: schema,
});
const amount = (description: string) => orNull({ type: 'number', minimum: 0 }, `${description} Null: not limited.`);
const seconds = (description: string): JsonSchema => ({ type: 'integer', minimum: 1, description });

const grant = whole<Grant>('What one agent may do with one tool.', {
  decision: oneOf(ACCESSES, '`allow` runs, `ask` runs after a person approved this very call, `deny` never runs.'),
  because: text('Why, in words for the model and for people.'),
  effect: orUnknown(EFFECTS, 'What the tool does.'),
  highStakes: lines('Why the tool is high-stakes. Empty: it is not.'),
  bounded: {
    type: 'boolean',
    description: 'Argument schema, daily cap, scoped credential and a reason stand in for a gate.',
  },
  egress: orUnknown(EGRESSES, 'Where an argument can carry data.'),
  data: lines('Data scopes behind the tool. Empty: none.'),
  arguments: orNull(
    { $ref: '#/definitions/argumentSchema' },
    'A call outside this schema is denied. Null: arguments are not checked.',
  ),
  scopes: lines('OAuth scopes of the call. Empty: none named.'),
  maxCallsPerDay: amount('Calls a day.'),
  cost: orNull(cost, 'What a call spends besides model tokens. Null: not counted.'),
  record: lines('JSON Pointers of arguments that records may show in the clear. Empty: none.'),
});

const part: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{16}$', description: 'Digest of this part.' };
const toolPin = whole<ToolPin>('A tool as it was when it was pinned.', {
  digest: {
    type: 'string',
    pattern: '^sha256:[0-9a-f]{64}$',
    description: 'Of name, title, description, schemas and annotations.',
  },
  parts: whole<Record<PinnedPart, string>>(
    'What tells which part of it changed.',
    Object.fromEntries(PINNED_PARTS.map((name) => [name, part])) as Record<PinnedPart, JsonSchema>,
  ),
});

const server = whole<ServerGrant>(
  'How a server is started and what its process may touch.',
  {
    transport: oneOf(['stdio', 'http'], 'How it is reached.'),
    command: orNull(line, 'Program. Null for `http`.'),
    args: lines('Arguments. Empty: none.'),
    url: orNull(line, 'Address. Null for `stdio`.'),
    env: mapOf('Environment: `${NAME}` references and plain settings. Empty: nothing beyond the basics.', line),
    headers: mapOf('HTTP headers, under the same rule. Empty: none.', line),
    cwd: orNull(line, "Working folder. Null: the client's."),
    allowedHosts: lines('Hosts the process may reach. Empty: none.'),
    read: lines('Paths it may read. Empty: none beyond its runtime.'),
    write: lines('Paths it may write. Empty: none.'),
    pin: orNull(line, 'Digest of its tool list, from `stakes.pins.json`. Null: not pinned.'),
    pins: mapOf(
      'Pins of its granted tools, by name. Absent: no tool is compared with anything; a granted tool that is not in here: never pinned, and kept back by the gate.',
      { $ref: '#/definitions/toolPin' },
    ),
  },
  ['pins'],
);

const limits = whole<LimitGrants>('Ceilings.', {
  usdPerDay: amount('US dollars of model spend a day.'),
  usdPerSession: amount('US dollars of model spend a session.'),
  toolUsdPerDay: amount('US dollars that tools spend a day.'),
  turnsPerSession: amount('Model turns a session.'),
  tokensPerSession: amount('Model tokens a session.'),
  callsPerMinute: amount('Tool calls a minute.'),
  repeatsPerCall: amount('The same call in a session.'),
  delegationDepth: amount('How deep subagents start subagents.'),
  subagentsPerSession: amount('Subagents a session.'),
  concurrentSubagents: amount('Subagents at the same time.'),
  sessionMinutes: amount('Minutes a session.'),
});

const approvals = whole<ApprovalPolicy>('How calls that ask are approved.', {
  approvers: lines('People or groups. Empty: whoever started the session.'),
  channel: text(
    'Where they are asked: `inbox`, `elicitation`, `webhook`, or several with commas. A gate that has none of them asks in the inbox.',
  ),
  expiresSeconds: seconds('How long an approval waits and holds.'),
  singleUse: { const: true, description: 'One approval, one call.' },
  boundToArguments: { const: true, description: 'It covers exactly the arguments that were shown.' },
});

const credential = whole<CredentialGrant>('A credential, by the name of its environment variable.', {
  servers: lines('Servers that get it. Empty: none named.'),
  mode: orUnknown(CREDENTIAL_MODES, 'Can it touch production?'),
  scopes: lines('What it is scoped to. Empty: nothing named.'),
  ttlSeconds: orNull(seconds(''), 'Life of one token. Null: not stated.'),
});

const agent = whole<AgentPolicy>('The grants of one agent.', {
  id: text('Its id.'),
  name: text('Its name for people.'),
  owner: orNull(line, 'Who owns the policy. Null: nobody is named.'),
  environment: orUnknown(ENVIRONMENTS, 'Where it runs.'),
  concern: oneOf(CONCERNS, 'The failure feared most.'),
  attended: { type: 'boolean', description: 'A person starts each session.' },
  tools: mapOf('Grants by tool. A tool that is not listed is denied.', { $ref: '#/definitions/grant' }),
  servers: mapOf('MCP servers by name. Empty: none.', { $ref: '#/definitions/server' }),
  models: {
    type: 'array',
    description: 'Models it may use. Empty: any.',
    items: whole<{ provider: string; id: string }>('One model.', {
      provider: text('Provider.'),
      id: text('Model id.'),
    }),
  },
  network: whole<AgentPolicy['network']>("The agent's own process.", {
    egress: orUnknown(EGRESSES, 'Where it may connect. Unknown: treated as none.'),
    allowedHosts: lines('Hosts for `listed`. Empty: none.'),
  }),
  filesystem: whole<AgentPolicy['filesystem']>("Files of the agent's own process.", {
    read: orNull(lines(''), 'Paths it may read. Null: not stated; empty: nothing.'),
    write: orNull(lines(''), 'Paths it may write. Null: not stated, none is granted; empty: nothing.'),
  }),
  credentials: mapOf('Credentials by name. Empty: none.', credential),
  limits: { $ref: '#/definitions/limits' },
  approvals: orNull(approvals, 'Null: nothing asks.'),
  subagents: mapOf('Subagents by the name the agent calls them, to agent ids. Empty: none.', line),
});

/** `schemas/policy.schema.json`. */
export const policySchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:policy:1',
  title: 'Stakes policy',
  ...whole<Policy>('The target-neutral policy that targets and the gate read.', {
    schema: { const: POLICY_SCHEMA, description: 'Version of this format.' },
    root: text('The agent that a session starts with: a key of `agents`.'),
    tier: oneOf(TIERS, 'The control tier.'),
    floor: oneOf(TIERS, 'The tier if every open fact turns out well.'),
    stage: oneOf(['none', 'staging-only'], 'Whether only the staging boundary and the light controls are due now.'),
    digest: {
      type: 'string',
      pattern: '^sha256:[0-9a-f]{64}$',
      description: 'Of the manifest and every subagent, as canonical JSON.',
    },
    controls: { type: 'array', items: { enum: CONTROLS }, description: 'Required controls.' },
    audit: oneOf(['none', 'log', 'signed'], 'What kind of record every call leaves.'),
    tokenTtlSeconds: seconds('Life of a token minted for one call.'),
    protectedPaths: lines('Paths no agent may write; `*` and `**` as in gitignore.'),
    notes: lines('What was turned stricter than the manifest says. Empty: nothing.'),
    agents: mapOf('Policies by agent id.', { $ref: '#/definitions/agent' }),
  }),
  definitions: { agent, grant, server, toolPin, limits, argumentSchema },
};
