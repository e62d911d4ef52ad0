import { claudeCode } from '../catalog/hosts/claude-code.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import { defineImporter } from './define.ts';
import { projectOf } from './parts/claude/project.ts';
import { readClient } from './parts/client.ts';

export const importer = defineImporter({
  id: 'mcp-json',
  since: '0.1.0',
  title: 'MCP servers of a project (.mcp.json)',
  about:
    'Which servers Claude Code starts in this folder beside its built-in tools, with their packages, addresses and the names of their secrets. Not which tools they have, what those do, or who approves them.',
  files: { project: ['.mcp.json'] },
  read(source) {
    const { listed } = projectOf(source);
    return readClient(source, {
      host: 'claude-code',
      keys: ['mcpServers'],
      mayBeBare: true,
      builtIns: builtInsOf(claudeCode),
      without: new Set(listed('disabledMcpjsonServers')),
    });
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
            tools: { ...builtInsOf(claudeCode), 'github/*': {}, 'linear/*': {} },
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
            tools: { ...builtInsOf(claudeCode), 'shop/*': {} },
            credentials: { SHOP_API_KEY: { servers: ['shop'] } },
          },
        },
      ],
      problems: ['literal-secret'],
    },
    {
      shows: 'a server that the settings switch off, and a map without the key around it',
      files: {
        '.mcp.json': '{ "docs": { "url": "https://docs.example/mcp" }, "old": { "command": "old-mcp" } }',
        '.claude/settings.json': '{ "disabledMcpjsonServers": ["old"] }',
      },
      parts: [
        {
          host: 'claude-code',
          folder: '',
          said: {
            mcpServers: { docs: { url: 'https://docs.example/mcp' } },
            tools: { ...builtInsOf(claudeCode), 'docs/*': {} },
          },
        },
      ],
    },
    {
      shows: 'a broken file: one problem, and the others are still read',
      files: { '.mcp.json': '{ "mcpServers": { "github": ' },
      parts: [],
      problems: ['not-json'],
    },
  ],
});
