import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

const NAME = 'claude_desktop_config.json';
const FOLDERS = ['Library/Application Support/Claude', 'AppData/Roaming/Claude', '.config/Claude'];

export const importer = defineImporter({
  id: 'claude-desktop',
  since: '0.1.0',
  title: 'MCP servers of Claude Desktop (claude_desktop_config.json)',
  about:
    'Which servers Claude Desktop starts, from its own folder or a copy in a repository. Not which tools they have, and not what somebody has let through for good.',
  files: { project: [NAME], user: FOLDERS.map((folder) => `${folder}/${NAME}`) },
  // A chat window: without servers it has no tools that reach this machine.
  read: (source) => readClient(source, { host: 'claude-desktop', keys: ['mcpServers'], builtIns: {} }),
  examples: [
    {
      shows: 'a folder that is shared, and a database with its password in the address',
      files: {
        'docs/claude_desktop_config.json': `{
  "globalShortcut": "Alt+Space",
  "mcpServers": {
    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.1.14", "/home/ada/notes"] },
    "db": { "command": "uvx", "args": ["mcp-postgres", "postgresql://app:hunter2hunter2@db.internal/app"] }
  }
}`,
      },
      parts: [
        {
          host: 'claude-desktop',
          folder: 'docs',
          said: {
            mcpServers: {
              files: {
                command: 'npx',
                args: ['-y', '@modelcontextprotocol/server-filesystem@2026.1.14', '/home/ada/notes'],
              },
              db: { command: 'uvx', args: ['mcp-postgres', 'postgresql://app:${DB_PASSWORD}@db.internal/app'] },
            },
            tools: { 'files/*': {}, 'db/*': {} },
            credentials: { DB_PASSWORD: { servers: ['db'] } },
          },
        },
      ],
      problems: ['literal-secret'],
    },
    {
      shows: 'where a person has it',
      files: {
        'Library/Application Support/Claude/claude_desktop_config.json':
          '{ "mcpServers": { "notes": { "command": "notes-mcp" } } }',
      },
      parts: [
        {
          host: 'claude-desktop',
          folder: '',
          said: { mcpServers: { notes: { command: 'notes-mcp' } }, tools: { 'notes/*': {} } },
        },
      ],
    },
    {
      shows: 'a file that ends too soon',
      files: { 'claude_desktop_config.json': '{ "mcpServers": { "notes": { "command": "notes-mcp" }' },
      parts: [],
      problems: ['not-json'],
    },
  ],
});
