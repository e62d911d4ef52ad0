import { DECLARABLE_CONTROLS } from '../model/controls.ts';
import type {
  CredentialFacts,
  DataScope,
  DeclaredControl,
  Manifest,
  McpServer,
  ServerReach,
  SubagentReference,
} from '../model/manifest.ts';
import {
  CLASSIFICATIONS,
  CONCERNS,
  CREDENTIAL_MODES,
  DATA_SOURCES,
  EFFECTS,
  EGRESSES,
  ENVIRONMENTS,
  INITIATIONS,
  REVIEWS,
} from '../model/vocabulary.ts';
import { closed, flag, type JsonSchema, listOf, mapOf, oneOf, ownSchema, type Schemed, text } from './json-schema.ts';
import { limits } from './limits.ts';
import { storeUrl } from './store.ts';
import { argumentSchema, toolFacts } from './tool.ts';

const DURATION = '^[1-9][0-9]{0,5}(s|m|h|d)$';
const ENVIRONMENT_NAME = '^[A-Za-z_][A-Za-z0-9_]*$';
const NAME = '^[A-Za-z0-9][A-Za-z0-9._ -]*$';
const KEBAB = '^[a-z0-9]+(-[a-z0-9]+)*$';

const paths = (description: string) => listOf(description, { type: 'string', minLength: 1 });
const hosts = (description: string) =>
  listOf(description, {
    type: 'string',
    pattern:
      '^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[0-9]{1,5})?$',
  });

const server: JsonSchema = {
  ...closed<Pick<McpServer, 'type' | 'command' | 'args' | 'env' | 'cwd' | 'url' | 'headers'>>(
    "One MCP server, verbatim from any client's configuration; keys that Stakes does not know are kept.",
    {
      type: text('`stdio`, `http` or `sse`. Absent: `http` when there is a `url`, else `stdio`.'),
      command: text('Program to start. Absent: the server is reached at `url`.'),
      args: { type: 'array', items: { type: 'string' }, description: 'Arguments of the program. Absent: none.' },
      env: mapOf(
        'Environment of the server process; secrets as `${NAME}`. Absent: nothing beyond the basics.',
        { type: 'string' },
        { pattern: ENVIRONMENT_NAME },
      ),
      cwd: text("Working folder. Absent: the client's."),
      url: text('Address of a remote server. Absent: the server is started with `command`.'),
      headers: mapOf('HTTP headers; secrets as `${NAME}`. Absent: none.', { type: 'string' }),
    },
  ),
  additionalProperties: true,
};

const serverReach = closed<ServerReach>('What the server process itself may reach, for its own sandbox.', {
  network: closed<NonNullable<ServerReach['network']>>('Absent: no network.', {
    allowedHosts: hosts('Hosts the server may reach. Absent or empty: none.'),
  }),
  filesystem: closed<NonNullable<ServerReach['filesystem']>>('Absent: no files beyond what its runtime needs.', {
    read: paths('Folders and files the server may read. Absent or empty: none.'),
    write: paths('Folders and files the server may write. Absent or empty: none.'),
  }),
});

const dataScope = closed<DataScope>('A named body of data.', {
  classification: oneOf(CLASSIFICATIONS, 'How bad it is when this data gets out. Absent: unknown, at worst regulated.'),
  categories: listOf('What kind of data, such as `pii`, `phi`, `pci`. Absent: not said; changes no tier.', {
    type: 'string',
    minLength: 1,
  }),
  source: oneOf(DATA_SOURCES, 'Where the data comes from. Absent: unknown, at worst production.'),
});

const credential = closed<CredentialFacts>('A credential by the name of its environment variable; never its value.', {
  servers: listOf('Servers that get it. Absent: not said.', { type: 'string' }),
  mode: oneOf(CREDENTIAL_MODES, '`test` cannot touch production. Absent: unknown, at worst live.'),
  scopes: listOf('What it is scoped to. Absent or with a wildcard: it is not a scoped token.', {
    type: 'string',
    minLength: 1,
  }),
  ttl: {
    type: 'string',
    pattern: DURATION,
    description: 'How long one token lives, such as `15m`. Absent: it does not expire.',
  },
});

const subagent = closed<SubagentReference>(
  'An agent this one can hand work to. It is part of the reach.',
  {
    manifest: {
      description:
        'A path relative to this file, a path with `#agent-id`, or the manifest itself (`schemaVersion` is optional there).',
      if: { type: 'string' },
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
      then: { type: 'string', minLength: 1 },
      else: { $ref: '#/definitions/manifest' },
    },
  },
  ['manifest'],
);

const tool: JsonSchema = {
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { enum: EFFECTS },
  else: { $ref: '#/definitions/tool' },
};

const manifest: JsonSchema = closed<Manifest & Schemed>(
  'What an agent can do and who reviews it. Only `schemaVersion`, `agent.id` and `tools` are required; what is absent is unknown and counts at its worst.',
  {
    $schema: ownSchema,
    schemaVersion: { const: 1, description: 'Version of this format. Required at the top of a document.' },
    agent: closed<Manifest['agent']>(
      'Who the agent is.',
      {
        id: {
          type: 'string',
          pattern: KEBAB,
          maxLength: 64,
          description: 'Kebab-case name, unique among the agents assessed together.',
        },
        name: text('Name for people. Absent: the id.'),
        description: text('What the agent is for. Absent: not said.'),
        owner: text('Who owns the policy after launch. Absent: nobody, which a rule reports.'),
        environment: oneOf(
          ENVIRONMENTS,
          'Where it runs. Never changes the tier; `prototype` and `staging` change what is required now, when nothing of production is in reach. Absent: counts as production.',
        ),
      },
      ['id'],
    ),
    concern: oneOf(
      CONCERNS,
      'The failure feared most. `cost` makes spend cap and loop limit required. Absent: security.',
    ),
    autonomy: closed<NonNullable<Manifest['autonomy']>>('How it runs. Absent: every field below is absent.', {
      initiation: oneOf(INITIATIONS, 'What starts a session. Absent: unknown, at worst not a person.'),
      review: oneOf(
        REVIEWS,
        'Who sees an action before it lands, where a tool states no `access`: `each-action` (every write and high-stakes read asks), `high-stakes` (those ask), `none`. Absent: unknown, at worst none.',
      ),
      actionsPerDay: {
        type: 'number',
        minimum: 0,
        description: 'Expected actions a day; used for cost, never enforced. Absent: unknown.',
      },
    }),
    approvals: closed<NonNullable<Manifest['approvals']>>(
      'Who approves calls that ask. Absent: whoever started the session, and where that is no person such calls are denied.',
      {
        approvers: listOf('People or groups. Absent or empty: whoever started the session, if a person did.', {
          type: 'string',
          minLength: 1,
        }),
        channel: text(
          'Where they are asked: `inbox`, `elicitation` (the user of the client, where that is who approves), `webhook`, or several with commas. What a gate does not have is asked in the inbox. Absent: `inbox`.',
        ),
        expires: {
          type: 'string',
          pattern: DURATION,
          description: 'How long an approval waits and holds, such as `15m`. Absent: 15m.',
        },
      },
    ),
    inputs: closed<NonNullable<Manifest['inputs']>>('What the agent reads. Absent: unknown.', {
      untrusted: flag('Does it read text that strangers can write? Absent: unknown, at worst yes.'),
    }),
    models: {
      type: 'array',
      description: 'Models it may use. Absent: any.',
      items: closed<{ provider: string; id: string }>(
        'One model.',
        { provider: text('Such as `anthropic`.'), id: text('The id that the provider uses.') },
        ['provider', 'id'],
      ),
    },
    data: mapOf(
      'The bodies of data in reach, by name. Absent: one unknown scope behind every tool that states no `data`; empty: none.',
      dataScope,
      { pattern: NAME, maxLength: 100 },
    ),
    mcpServers: mapOf(
      "MCP servers, verbatim from any client's configuration. Absent: none are configured here.",
      server,
      {
        pattern: NAME,
        maxLength: 100,
      },
    ),
    servers: mapOf('What each server process itself may reach. Absent: nothing.', serverReach),
    tools: mapOf(
      "The tools, by `server/tool` or a host's built-in name; `server/*` is the rest of that server. A tool that is not listed is denied.",
      tool,
      { pattern: '^[^/\\s]([^/]*[^/\\s])?(/[^\\s]+)?$', maxLength: 200 },
    ),
    network: closed<NonNullable<Manifest['network']>>(
      "The agent's own process. Never lowers a tool's own egress. Absent: unknown.",
      {
        egress: oneOf(EGRESSES, 'Where the process may connect. Absent: unknown; generated sandboxes let nothing out.'),
        allowedHosts: hosts('Hosts for `listed`, with an optional port. Absent or empty: none.'),
      },
    ),
    filesystem: closed<NonNullable<Manifest['filesystem']>>("Files of the agent's own process. Absent: unknown.", {
      read: paths('Folders and files it may read. Absent: unknown, at worst any file; empty: nothing.'),
      write: paths('Folders and files it may write. Absent: unknown, generated sandboxes allow none; empty: nothing.'),
    }),
    credentials: mapOf('Credentials by the name of their environment variable. Absent: none.', credential, {
      pattern: ENVIRONMENT_NAME,
    }),
    limits,
    subagents: mapOf('Agents this one can hand work to, by the name it calls them. Absent: none.', subagent, {
      pattern: KEBAB,
    }),
    controls: {
      ...mapOf(
        'Controls that no other field shows, declared by hand. Absent: none.',
        closed<DeclaredControl>('One declared control.', {
          by: text('What provides it, such as `gVisor`. Absent: not said.'),
          evidence: text('Where that can be checked. Absent: the control is claimed, not shown.'),
        }),
        { enum: DECLARABLE_CONTROLS },
      ),
    },
  },
  ['agent', 'tools'],
);

/** `schemas/agent.schema.json`. */
export const agentSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: storeUrl('agent'),
  title: 'Stakes agent manifest',
  type: 'object',
  allOf: [{ $ref: '#/definitions/manifest' }],
  // Strict validators ask that what is required is also a property here.
  properties: { schemaVersion: {} },
  required: ['schemaVersion'],
  definitions: {
    manifest,
    tool: toolFacts,
    argumentSchema,
  },
};
