import { closed, flag, type JsonSchema, listOf, mapOf, text } from '../../schema/json-schema.ts';

const number = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description });
const whole = (description: string): JsonSchema => ({ type: 'integer', minimum: 1, description });
const name: JsonSchema = { type: 'string' };

/** Source: docs.litellm.ai/docs/mcp_control and `LiteLLM_ObjectPermissionBase` (read 2026-11). */
const objectPermission = closed<{ mcp_servers: string[]; mcp_tool_permissions?: Record<string, string[]> }>(
  'MCP servers and tools of a key or an agent.',
  {
    mcp_servers: { ...listOf('Server names or ids; `no-mcp-servers` for none.', name), minItems: 1 },
    mcp_tool_permissions: mapOf(
      'Tools by server; a server that is not here offers all of them.',
      listOf('Tools.', name),
    ),
  },
  ['mcp_servers'],
);

interface Key {
  models?: string[];
  max_budget?: number;
  budget_duration?: string;
  mcp_rpm_limit?: Record<string, number>;
  object_permission: unknown;
  metadata: Record<string, unknown>;
}

/** The fields of `POST /key/generate` that this target uses. Sources: `GenerateKeyRequest`; docs/mcp_control for `mcp_rpm_limit`. */
export const keySchema = closed<Key>(
  'Body of POST /key/generate.',
  {
    models: { ...listOf('Model names that the key may use. Absent or empty: any.', name), minItems: 1 },
    max_budget: number('US dollars for each `budget_duration`.'),
    budget_duration: { enum: ['1d'], description: 'When the spend is set back.' },
    mcp_rpm_limit: mapOf('Tool calls a minute, by server.', whole('Calls.')),
    object_permission: objectPermission,
    metadata: mapOf('Free-form, but for `max_iterations`.', {}),
  },
  ['object_permission', 'metadata'],
);

interface Card {
  protocolVersion: string;
  name: string;
  description: string;
  url: string;
  version: string;
  capabilities: object;
  defaultInputModes: string[];
  defaultOutputModes: string[];
  skills: unknown[];
}

const card = closed<Card>(
  'The agent card; every field is required by `AgentCard`.',
  {
    protocolVersion: text('Version of A2A.'),
    name: { type: 'string' },
    description: text('For people.'),
    url: text('Where the agent answers.'),
    version: text('Version of the agent.'),
    capabilities: { type: 'object' },
    defaultInputModes: listOf('Modes.', name),
    defaultOutputModes: listOf('Modes.', name),
    skills: { type: 'array' },
  },
  [
    'protocolVersion',
    'name',
    'description',
    'url',
    'version',
    'capabilities',
    'defaultInputModes',
    'defaultOutputModes',
    'skills',
  ],
);

interface Params {
  require_trace_id_on_calls_by_agent: boolean;
  max_iterations?: number;
  max_budget_per_session?: number;
}

interface Agent {
  agent_name: string;
  agent_card_params: unknown;
  litellm_params: unknown;
  object_permission: unknown;
}

/** The fields of `POST /v1/agents` that this target uses. Sources: `AgentConfig`; docs/a2a_iteration_budgets. */
export const agentSchema = closed<Agent>(
  'Body of POST /v1/agents.',
  {
    agent_name: text('Unique name.'),
    agent_card_params: card,
    litellm_params: closed<Params>(
      'Caps of one session, which is one trace id.',
      {
        require_trace_id_on_calls_by_agent: flag('Refuse calls without a trace id.'),
        max_iterations: whole('Model calls a session.'),
        max_budget_per_session: number('US dollars a session.'),
      },
      ['require_trace_id_on_calls_by_agent'],
    ),
    object_permission: objectPermission,
  },
  ['agent_name', 'agent_card_params', 'litellm_params'],
);

interface Deployment {
  model_name: string;
  litellm_params: unknown;
}

/** The part of `config.yaml` that this target uses. Sources: docs/proxy/configs, docs/proxy/provider_budget_routing. */
export const configSchema = closed<{ model_list: unknown[]; router_settings?: unknown; general_settings: unknown }>(
  'config.yaml of the proxy.',
  {
    model_list: {
      type: 'array',
      items: closed<Deployment>(
        'One model.',
        {
          model_name: { type: 'string' },
          litellm_params: closed<{ model: string; api_key?: string }>(
            'Where it is served.',
            { model: text('`provider/id`.'), api_key: { type: 'string', pattern: '^os\\.environ/[A-Z_]+$' } },
            ['model'],
          ),
        },
        ['model_name', 'litellm_params'],
      ),
    },
    router_settings: closed<{ provider_budget_config: unknown }>('Routing.', {
      provider_budget_config: mapOf(
        'Budgets by provider.',
        closed<{ budget_limit: number; time_period: string }>(
          'One budget.',
          { budget_limit: number('US dollars.'), time_period: { enum: ['1d'] } },
          ['budget_limit', 'time_period'],
        ),
      ),
    }),
    general_settings: closed<{ master_key: string; database_url: string }>(
      'The proxy.',
      { master_key: { const: 'os.environ/LITELLM_MASTER_KEY' }, database_url: { const: 'os.environ/DATABASE_URL' } },
      ['master_key', 'database_url'],
    ),
  },
  ['model_list', 'general_settings'],
);
