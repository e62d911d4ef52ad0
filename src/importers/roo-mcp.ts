import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'roo-mcp',
  since: '0.1.0',
  title: 'MCP servers of Roo Code (.roo/mcp.json)',
  about:
    'Which servers Roo Code starts in this folder, and which of their tools it calls without asking. Not what those do.',
  files: { project: ['.roo/mcp.json'] },
  read: (source) => readClient(source, { host: 'roo-code', keys: ['mcpServers'] }),
  examples: [
    {
      shows: 'tools that are called without asking, and one that is switched off',
      files: {
        '.roo/mcp.json':
          '{ "mcpServers": { "desk": { "command": "npx", "args": ["-y", "desk-mcp@2.0.1"], "alwaysAllow": ["list_tickets"], "disabledTools": ["delete_ticket"], "timeout": 30 }, "old": { "command": "old-mcp", "disabled": true } } }',
      },
      parts: [
        {
          host: 'roo-code',
          folder: '',
          said: {
            mcpServers: { desk: { command: 'npx', args: ['-y', 'desk-mcp@2.0.1'] } },
            tools: { 'desk/delete_ticket': { access: 'deny' }, 'desk/list_tickets': { access: 'allow' }, 'desk/*': {} },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
    },
    {
      shows: 'a password in an address, and a server of the wrong shape',
      files: {
        'app/.roo/mcp.json':
          '{ "mcpServers": { "db": { "command": "uvx", "args": ["db-mcp", "--dsn", "mysql://root:hunter2hunter2@db.internal/app"] }, "x": "npx x" } }',
      },
      parts: [
        {
          host: 'roo-code',
          folder: 'app',
          said: {
            mcpServers: {
              db: { command: 'uvx', args: ['db-mcp', '--dsn', 'mysql://root:${DB_PASSWORD}@db.internal/app'] },
            },
            tools: { 'db/*': {} },
            credentials: { DB_PASSWORD: { servers: ['db'] } },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
      problems: ['literal-secret', 'not-a-server'],
    },
  ],
});
