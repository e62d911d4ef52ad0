import type { ImportExample } from './define.ts';

export const examples: readonly ImportExample[] = [
  {
    shows:
      'two agents of one file, one of which calls the other; tools that ask, models and servers with their secrets',
    files: {
      'deploy/kagent/desk.yaml': `apiVersion: kagent.dev/v1alpha2
kind: ModelConfig
metadata: { name: smart, namespace: kagent }
spec: { provider: Anthropic, model: claude-sonnet-4-5, apiKeySecret: kagent-anthropic, apiKeySecretKey: ANTHROPIC_API_KEY }
---
apiVersion: kagent.dev/v1alpha2
kind: RemoteMCPServer
metadata: { name: github, namespace: kagent }
spec:
  description: GitHub
  protocol: STREAMABLE_HTTP
  url: https://api.githubcopilot.com/mcp
  headersFrom:
    - { name: Authorization, valueFrom: { type: Secret, name: github-pat, key: token } }
---
apiVersion: kagent.dev/v1alpha1
kind: MCPServer
metadata: { name: everything, namespace: kagent }
spec:
  transportType: stdio
  deployment: { image: "node:22", cmd: npx, args: ["-y", "@modelcontextprotocol/server-everything@2026.1.14"], port: 3000, secretRefs: [{ name: extras }] }
---
apiVersion: kagent.dev/v1alpha2
kind: Agent
metadata: { name: desk, namespace: kagent }
spec:
  description: Answers tickets.
  type: Declarative
  declarative:
    modelConfig: smart
    systemMessage: |
      You answer.
      ---
      Not a document.
    tools:
      - type: McpServer
        mcpServer: { kind: RemoteMCPServer, apiGroup: kagent.dev, name: github, toolNames: [get_issue, create_issue], requireApproval: [create_issue] }
      - type: McpServer
        mcpServer: { kind: MCPServer, name: everything }
      - type: Agent
        agent: { name: k8s }
      - type: Agent
        agent: { name: istio-agent, namespace: mesh }
---
apiVersion: v1
kind: Secret
metadata: { name: github-pat }
stringData: { token: not-read }
---
apiVersion: kagent.dev/v1alpha3
kind: SandboxAgent
metadata: { name: k8s, namespace: kagent }
spec:
  type: Declarative
  skills: { refs: ["ghcr.io/example/skill:1"] }
  sandbox: { network: { allowedDomains: [docs.example.com] } }
  declarative:
    memory: { modelConfig: embeddings }
    deployment: { serviceAccountName: reader, env: [{ name: KUBE_TOKEN, valueFrom: { secretKeyRef: { name: kube, key: KUBE_TOKEN } } }] }
    tools:
      - { type: McpServer, mcpServer: { kind: Service, name: tools, toolNames: [k8s_get] } }
`,
    },
    parts: [
      {
        host: 'kagent',
        folder: 'deploy',
        name: 'desk',
        apart: 'kagent/desk.yaml',
        said: {
          agent: { name: 'desk', description: 'Answers tickets.' },
          models: [{ provider: 'anthropic', id: 'claude-sonnet-4-5' }],
          mcpServers: {
            github: {
              type: 'http',
              url: 'https://api.githubcopilot.com/mcp',
              headers: { Authorization: '${GITHUB_PAT_TOKEN}' },
            },
            everything: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-everything@2026.1.14'] },
          },
          tools: {
            'github/get_issue': { access: 'allow' },
            'github/create_issue': { access: 'ask' },
            'everything/*': { access: 'allow' },
            kagent__NS__k8s: { effect: 'read', egress: 'none', access: 'allow' },
            mesh__NS__istio_agent: { access: 'allow' },
          },
          credentials: { GITHUB_PAT_TOKEN: { servers: ['github'] } },
        },
        notes: {
          '/mcpServers/everything': 'runs in the cluster, from the image node:22; gets all keys of the secrets extras',
        },
      },
      { host: 'kagent', folder: 'deploy', name: 'k8s', apart: 'kagent/desk.yaml', under: 'desk', said: {} },
      {
        host: 'kagent',
        folder: 'deploy',
        name: 'k8s',
        apart: 'kagent/desk.yaml',
        said: {
          agent: { name: 'k8s' },
          mcpServers: { tools: {} },
          tools: {
            'tools/k8s_get': { access: 'allow' },
            bash: { effect: 'write', arbitrary: true, access: 'allow' },
            read_file: { effect: 'read', egress: 'none', access: 'allow' },
            write_file: { effect: 'write', egress: 'none', access: 'allow' },
            edit_file: { effect: 'write', egress: 'none', access: 'allow' },
            skills: { effect: 'read', egress: 'none', access: 'allow' },
            load_memory: { effect: 'read', egress: 'none', access: 'allow' },
            save_memory: { effect: 'write', egress: 'none', access: 'allow' },
          },
          credentials: { KUBE_TOKEN: {} },
        },
        notes: {
          '/agent':
            'acts in the cluster as the service account reader; commands in its sandbox may connect to docs.example.com',
        },
      },
    ],
  },
  {
    shows: 'an image of its own, of which nothing is known but its secrets; a template that names its tools',
    files: {
      'agent.yaml': `apiVersion: kagent.dev/v1alpha2
kind: Agent
metadata: { name: poems }
spec:
  type: BYO
  description: Writes poems
  byo:
    deployment:
      image: ghcr.io/example/poems:1.4
      env:
        - { name: OPENAI_API_KEY, valueFrom: { secretKeyRef: { name: kagent-openai, key: OPENAI_API_KEY } } }
        - { name: LOG_LEVEL, value: debug }
---
apiVersion: kagent.dev/v1alpha3
kind: AgentTemplate
metadata: { name: reviewer, namespace: agents }
spec:
  modelConfig: { name: smart }
  systemPrompt: Review.
  tools:
    - mcp: { server: { kind: RemoteMCPServer, name: github }, tools: [get_pull_request] }
    - agent: { name: poet, description: Writes, templateRef: { name: poet } }
`,
    },
    parts: [
      {
        host: 'kagent',
        folder: '',
        name: 'poems',
        apart: 'agent.yaml',
        said: {
          agent: { name: 'poems', description: 'Writes poems' },
          tools: { 'kagent/*': {} },
          credentials: { OPENAI_API_KEY: {} },
        },
        notes: {
          '/tools/kagent~1*':
            'which tools are these, and what does each do? They are in the code: list them in place of `kagent/*`',
          '/agent': 'runs the image ghcr.io/example/poems:1.4',
        },
      },
      {
        host: 'kagent',
        folder: '',
        name: 'agents/reviewer',
        apart: 'agent.yaml',
        said: {
          agent: { name: 'reviewer' },
          mcpServers: { github: {} },
          tools: { 'github/get_pull_request': { access: 'allow' }, agents__NS__poet: { access: 'allow' } },
        },
      },
    ],
  },
  {
    shows: 'the first version of the format, as a list',
    files: {
      'old-agent.yaml': `apiVersion: v1
kind: List
items:
  - apiVersion: kagent.dev/v1alpha1
    kind: ToolServer
    metadata: { name: files }
    spec: { description: Files, config: { stdio: { command: npx, args: ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", /data] } } }
  - apiVersion: kagent.dev/v1alpha1
    kind: Agent
    metadata: { name: reader }
    spec:
      modelConfig: default-model-config
      systemMessage: Read.
      tools:
        - { type: McpServer, mcpServer: { toolServer: files, toolNames: [read_text_file] } }
        - { type: Agent, agent: { ref: other/writer } }
`,
    },
    parts: [
      {
        host: 'kagent',
        folder: '',
        name: 'reader',
        apart: 'old-agent.yaml',
        said: {
          agent: { name: 'reader' },
          mcpServers: {
            files: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem@2026.8.31', '/data'] },
          },
          tools: { 'files/read_text_file': { access: 'allow' }, other__NS__writer: { access: 'allow' } },
        },
      },
    ],
  },
  {
    shows: 'other resources of a cluster are passed over, broken or not',
    files: {
      'a/agent.yaml': 'apiVersion: agents.example.com/v1\nkind: Agent\nmetadata: { name: x }\nspec: {}\n',
      'b/agent.yaml': 'apiVersion: v1\nkind: [\n',
    },
    parts: [],
  },
  {
    shows: 'broken and hostile: a document that is broken costs only itself, and two agents of one name stay two',
    files: {
      'chart-agent.yaml':
        'apiVersion: kagent.dev/v1alpha2\r\nkind: Agent\r\nmetadata: { name: {{ .Values.name }} }\r\n---\r\napiVersion: kagent.dev/v1alpha2\r\nkind: Agent\r\nmetadata: { name: twin }\r\nspec: { declarative: { tools: [{ mcpServer: { name: a, toolNames: [x, x], requireApproval: [x, y] } }, { mcpServer: { name: a, toolNames: [x] } }, 5, { agent: 7 }] } }\r\n---\r\napiVersion: kagent.dev/v1alpha2\r\nkind: Agent\r\nmetadata: { name: twin }\r\nspec: { byo: { deployment: { env: [{ name: SHOP_API_KEY, value: a1b2c3d4e5 }, 4] } } }\r\n---\r\napiVersion: kagent.dev/v1alpha2\r\nkind: Agent\r\nspec: [\r\n---\r\napiVersion: kagent.dev/v1alpha2\r\nkind: Agent\r\nmetadata: 3\r\nspec: { declarative: { modelConfig: [], tools: 7 } }\r\n',
    },
    parts: [
      {
        host: 'kagent',
        folder: '',
        name: 'twin',
        apart: 'chart-agent.yaml',
        said: {
          agent: { name: 'twin' },
          mcpServers: { a: {}, unknown: {} },
          tools: { 'a/x': { access: 'allow' }, 'a/y': { access: 'ask' }, 'unknown/*': { access: 'allow' } },
        },
      },
      {
        host: 'kagent',
        folder: '',
        name: 'twin-2',
        apart: 'chart-agent.yaml',
        said: { agent: { name: 'twin' }, tools: { 'kagent/*': {} }, credentials: { SHOP_API_KEY: {} } },
        notes: {
          '/tools/kagent~1*':
            'which tools are these, and what does each do? They are in the code: list them in place of `kagent/*`',
        },
      },
      {
        host: 'kagent',
        folder: '',
        name: 'unnamed',
        apart: 'chart-agent.yaml',
        said: { agent: { name: 'unnamed' }, tools: {} },
      },
    ],
    problems: ['template', 'not-yaml', 'duplicate-agent', 'literal-secret'],
  },
];
