import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'zed-settings',
  since: '0.1.0',
  title: 'MCP servers of Zed (.zed/settings.json)',
  about: 'Which servers Zed starts in this folder. Not which tools they have, and not what runs without asking.',
  files: { project: ['.zed/settings.json'], user: ['.config/zed/settings.json'] },
  read: (source) => readClient(source, { host: 'zed', keys: ['context_servers'] }),
  examples: [
    {
      shows: 'the program in a map of its own, as it was written before',
      files: {
        '.zed/settings.json':
          '{\n  // for everyone\n  "tab_size": 2,\n  "context_servers": { "docs": { "command": { "path": "docs-mcp", "args": ["--root", "."], "env": {} }, "settings": {} }, "web": { "source": "custom", "command": "web-mcp", "args": [] } }\n}',
      },
      parts: [
        {
          host: 'zed',
          folder: '',
          said: {
            mcpServers: {
              docs: { command: 'docs-mcp', args: ['--root', '.'], env: {} },
              web: { command: 'web-mcp', args: [] },
            },
            tools: { 'docs/*': {}, 'web/*': {} },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
    },
    {
      shows: 'settings without servers',
      files: {
        '.zed/settings.json': '{ "tab_size": 2 }',
      },
      parts: [],
    },
    {
      shows: 'a list in place of the map',
      files: {
        '.zed/settings.json': '{ "context_servers": [] }',
      },
      parts: [],
      problems: ['not-a-map'],
    },
  ],
});
