import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'windsurf-mcp',
  since: '0.1.0',
  title: 'MCP servers of Windsurf (mcp_config.json)',
  about:
    'Which servers Windsurf starts, and which of their tools are switched off. Not what those do, and not what runs without asking.',
  files: {
    project: ['.windsurf/mcp_config.json', '.codeium/windsurf/mcp_config.json'],
    user: ['.codeium/windsurf/mcp_config.json'],
  },
  read: (source) => readClient(source, { host: 'windsurf', keys: ['mcpServers'] }),
  examples: [
    {
      shows: 'an address under its own name for it',
      files: {
        '.codeium/windsurf/mcp_config.json':
          '{ "mcpServers": { "figma": { "serverUrl": "https://figma.example/mcp", "headers": { "API_KEY": "Bearer ${env:FIGMA_TOKEN}" }, "disabledTools": ["publish"] } } }',
      },
      parts: [
        {
          host: 'windsurf',
          folder: '',
          said: {
            mcpServers: { figma: { url: 'https://figma.example/mcp', headers: { API_KEY: 'Bearer ${FIGMA_TOKEN}' } } },
            tools: { 'figma/publish': { access: 'deny' }, 'figma/*': {} },
            credentials: { FIGMA_TOKEN: { servers: ['figma'] } },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
    },
    {
      shows: 'a file that ends too soon',
      files: {
        '.windsurf/mcp_config.json': '{ "mcpServers"',
      },
      parts: [],
      problems: ['not-json'],
    },
  ],
});
