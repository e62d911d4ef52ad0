import type { Place } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { examples } from './copilot-agents.examples.ts';
import { defineImporter, type ImportFile, type Part } from './define.ts';
import { copilotTools } from './parts/copilot-tools.ts';
import { withoutExpressions } from './parts/expressions.ts';
import { type FrontMatter, readFrontMatter, wordsOf } from './parts/front-matter.ts';
import { serversFor } from './parts/named-servers.ts';
import { serversOf } from './parts/servers.ts';
import { plainText } from './parts/words.ts';

const HOST = 'copilot';

export const importer = defineImporter({
  id: 'copilot-agents',
  since: '0.1.0',
  title: 'Custom agents of GitHub Copilot (.github/agents/*.agent.md)',
  about:
    'Which tools an agent has, all where it lists none, its servers, its model, and the agents that it hands work to. Not who approves its calls: that hangs on where it runs.',
  files: {
    project: ['.github/agents/*.md', '.github/chatmodes/*.chatmode.md', 'agents/*.agent.md'],
    user: ['.copilot/agents/*.md'],
  },
  read(source) {
    const { file, folder, text } = source;
    const front = readFrontMatter(file, text);
    const { value, place } = front;
    const isNamed = /\.(?:agent|chatmode)\.md$/.test(file);
    // The pattern for an organisation's agents matches here a second time.
    if (/(?:^|\/)\.github$/.test(folder)) return { parts: [], problems: [] };
    // Other Markdown lies there, too.
    const isOurs = isNamed || (front.isThere && typeof value.description === 'string');
    if (!isOurs) return { parts: [], problems: [] };
    const servers = serversOf(withoutExpressions(value['mcp-servers']), [], () => place('mcp-servers'));
    const listed = value.tools === undefined || value.tools === null ? undefined : (wordsOf(value.tools) ?? ['*']);
    const tools = copilotTools(listed, servers.said.tools ?? {});
    const mcpServers = serversFor(tools, servers.said.mcpServers ?? {});
    const models = (wordsOf(value.model) ?? []).slice(0, 50).map((id) => ({ provider: 'github-copilot', id }));
    const [name, description] = [plainText(value.name, 100), plainText(value.description, 300)];
    const said: Part['said'] = {
      agent: { ...(name ? { name } : {}), ...(description ? { description } : {}) },
      ...(models.length > 0 ? { models } : {}),
      ...servers.said,
      ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
      tools,
    };
    const from: Record<string, Place> = { ...within(servers.from, said), '/agent': place() };
    for (const tool of Object.keys(tools)) from[pointerOf('tools', tool)] = place('tools');
    const { parts, missing } = handovers(source, value);
    const notes = { ...notesOf(listed, front, missing), ...within(servers.notes, said) };
    const part = {
      host: HOST,
      folder,
      name: stemOf(file),
      said,
      from,
      ...(Object.keys(notes).length > 0 ? { notes } : {}),
    };
    return { parts: [part, ...parts], problems: [...front.problems, ...servers.problems] };
  },
  examples,
});

const stemOf = (file: string) => (file.split('/').at(-1) ?? '').replace(/(?:\.(?:agent|chatmode))?\.md$/, '');

/** What its list of tools leaves out is gone. */
function within<T>(pointers: Readonly<Record<string, T>>, said: Part['said']): Record<string, T> {
  return Object.fromEntries(
    Object.entries(pointers).filter(([pointer]) => {
      const [, map = '', name = ''] = pointer
        .split('/')
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
      const values: unknown = said[map as keyof typeof said];
      return isRecord(values) && Object.hasOwn(values, name);
    }),
  );
}

function notesOf(
  listed: readonly string[] | undefined,
  { value }: FrontMatter,
  missing: readonly string[],
): Record<string, string> {
  const all =
    listed === undefined
      ? 'no tools are listed, which means all: also those of servers and extensions that are configured elsewhere'
      : undefined;
  const lines = [
    ...(value['disable-model-invocation'] === true || value.infer === false ? ['only a person starts it'] : []),
    ...(missing.length > 0 ? [`hands work to agents that are not here: ${missing.slice(0, 20).join(', ')}`] : []),
  ];
  return { ...(all ? { '/tools': all } : {}), ...(lines.length > 0 ? { '/agent': lines.join('; ') } : {}) };
}

/** Agents that it starts or hands over to, each as one that is under it. */
function handovers(
  { file, folder, beside }: ImportFile,
  value: Readonly<Record<string, unknown>>,
): { parts: Part[]; missing: string[] } {
  const steps = Array.isArray(value.handoffs) ? value.handoffs : [];
  const handed = steps.flatMap((step: unknown) =>
    isRecord(step) && typeof step.agent === 'string' ? [step.agent] : [],
  );
  const names = [...new Set([...(wordsOf(value.agents) ?? []), ...handed])]
    .filter((name) => name !== '*')
    .slice(0, 100);
  const dir =
    /(?:^|\/)(\.copilot\/agents|agents)\/[^/]*$/.exec(file.replace(/\.github\/agents\//, ''))?.[1] ?? '.github/agents';
  const parts: Part[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const stem = name.replace(/[/\\]/g, '-');
    const isThere = ['.agent.md', '.md'].some((end) => beside(`${dir}/${stem}${end}`).state === 'ok');
    if (!isThere) missing.push(plainText(name, 60) ?? '…');
    else if (stem !== stemOf(file))
      parts.push({ host: HOST, folder, name: stem, under: stemOf(file), said: {}, from: {} });
  }
  return { parts, missing };
}
