import { defineImporter } from './define.ts';
import { readJson } from './parts/jsonc.ts';
import { serversOf } from './parts/servers.ts';

export const importer = defineImporter({
  id: 'mcp-json',
  since: '0.1.0',
  title: 'MCP servers of a project (.mcp.json)',
  about:
    'Which servers Claude Code starts in this folder, with their packages, addresses and the names of their secrets. Not which tools they have, what those do, or who approves them.',
  files: { project: ['.mcp.json'] },
  read({ file, folder, text }) {
    const json = readJson(file, text);
    if ('code' in json) return { parts: [], problems: [json] };
    // Some tools write the map of servers without the key around it.
    const bare = json.value.mcpServers === undefined && Object.values(json.value).some(isServer);
    const path = bare ? [] : ['mcpServers'];
    const { said, from, problems } = serversOf(bare ? json.value : json.value.mcpServers, path, json.place);
    return { parts: [{ host: 'claude-code', folder, said, from }], problems };
  },
  examples: [
    {
      shows: 'a server from a package with a reference to its secret, and a remote one',
      files: {
        '.mcp.json': `{
  "mcpServers": {
    "github": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-github@2025.4.8"],
      "env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "\${GH_TOKEN}" }
    },
    "linear": { "type": "http", "url": "https://mcp.linear.app/mcp" }
  }
}`,
      },
      parts: [
        {
          host: 'claude-code',
          folder: '',
          said: {
            mcpServers: {
              github: {
                command: 'npx',
                args: ['-y', '@modelcontextprotocol/server-github@2025.4.8'],
                env: { GITHUB_PERSONAL_ACCESS_TOKEN: '${GH_TOKEN}' },
              },
              linear: { type: 'http', url: 'https://mcp.linear.app/mcp' },
            },
            tools: { 'github/*': {}, 'linear/*': {} },
            credentials: { GH_TOKEN: { servers: ['github'] } },
          },
        },
      ],
    },
    {
      shows: 'a secret that is written out: told by name and place, and not taken over',
      files: {
        'apps/desk/.mcp.json':
          '{ "mcpServers": { "shop": { "command": "shop-mcp", "env": { "SHOP_API_KEY": "a1b2c3d4e5" } } } }',
      },
      parts: [
        {
          host: 'claude-code',
          folder: 'apps/desk',
          said: {
            mcpServers: { shop: { command: 'shop-mcp', env: { SHOP_API_KEY: '${SHOP_API_KEY}' } } },
            tools: { 'shop/*': {} },
            credentials: { SHOP_API_KEY: { servers: ['shop'] } },
          },
        },
      ],
      problems: ['literal-secret'],
    },
    {
      shows: 'a broken file: one problem, and the others are still read',
      files: { '.mcp.json': '{ "mcpServers": { "github": ' },
      parts: [],
      problems: ['not-json'],
    },
  ],
});

function isServer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('command' in value || 'url' in value);
}
