import { copilot } from '../catalog/hosts/copilot.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

const builtIns = builtInsOf(copilot);

export const importer = defineImporter({
  id: 'copilot-mcp',
  since: '0.1.0',
  title: 'MCP servers of GitHub Copilot (.github/mcp.json, .copilot/mcp-config.json)',
  about:
    'Which servers Copilot starts, and which of their tools it may call where the file lists them. Not what those do, and not what runs without asking.',
  files: {
    project: ['.github/mcp.json', '.github/copilot/mcp.json', '.copilot/mcp-config.json'],
    user: ['.copilot/mcp-config.json'],
  },
  read: (source) => readClient(source, { host: 'copilot', keys: ['mcpServers', 'servers'], builtIns }),
  examples: [
    {
      shows: 'tools by name, and a server with all of them',
      files: {
        '.github/mcp.json': `{
  "mcpServers": {
    "sentry": {
      "type": "local",
      "command": "npx",
      "args": ["@sentry/mcp-server@0.24.0"],
      "tools": ["get_issue_details", "get_issue_summary"],
      "env": { "SENTRY_ACCESS_TOKEN": "$COPILOT_MCP_SENTRY_ACCESS_TOKEN" }
    },
    "azure": { "type": "http", "url": "https://azure.example/mcp", "tools": ["*"] }
  }
}`,
      },
      parts: [
        {
          host: 'copilot',
          folder: '',
          said: {
            mcpServers: {
              sentry: {
                type: 'stdio',
                command: 'npx',
                args: ['@sentry/mcp-server@0.24.0'],
                env: { SENTRY_ACCESS_TOKEN: '${COPILOT_MCP_SENTRY_ACCESS_TOKEN}' },
              },
              azure: { type: 'http', url: 'https://azure.example/mcp' },
            },
            tools: { ...builtIns, 'sentry/get_issue_details': {}, 'sentry/get_issue_summary': {}, 'azure/*': {} },
            credentials: { COPILOT_MCP_SENTRY_ACCESS_TOKEN: { servers: ['sentry'] } },
          },
        },
      ],
    },
    {
      shows: 'a header that is written out',
      files: {
        '.copilot/mcp-config.json':
          '{ "mcpServers": { "desk": { "type": "http", "url": "https://desk.example", "headers": { "X-API-Key": "0a1b2c3d" }, "tools": [] } } }',
      },
      parts: [
        {
          host: 'copilot',
          folder: '',
          said: {
            mcpServers: {
              desk: { type: 'http', url: 'https://desk.example', headers: { 'X-API-Key': '${DESK_TOKEN}' } },
            },
            tools: { ...builtIns, 'desk/*': {} },
            credentials: { DESK_TOKEN: { servers: ['desk'] } },
          },
        },
      ],
      problems: ['literal-secret'],
    },
  ],
});
