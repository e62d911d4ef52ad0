import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'cline-mcp',
  since: '0.1.0',
  title: 'MCP servers of Cline (cline_mcp_settings.json)',
  about: 'Which servers Cline starts, and which of their tools it calls without asking. Not what those do.',
  files: {
    project: ['cline_mcp_settings.json'],
    user: [
      '.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
      'Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
      'AppData/Roaming/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    ],
  },
  read: (source) => readClient(source, { host: 'cline', keys: ['mcpServers'] }),
  examples: [
    {
      shows: 'one tool that is called without asking',
      files: {
        'cline_mcp_settings.json':
          '{ "mcpServers": { "notes": { "command": "notes-mcp", "disabled": false, "autoApprove": ["search"] } } }',
      },
      parts: [
        {
          host: 'cline',
          folder: '',
          said: {
            mcpServers: { notes: { command: 'notes-mcp' } },
            tools: { 'notes/search': { access: 'allow' }, 'notes/*': {} },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
    },
    {
      shows: 'a token that is written out',
      files: {
        'cline_mcp_settings.json':
          '{ "mcpServers": { "notes": { "url": "https://notes.example/mcp?token=0a1b2c3d4e5f" } } }',
      },
      parts: [
        {
          host: 'cline',
          folder: '',
          said: {
            mcpServers: { notes: { url: 'https://notes.example/mcp?token=${NOTES_TOKEN}' } },
            tools: { 'notes/*': {} },
            credentials: { NOTES_TOKEN: { servers: ['notes'] } },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
      problems: ['literal-secret'],
    },
  ],
});
