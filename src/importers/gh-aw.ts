import { AW_PROVIDERS, AW_TOOLS, NO_EVENTS } from '../catalog/hosts/gh-aw.ts';
import type { CredentialFacts, ToolFacts } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type Part } from './define.ts';
import { examples } from './gh-aw.examples.ts';
import { networkOf } from './parts/aw/network.ts';
import { awTools, clientServers, safeOutputs } from './parts/aw/tools.ts';
import { scopesOf } from './parts/ci/permissions.ts';
import { secretsIn } from './parts/ci/secrets.ts';
import { type Triggers, triggersOf } from './parts/ci/triggers.ts';
import { withoutExpressions } from './parts/expressions.ts';
import { countIn } from './parts/flags.ts';
import { readFrontMatter } from './parts/front-matter.ts';
import { serversFor } from './parts/named-servers.ts';
import { serversOf } from './parts/servers.ts';
import { plainText } from './parts/words.ts';

const PUSHES = ['safe-outputs/create_pull_request', 'safe-outputs/push_to_pull_request_branch'] as const;

export const importer = defineImporter({
  id: 'gh-aw',
  since: '0.1.0',
  title: 'GitHub Agentic Workflows (.github/workflows/*.md)',
  about:
    'What starts the agent, what it may read and call, which hosts it reaches, and every write that is done for it. Not what its servers do, nor what imported files add.',
  files: { project: ['.github/workflows/*.md'] },
  read({ file, folder, text }) {
    const { value, isThere, place, problems: broken } = readFrontMatter(file, text);
    // Notes and templates lie there, too.
    if (!isThere || value.on === undefined) return { parts: [], problems: [] };
    const triggers = awTriggers(value.on);
    const found = awTools(value.tools);
    const map = { ...asMap(clientServers(value['mcp-servers'])), ...asMap(clientServers(found.servers)) };
    const servers = serversOf(withoutExpressions(map), [], () => place('mcp-servers'));
    const tools: Record<string, ToolFacts> = {
      ...found.tools,
      ...allowed(servers.said.tools),
      ...safeOutputs(value['safe-outputs']),
    };
    // Changes to push have to be made first.
    if (PUSHES.some((name) => Object.hasOwn(tools, name))) tools.edit ??= { ...AW_TOOLS.edit, access: 'allow' };
    const imports = Array.isArray(value.imports) ? value.imports.length : isRecord(value.imports) ? 1 : 0;
    if (imports > 0) tools['imports/*'] = {};
    const mcpServers = serversFor(tools, servers.said.mcpServers ?? {});
    const engine = isRecord(value.engine) ? value.engine : { id: value.engine };
    const limits = limitsOf(value, engine);
    const said: Part['said'] = {
      agent: named(value),
      // Nobody sits before it: what the file lets it call, it calls.
      autonomy: { ...(triggers.initiation ? { initiation: triggers.initiation } : {}), review: 'none' },
      ...(triggers.untrusted ? { inputs: { untrusted: true } } : {}),
      ...modelOf(engine),
      ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
      ...(servers.said.servers ? { servers: servers.said.servers } : {}),
      tools,
      network: networkOf(value.network),
      credentials: credentialsOf(value, servers.said.credentials ?? {}),
      ...(limits ? { limits } : {}),
    };
    const from: Record<string, Place> = { '/agent': place(), '/autonomy': place('on'), '/network': place('network') };
    for (const tool of Object.keys(tools))
      from[pointerOf('tools', tool)] = place(tool.startsWith('safe-outputs/') ? 'safe-outputs' : 'tools');
    const engineId = plainText(engine.id, 60) ?? 'its default engine';
    const notes = {
      ...servers.notes,
      ...found.notes,
      '/agent': `runs ${engineId} on ${plainText(triggers.events.join(', '), 300) ?? 'nothing that is named'}`,
      ...(imports > 0
        ? { '/tools/imports~1*': 'imported files may bring tools and servers that are not listed here' }
        : {}),
    };
    const name = (file.split('/').at(-1) ?? '').replace(/\.md$/, '');
    return { parts: [{ host: 'gh-aw', folder, name, said, from, notes }], problems: [...broken, ...servers.problems] };
  },
  examples,
});

const asMap = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

const allowed = (tools: Readonly<Record<string, ToolFacts>> = {}): Record<string, ToolFacts> =>
  Object.fromEntries(
    Object.entries(tools).map(([name, facts]) => [name, { ...facts, access: facts.access ?? 'allow' }]),
  );

/** As in other workflows, and with schedules in words and commands in comments. */
function awTriggers(on: unknown): Triggers {
  if (typeof on === 'string' && /^(?:hourly|daily|weekly|monthly|every)\b/.test(on))
    return { events: [on], initiation: 'schedule' };
  const events = isRecord(on) ? Object.fromEntries(Object.entries(on).filter(([name]) => !NO_EVENTS.has(name))) : on;
  const triggers = triggersOf(events);
  const commands = triggers.events.some((event) => ['command', 'slash_command', 'label_command'].includes(event));
  const open = isRecord(on) && (on.roles === 'all' || (Array.isArray(on.roles) && on.roles.includes('all')));
  return commands || open ? { ...triggers, untrusted: true } : triggers;
}

function named(value: Readonly<Record<string, unknown>>): NonNullable<Part['said']['agent']> {
  const [name, description] = [plainText(value.name, 100), plainText(value.description, 300)];
  return { ...(name ? { name } : {}), ...(description ? { description } : {}) };
}

function modelOf(engine: Readonly<Record<string, unknown>>): Pick<Part['said'], 'models'> {
  const [id, provider] = [plainText(engine.model, 100), AW_PROVIDERS[String(engine.id)]];
  return id === undefined || provider === undefined || id.includes('${{') ? {} : { models: [{ provider, id }] };
}

function limitsOf(
  value: Readonly<Record<string, unknown>>,
  engine: Readonly<Record<string, unknown>>,
): Part['said']['limits'] {
  const [minutes, turns] = [
    countIn(value['timeout-minutes'] ?? value.timeout_minutes),
    countIn(engine['max-turns'] ?? value['max-turns']),
  ];
  const limits = { ...(minutes ? { sessionMinutes: minutes } : {}), ...(turns ? { turnsPerSession: turns } : {}) };
  return Object.keys(limits).length > 0 ? limits : undefined;
}

function credentialsOf(
  value: Readonly<Record<string, unknown>>,
  given: Record<string, CredentialFacts>,
): Record<string, CredentialFacts> {
  const scopes = scopesOf(value.permissions, undefined);
  const others = secretsIn(value)
    .names.filter((name) => name !== 'GITHUB_TOKEN')
    .slice(0, 200);
  const named = Object.fromEntries(others.map((name) => [name, {}]));
  return { ...named, ...given, GITHUB_TOKEN: { ...given.GITHUB_TOKEN, mode: 'live', ...(scopes ? { scopes } : {}) } };
}
