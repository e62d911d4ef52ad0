import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'cursor-mcp',
  since: '0.1.0',
  title: 'MCP servers of Cursor (.cursor/mcp.json)',
  about:
    'Which servers Cursor starts in this folder, with their packages, addresses and the names of their secrets. Not which tools they have, and not what runs without asking.',
  files: { project: ['.cursor/mcp.json'], user: ['.cursor/mcp.json'] },
  read: (source) => readClient(source, { host: 'cursor', keys: ['mcpServers'] }),
  examples: [
    {
      shows: 'comments, a reference to the environment, and a server that is switched off',
      files: {
        '.cursor/mcp.json': `{
  // shared by everyone who opens this folder
  "mcpServers": {
    "supabase": {
      "command": "npx",
      "args": ["-y", "@supabase/mcp-server-supabase@0.5.9", "--read-only", "--project-ref=\${env:SUPABASE_REF}"],
      "env": { "SUPABASE_ACCESS_TOKEN": "\${env:SUPABASE_ACCESS_TOKEN}" },
    },
    "figma": { "url": "http://127.0.0.1:3845/mcp" },
    "old": { "command": "old-mcp", "disabled": true },
  },
}`,
      },
      parts: [
        {
          host: 'cursor',
          folder: '',
          said: {
            mcpServers: {
              supabase: {
                command: 'npx',
                args: ['-y', '@supabase/mcp-server-supabase@0.5.9', '--read-only', '--project-ref=${SUPABASE_REF}'],
                env: { SUPABASE_ACCESS_TOKEN: '${SUPABASE_ACCESS_TOKEN}' },
              },
              figma: { url: 'http://127.0.0.1:3845/mcp' },
            },
            tools: { 'supabase/*': {}, 'figma/*': {} },
            credentials: { SUPABASE_ACCESS_TOKEN: { servers: ['supabase'] } },
          },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
    },
    {
      shows: 'a bridge to a remote server, whose header is written out',
      files: {
        'apps/desk/.cursor/mcp.json':
          '{ "mcpServers": { "desk": { "command": "npx", "args": ["mcp-remote", "https://desk.example/mcp", "--header", "Authorization: Bearer 0123456789abcdef"] } } }',
      },
      parts: [
        {
          host: 'cursor',
          folder: 'apps/desk',
          said: {
            mcpServers: {
              desk: {
                command: 'npx',
                args: ['mcp-remote', 'https://desk.example/mcp', '--header', 'Authorization: Bearer ${DESK_TOKEN}'],
              },
            },
            servers: { desk: { network: { allowedHosts: ['desk.example'] } } },
            tools: { 'desk/*': {} },
            credentials: { DESK_TOKEN: { servers: ['desk'] } },
          },
          notes: {
            '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of',
            '/mcpServers/desk': 'a bridge to https://desk.example/mcp, which is where its tools run',
          },
        },
      ],
      problems: ['literal-secret'],
    },
    {
      shows: 'no servers: there is no agent to tell of',
      files: { '.cursor/mcp.json': '{ "mcpServers": {} }' },
      parts: [],
    },
    {
      shows: 'what is no server is left out, and the others stay',
      files: { '.cursor/mcp.json': '{ "mcpServers": { "a": null, "b": { "command": "b" }, "c": [] } }' },
      parts: [
        {
          host: 'cursor',
          folder: '',
          said: { mcpServers: { b: { command: 'b' } }, tools: { 'b/*': {} } },
          notes: { '/tools': 'the program has tools of its own, such as a terminal, that this file does not tell of' },
        },
      ],
      problems: ['not-a-server', 'not-a-server'],
    },
  ],
});
