import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'kiro-mcp',
  since: '0.1.0',
  title: 'MCP servers of Kiro (.kiro/settings/mcp.json)',
  about:
    'Which servers Kiro starts in this folder, which of their tools it calls without asking, and which it may not call. Not what those do.',
  files: { project: ['.kiro/settings/mcp.json'], user: ['.kiro/settings/mcp.json'] },
  read: (source) => readClient(source, { host: 'kiro', keys: ['mcpServers'] }),
  examples: [
    {
      shows: 'every tool of one server without asking',
      files: {
        '.kiro/settings/mcp.json':
          '{ "mcpServers": { "aws": { "command": "uvx", "args": ["awslabs.aws-documentation-mcp-server@1.1.3"], "env": { "AWS_SECRET_ACCESS_KEY": "${AWS_SECRET_ACCESS_KEY}" }, "autoApprove": ["*"], "disabledTools": ["recommend"] } } }',
      },
      parts: [
        {
          host: 'kiro',
          folder: '',
          said: {
            mcpServers: {
              aws: {
                command: 'uvx',
                args: ['awslabs.aws-documentation-mcp-server@1.1.3'],
                env: { AWS_SECRET_ACCESS_KEY: '${AWS_SECRET_ACCESS_KEY}' },
              },
            },
            tools: { 'aws/recommend': { access: 'deny' }, 'aws/*': { access: 'allow' } },
            credentials: { AWS_SECRET_ACCESS_KEY: { servers: ['aws'] } },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
    },
    {
      shows: 'a list in place of a server',
      files: {
        '.kiro/settings/mcp.json': '{ "mcpServers": { "aws": ["uvx"] } }',
      },
      parts: [],
      problems: ['not-a-server'],
    },
  ],
});
