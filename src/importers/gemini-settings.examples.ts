import { builtInsOf } from '../catalog/hosts/define.ts';
import { geminiCli } from '../catalog/hosts/gemini-cli.ts';
import type { ImportExample } from './define.ts';

const builtIns = builtInsOf(geminiCli);

export const examples: readonly ImportExample[] = [
  {
    shows: 'a trusted server, tools by name, a mode, and commands that land unasked',
    files: {
      '.gemini/settings.json': `{
  "general": { "defaultApprovalMode": "auto_edit" },
  "model": { "name": "gemini-2.5-pro", "maxSessionTurns": 40 },
  "tools": { "sandbox": "docker", "allowed": ["run_shell_command(git status)"], "exclude": ["web_fetch", "run_shell_command(rm)"] },
  "mcp": { "excluded": ["old"] },
  "mcpServers": {
    "desk": { "httpUrl": "https://desk.example/mcp", "headers": { "Authorization": "Bearer $DESK_TOKEN" }, "trust": true },
    "shop": { "command": "shop-mcp", "includeTools": ["list_orders", "refund"], "excludeTools": ["refund"] },
    "old": { "command": "old-mcp" }
  }
}`,
    },
    parts: [
      {
        host: 'gemini-cli',
        folder: '',
        said: {
          models: [{ provider: 'google', id: 'gemini-2.5-pro' }],
          mcpServers: {
            desk: { url: 'https://desk.example/mcp', headers: { Authorization: 'Bearer ${DESK_TOKEN}' } },
            shop: { command: 'shop-mcp' },
          },
          tools: {
            ...builtIns,
            run_shell_command: { ...builtIns.run_shell_command, access: 'allow' },
            web_fetch: { ...builtIns.web_fetch, access: 'deny' },
            'desk/*': { access: 'allow' },
            'shop/list_orders': {},
            'shop/refund': { access: 'deny' },
          },
          credentials: { DESK_TOKEN: { servers: ['desk'] } },
          limits: { turnsPerSession: 40 },
          controls: { sandbox: { by: "Gemini CLI's own (docker)" } },
        },
        defaults: {
          autonomy: { review: 'each-action' },
          tools: {
            list_directory: { access: 'allow' },
            read_file: { access: 'allow' },
            read_many_files: { access: 'allow' },
            glob: { access: 'allow' },
            search_file_content: { access: 'allow' },
            replace: { access: 'allow' },
            write_file: { access: 'allow' },
            google_web_search: { access: 'allow' },
          },
        },
        notes: {
          '/tools': 'approvals `auto_edit`: edits land unasked',
          '/tools/run_shell_command': 'run_shell_command(git status) land unasked; run_shell_command(rm) are refused',
        },
      },
    ],
  },
  {
    shows: 'the older, flat spelling, with the few tools that it may have',
    files: {
      'web/.gemini/settings.json':
        '{ "coreTools": ["ReadFileTool", "GrepTool", "ShellTool(ls)"], "autoAccept": true, "sandbox": false, "model": "gemini-2.5-flash", "allowMCPServers": [] }',
    },
    parts: [
      {
        host: 'gemini-cli',
        folder: 'web',
        said: {
          models: [{ provider: 'google', id: 'gemini-2.5-flash' }],
          tools: {
            read_file: builtIns.read_file ?? {},
            search_file_content: builtIns.search_file_content ?? {},
            run_shell_command: builtIns.run_shell_command ?? {},
          },
        },
      },
    ],
  },
  {
    shows: 'colours only: its own tools are there all the same, and a broken list is nothing',
    files: { '.gemini/settings.json': '{ "ui": { "theme": "Dracula" }, "mcpServers": ["x"] }' },
    parts: [{ host: 'gemini-cli', folder: '', said: { tools: builtIns } }],
    problems: ['not-a-map'],
  },
];
