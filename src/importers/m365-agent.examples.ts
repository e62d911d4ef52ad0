import type { ImportExample } from './define.ts';

const api = `openapi: 3.0.4
info: { title: Repairs, version: "1" }
servers: [{ url: https://repairs.example.com/api }]
paths:
  /repairs:
    get: { operationId: listRepairs, responses: {} }
    post: { operationId: createRepair, responses: {} }
    delete: { operationId: deleteRepair, x-openai-isConsequential: false, responses: {} }
`;

export const examples: readonly ImportExample[] = [
  {
    shows: 'what it searches, a plugin whose calls are confirmed by their method, and one that a vault signs in',
    files: {
      'bot/appPackage/declarativeAgent.json': `\uFEFF{
  "$schema": "https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.8/schema.json",
  "version": "v1.8", "id": "repairs", "name": "Repairs\${{APP_NAME_SUFFIX}}", "description": "Tracks repairs",
  "instructions": "$[file('instruction.txt')]",
  "capabilities": [{ "name": "WebSearch", "sites": [{ "url": "https://contoso.com" }] }, { "name": "OneDriveAndSharePoint" }, { "name": "EmailActions" }, { "name": "CodeInterpreter" }, { "name": "ScenarioModels", "models": [{ "id": "m" }] }],
  "actions": [{ "id": "repairs", "file": "ai-plugin.json" }],
  "sensitivity_label": { "id": "3f3a7a2c-0000-4000-8000-000000000000" }
}`,
      'bot/appPackage/ai-plugin.json': `{
  "schema_version": "v2.4", "name_for_human": "Repairs", "namespace": "repairs", "description_for_human": "Repairs",
  "functions": [
    { "name": "listRepairs", "capabilities": { "security_info": { "data_handling": ["GetPrivateData"] } } },
    { "name": "createRepair", "capabilities": { "confirmation": { "type": "AdaptiveCard", "title": "Create?" }, "security_info": { "data_handling": ["ResourceStateUpdate"] } } },
    { "name": "deleteRepair" }
  ],
  "runtimes": [{ "type": "OpenApi", "auth": { "type": "OAuthPluginVault", "reference_id": "\${{OAUTH_ID}}" }, "spec": { "url": "apiSpecificationFile/repair.yaml" }, "run_for_functions": ["listRepairs", "createRepair", "deleteRepair"] }]
}`,
      'bot/appPackage/apiSpecificationFile/repair.yaml': api,
    },
    parts: [
      {
        host: 'm365-copilot',
        folder: 'bot',
        apart: 'appPackage/declarativeAgent.json',
        said: {
          agent: { name: 'Repairs', description: 'Tracks repairs' },
          inputs: { untrusted: true },
          data: { sharepoint: {}, mail: {} },
          mcpServers: { repairs: {} },
          servers: { repairs: { network: { allowedHosts: ['repairs.example.com'] } } },
          tools: {
            WebSearch: { effect: 'read', egress: 'none', access: 'allow' },
            OneDriveAndSharePoint: { effect: 'read', egress: 'none', data: ['sharepoint'], access: 'allow' },
            EmailActions: { effect: 'write', egress: 'open', data: ['mail'] },
            CodeInterpreter: { effect: 'write', arbitrary: true },
            'repairs/listRepairs': { annotations: { readOnlyHint: true }, access: 'allow' },
            'repairs/createRepair': { effect: 'write', access: 'ask' },
            'repairs/deleteRepair': { effect: 'write', access: 'allow' },
          },
          credentials: { REPAIRS_OAUTH: { servers: ['repairs'] } },
        },
        notes: { '/agent': 'its files have a sensitivity label' },
      },
    ],
  },
  {
    shows:
      'a server with its list of tools and their hints, one whose tools are found when it runs, and agents that it starts',
    files: {
      'hrDeclarativeAgent.json': `{
  "version": "v1.6", "name": "HR", "description": "Helps", "instructions": "Help.",
  "capabilities": [{ "name": "People" }, { "name": "Telepathy" }],
  "worker_agents": [{ "id": "P_1" }],
  "actions": [
    { "namespace": "github", "functions": [{ "name": "get_me" }, { "name": "merge" }],
      "runtimes": [{ "type": "RemoteMCPServer", "auth": { "type": "ApiKeyPluginVault", "reference_id": "x" }, "run_for_functions": ["get_me", "merge"],
        "spec": { "url": "https://api.githubcopilot.com/mcp/", "mcp_tool_description": { "tools": [{ "name": "get_me", "annotations": { "readOnlyHint": true, "title": "Me" } }, { "name": "merge" }] } } }] },
    { "namespace": "wiki", "runtimes": [{ "type": "RemoteMCPServer", "auth": { "type": "None" }, "spec": { "url": "https://wiki.example.com/mcp", "enable_dynamic_discovery": true } }] }
  ]
}`,
    },
    parts: [
      {
        host: 'm365-copilot',
        folder: '',
        name: 'hr',
        apart: 'hrDeclarativeAgent.json',
        said: {
          agent: { name: 'HR', description: 'Helps' },
          data: { people: {} },
          mcpServers: {
            github: { type: 'http', url: 'https://api.githubcopilot.com/mcp/' },
            wiki: { type: 'http', url: 'https://wiki.example.com/mcp' },
            agents: {},
          },
          tools: {
            People: { effect: 'read', egress: 'none', data: ['people'], access: 'allow' },
            Telepathy: {},
            'github/get_me': { annotations: { readOnlyHint: true } },
            'github/merge': {},
            'wiki/*': {},
            'agents/*': {},
          },
          credentials: { GITHUB_API_KEY: { servers: ['github'] } },
        },
        notes: { '/tools/agents~1*': 'it starts other agents: put them under `subagents`' },
      },
    ],
  },
  {
    shows: 'a plugin that is not in the package, one that would be read from outside of it, and one that is broken',
    files: {
      'declarativeAgent.json': `{ "name": "Lost", "instructions": "Look.", "capabilities": {}, "actions": [{ "id": "gone", "file": "gone.json" }, { "id": "out", "file": "../../etc/passwd.json" }, { "id": "bad", "file": "bad.json" }, 5] }`,
      'bad.json': '{ "namespace": ',
    },
    parts: [
      {
        host: 'm365-copilot',
        folder: '',
        apart: 'declarativeAgent.json',
        said: {
          agent: { name: 'Lost' },
          mcpServers: { gone: {}, out: {}, bad: {} },
          tools: { 'gone/*': {}, 'out/*': {}, 'bad/*': {} },
        },
      },
    ],
    problems: ['no-plugin', 'no-plugin', 'no-plugin'],
  },
  {
    shows: 'a broken file, and one of another program',
    files: { 'a/declarativeAgent.json': '{ "name": ', 'b/declarative-agent.json': '{ "name": "x", "version": 1 }' },
    parts: [],
    problems: ['not-json'],
  },
];
