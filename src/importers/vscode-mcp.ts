import { copilot } from '../catalog/hosts/copilot.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter } from './define.ts';
import { readClient } from './parts/client.ts';
import { readJson } from './parts/jsonc.ts';
import { cleaning } from './parts/written-out.ts';

const FOLDERS = ['Library/Application Support/Code/User', 'AppData/Roaming/Code/User', '.config/Code/User'];

/** Agents in VS Code are Copilot's. */
const builtIns = builtInsOf(copilot);

export const importer = defineImporter({
  id: 'vscode-mcp',
  since: '0.1.0',
  title: 'MCP servers of VS Code (.vscode/mcp.json)',
  about:
    'Which servers VS Code starts in this folder, and which secrets it asks a person for. Not which tools they have, and not what runs without asking.',
  files: { project: ['.vscode/mcp.json'], user: FOLDERS.map((folder) => `${folder}/mcp.json`) },
  read(source) {
    // VS Code reads `servers`; the other key is what people paste from elsewhere.
    const { parts, problems } = readClient(source, { host: 'vscode', keys: ['servers', 'mcpServers'], builtIns });
    return { parts, problems: [...problems, ...inputProblems(source.file, source.text)] };
  },
  examples: [
    {
      shows: 'a secret that a person is asked for, and a remote server',
      files: {
        '.vscode/mcp.json': `{
  "inputs": [
    { "type": "promptString", "id": "sentry-token", "description": "Sentry token", "password": true }
  ],
  "servers": {
    "sentry": {
      "type": "stdio",
      "command": "npx",
      "args": ["-y", "@sentry/mcp-server@0.24.0"],
      "env": { "SENTRY_ACCESS_TOKEN": "\${input:sentry-token}" }
    },
    "github": { "type": "http", "url": "https://api.githubcopilot.com/mcp/" } // signed in by VS Code
  }
}`,
      },
      parts: [
        {
          host: 'vscode',
          folder: '',
          said: {
            mcpServers: {
              sentry: {
                type: 'stdio',
                command: 'npx',
                args: ['-y', '@sentry/mcp-server@0.24.0'],
                env: { SENTRY_ACCESS_TOKEN: '${SENTRY_TOKEN}' },
              },
              github: { type: 'http', url: 'https://api.githubcopilot.com/mcp/' },
            },
            tools: { ...builtIns, 'sentry/*': {}, 'github/*': {} },
            credentials: { SENTRY_TOKEN: { servers: ['sentry'] } },
          },
        },
      ],
    },
    {
      shows: 'a container whose secret stands on its command line, and one that is the default of a question',
      files: {
        '.vscode/mcp.json': `{
  "inputs": [{ "type": "promptString", "id": "pg", "password": true, "default": "hunter2hunter2" }],
  "servers": {
    "db": { "command": "docker", "args": ["run", "-i", "--rm", "-e", "PGPASSWORD=hunter2hunter2", "mcp/postgres:1"] }
  }
}`,
      },
      parts: [
        {
          host: 'vscode',
          folder: '',
          said: {
            mcpServers: {
              db: {
                command: 'docker',
                args: ['run', '-i', '--rm', '-e', 'PGPASSWORD=${PGPASSWORD}', 'mcp/postgres:1'],
              },
            },
            tools: { ...builtIns, 'db/*': {} },
            credentials: { PGPASSWORD: { servers: ['db'] } },
          },
        },
      ],
      problems: ['literal-secret', 'literal-secret'],
    },
    {
      shows: 'a list in place of the map',
      files: { '.vscode/mcp.json': '{ "servers": ["github"] }' },
      parts: [],
      problems: ['not-a-map'],
    },
  ],
});

/** Answers that are hidden when they are typed, and written out as a default. */
function inputProblems(file: string, text: string) {
  const json = readJson(file, text);
  if ('code' in json || !Array.isArray(json.value.inputs)) return [];
  const { literal, problems } = cleaning('the inputs', (...path) => json.place('inputs', ...path));
  for (const [i, input] of json.value.inputs.slice(0, 200).entries()) {
    if (isRecord(input) && input.password === true && typeof input.default === 'string' && input.default !== '') {
      literal('a default that is hidden when it is typed', 'INPUT', i, 'default');
    }
  }
  return problems;
}
