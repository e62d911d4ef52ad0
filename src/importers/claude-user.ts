import { claudeCode } from '../catalog/hosts/claude-code.ts';
import { builtInsOf } from '../catalog/hosts/define.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type Part } from './define.ts';
import { type JsonText, readJson } from './parts/jsonc.ts';
import { type Servers, serversOf } from './parts/servers.ts';
import { plainText } from './parts/words.ts';

const builtIns = builtInsOf(claudeCode);
const MOST_PROJECTS = 500;

export const importer = defineImporter({
  id: 'claude-user',
  since: '0.1.0',
  title: 'MCP servers of a person in Claude Code (~/.claude.json)',
  about:
    'Which servers Claude Code starts for a person in every project, and which only in one: that is where `claude mcp add` puts them. Not which tools they have, and not what was agreed to in a project.',
  files: { user: ['.claude.json'] },
  read({ file, folder, text }) {
    const json = readJson(file, text);
    if ('code' in json) return { parts: [], problems: [json] };
    const everywhere = serversOf(json.value.mcpServers, ['mcpServers'], json.place);
    const own = partOf(folder, everywhere);
    const inProjects = projectsIn(json).map(({ path, name }) => {
      const at = ['projects', path, 'mcpServers'];
      const servers = serversOf(mapAt(json.value.projects, path), at, json.place);
      const part = partOf(folder, servers);
      return { parts: part ? [told(part, name)] : [], problems: servers.problems };
    });
    return {
      parts: [...(own ? [own] : []), ...inProjects.flatMap(({ parts }) => parts)],
      problems: [...everywhere.problems, ...inProjects.flatMap(({ problems }) => problems)],
    };
  },
  examples: [
    {
      shows: 'a server for every project, and one for a single one, with a secret that is written out',
      files: {
        '.claude.json': `{
  "numStartups": 12,
  "mcpServers": { "notes": { "type": "stdio", "command": "notes-mcp", "args": [] } },
  "projects": {
    "/home/ada/work/shop": {
      "allowedTools": [],
      "mcpServers": { "shop": { "command": "shop-mcp", "env": { "SHOP_API_KEY": "a1b2c3d4e5" } } }
    },
    "/home/ada/work/site": { "mcpServers": {} }
  }
}`,
      },
      parts: [
        {
          host: 'claude-code',
          folder: '',
          said: {
            mcpServers: { notes: { type: 'stdio', command: 'notes-mcp', args: [] } },
            tools: { ...builtIns, 'notes/*': {} },
          },
        },
        {
          host: 'claude-code',
          folder: '',
          name: 'shop',
          said: {
            mcpServers: { shop: { command: 'shop-mcp', env: { SHOP_API_KEY: '${SHOP_API_KEY}' } } },
            tools: { ...builtIns, 'shop/*': {} },
            credentials: { SHOP_API_KEY: { servers: ['shop'] } },
          },
          notes: { '/agent': 'in the project `shop`, beside what that configures itself' },
        },
      ],
      problems: ['literal-secret'],
    },
    {
      shows: 'two projects of one name, and entries that are no servers',
      files: {
        '.claude.json':
          '{ "projects": { "/a/web": { "mcpServers": { "x": { "command": "x" } } }, "/b/web": { "mcpServers": { "y": { "command": "y" }, "z": 1 } }, "/c": 7 } }',
      },
      parts: ['a', 'b'].map((folder, i) => {
        const server = ['x', 'y'][i] ?? '';
        return {
          host: 'claude-code',
          folder: '',
          name: `${folder}/web`,
          said: { mcpServers: { [server]: { command: server } }, tools: { ...builtIns, [`${server}/*`]: {} } },
          notes: { '/agent': `in the project \`${folder}/web\`, beside what that configures itself` },
        };
      }),
      problems: ['not-a-server'],
    },
    {
      shows: 'a file that ends too soon',
      files: { '.claude.json': '{ "mcpServers": {' },
      parts: [],
      problems: ['not-json'],
    },
  ],
});

function partOf(folder: string, { said, from, notes }: Servers): Part | undefined {
  if (said.mcpServers === undefined) return undefined;
  const part = { host: 'claude-code', folder, said: { ...said, tools: { ...builtIns, ...said.tools } }, from };
  return Object.keys(notes).length > 0 ? { ...part, notes } : part;
}

function told(part: Part, name: string): Part {
  const shown = plainText(name, 60) ?? 'project';
  const note = `in the project \`${shown}\`, beside what that configures itself`;
  return { ...part, name: shown, notes: { ...part.notes, '/agent': note } };
}

/** Called as their folders are; with the folder above, where two are called the same. */
function projectsIn({ value }: JsonText): { path: string; name: string }[] {
  const paths = Object.keys(isRecord(value.projects) ? value.projects : {}).slice(0, MOST_PROJECTS);
  const named = (path: string, steps: number) => path.split(/[/\\]/).filter(Boolean).slice(-steps).join('/');
  return paths.map((path) => {
    const isOnly = paths.filter((other) => named(other, 1) === named(path, 1)).length === 1;
    return { path, name: named(path, isOnly ? 1 : 2) };
  });
}

function mapAt(projects: unknown, path: string): unknown {
  const project = isRecord(projects) && Object.hasOwn(projects, path) ? projects[path] : undefined;
  return isRecord(project) ? project.mcpServers : undefined;
}
