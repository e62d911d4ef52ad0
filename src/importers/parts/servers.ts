import { isLiteralSecret } from '../../manifest/secrets.ts';
import type { CredentialFacts, McpServer, ToolFacts } from '../../model/manifest.ts';
import type { Place, Problem } from '../../model/place.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';
import { holdsSecret } from '../../source/secrets.ts';
import type { Part, Said } from '../define.ts';

/** Where a part of the file stands. */
export type PlaceOf = (...path: (string | number)[]) => Place;

export interface Servers {
  said: Said;
  from: Part['from'];
  problems: Problem[];
}

/** Lists of tools that clients keep beside a server, under their names for it. */
const ONLY = ['tools', 'includeTools', 'enabled_tools', 'enabledTools'] as const;
const ALLOWED = ['alwaysAllow', 'autoApprove'] as const;

const MOST_SERVERS = 200;

/** A map of MCP servers as any client writes it; `path` leads to it. Secrets become references, and are told by name and place. */
export function serversOf(map: unknown, path: readonly (string | number)[], place: PlaceOf): Servers {
  const [mcpServers, tools, credentials]: [Record<string, McpServer>, Record<string, ToolFacts>, Credentials] = [
    {},
    {},
    {},
  ];
  const from: Record<string, Place> = {};
  const problems: Problem[] = [];
  if (map !== undefined && !isRecord(map)) {
    return {
      said: {},
      from,
      problems: [{ code: 'not-a-map', message: 'the servers are no map', place: place(...path) }],
    };
  }
  const entries = Object.entries(map ?? {});
  if (entries.length > MOST_SERVERS) {
    const message = `${entries.length} servers, and the first ${MOST_SERVERS} are read`;
    problems.push({ code: 'too-many-servers', message, place: place(...path) });
  }
  for (const [written, entry] of entries.slice(0, MOST_SERVERS)) {
    const at = (...more: (string | number)[]) => place(...path, written, ...more);
    if (!isRecord(entry)) {
      problems.push({ code: 'not-a-server', message: `\`${written}\` is no map`, help: 'left out', place: at() });
      continue;
    }
    if (entry.disabled === true || entry.enabled === false) continue;
    const name = nameOf(written);
    const found = cleaned(name, entry, at);
    problems.push(...found.problems);
    mcpServers[name] = found.server;
    from[pointerOf('mcpServers', name)] = at();
    for (const reference of found.references) {
      credentials[reference] = { servers: [...(credentials[reference]?.servers ?? []), name] };
      from[pointerOf('credentials', reference)] ??= at();
    }
    for (const [tool, facts] of toolsOf(name, entry)) {
      tools[tool] = facts;
      from[pointerOf('tools', tool)] = at();
    }
  }
  const said: Said = {
    ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
    ...(Object.keys(tools).length > 0 ? { tools } : {}),
    ...(Object.keys(credentials).length > 0 ? { credentials } : {}),
  };
  return { said, from, problems };
}

type Credentials = Record<string, CredentialFacts & { servers: string[] }>;

/** A name that a manifest can have: what else is in it becomes a hyphen. */
function nameOf(written: string): string {
  const name = written.replace(/[^A-Za-z0-9._ -]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return name === '' ? 'server' : name.slice(0, 100);
}

/** No list, or one with a star, lets in every tool of the server, and nobody knows what those do. */
function toolsOf(server: string, entry: Record<string, unknown>): [string, ToolFacts][] {
  const names = ONLY.flatMap((key) => textsOf(entry[key])).filter((name) => !name.includes('/') && name !== '');
  const allowed = new Set(ALLOWED.flatMap((key) => textsOf(entry[key])));
  const facts = (name: string): ToolFacts => (allowed.has(name) ? { access: 'allow' } : {});
  const isOpen = names.length === 0 || names.includes('*');
  const listed = [...new Set([...names, ...(isOpen ? allowed : [])])].filter((name) => name !== '*');
  return [
    ...listed.map((name): [string, ToolFacts] => [`${server}/${name}`, facts(name)]),
    ...(isOpen ? [[`${server}/*`, allowed.has('*') ? { access: 'allow' } : {}] as [string, ToolFacts]] : []),
  ];
}

interface Cleaned {
  server: McpServer;
  /** Names of the environment that hold secrets. */
  references: string[];
  problems: Problem[];
}

function cleaned(name: string, entry: Record<string, unknown>, at: PlaceOf): Cleaned {
  const references = new Set<string>();
  const problems: Problem[] = [];
  const literal = (what: string, as: string, ...path: (string | number)[]) => {
    references.add(as);
    const message = `${what} of the server \`${name}\` is written out in the file`;
    const help = `revoke it, and refer to it as \`\${${as}}\`; it was not taken over`;
    problems.push({ code: 'literal-secret', message, help, place: at(...path) });
    return `\${${as}}`;
  };
  const own = `${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`.replace(/^[0-9]/, '_$&');
  const clean = (text: string, as: string, what: string, ...path: (string | number)[]): string => {
    const spelled = referenced(text);
    if (holdsSecret(spelled)) return literal(what, as, ...path);
    return spelled;
  };
  const server: McpServer = {};
  if (typeof entry.type === 'string') server.type = entry.type === 'local' ? 'stdio' : entry.type;
  if (typeof entry.command === 'string')
    server.command = clean(entry.command, `${own}_SECRET`, 'a secret in `command`', 'command');
  if (Array.isArray(entry.args)) {
    server.args = textsOf(entry.args).map((text, i, args) => {
      const flag = /^--?[\w-]*(token|secret|password|passwd|api-?key|access-?key)(=|$)/i;
      const [before = '', inline] = [args[i - 1] ?? '', /^(--?[\w-]+=)(.+)$/.exec(text)];
      const what = `a secret in \`args\``;
      if (inline && flag.test(text) && !isReference(inline[2] ?? ''))
        return `${inline[1]}${literal(what, `${own}_SECRET`, 'args', i)}`;
      if (flag.test(before) && !before.includes('=') && !text.startsWith('-') && !isReference(text))
        return literal(what, `${own}_SECRET`, 'args', i);
      return clean(text, `${own}_SECRET`, what, 'args', i);
    });
  }
  if (isRecord(entry.env)) {
    server.env = {};
    for (const [key, value] of Object.entries(entry.env)) {
      if (typeof value !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) continue;
      const spelled = referenced(value);
      server.env[key] = isLiteralSecret(key, spelled) ? literal(`\`${key}\``, key, 'env', key) : spelled;
      if (isLiteralSecret(key, 'written-out')) for (const to of referencesIn(server.env[key])) references.add(to);
    }
  }
  const url = entry.url ?? entry.httpUrl ?? entry.serverUrl;
  if (typeof url === 'string') server.url = clean(url, `${own}_URL`, 'a secret in `url`', 'url');
  if (isRecord(entry.headers)) {
    server.headers = {};
    for (const [key, value] of Object.entries(entry.headers)) {
      if (typeof value !== 'string') continue;
      const spelled = referenced(value);
      const scheme = /^(Bearer|Basic|Token)\s+/i.exec(spelled)?.[0] ?? '';
      const isSecret = /authorization|cookie|token|secret|api-?key/i.test(key);
      const writtenOut = holdsSecret(spelled) || (isSecret && !isReference(spelled));
      server.headers[key] = writtenOut
        ? `${scheme}${literal(`the header \`${key}\``, `${own}_TOKEN`, 'headers', key)}`
        : spelled;
      if (isSecret) for (const to of referencesIn(server.headers[key])) references.add(to);
    }
  }
  if (typeof entry.cwd === 'string') server.cwd = entry.cwd;
  return { server, references: [...references], problems };
}

/** The ways in which clients refer to a variable or to what a person is asked for, as `${NAME}`. */
function referenced(text: string): string {
  return text
    .replace(/\$\{(?:input|env):([^}]{1,100})\}/g, (_, name: string) => `\${${variableOf(name)}}`)
    .replace(/\$\{([A-Za-z_][A-Za-z0-9_]*):-[^}]{0,200}\}/g, '${$1}')
    .replace(/\$([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_{])/g, '${$1}');
}

const variableOf = (name: string) =>
  name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[0-9]/, '_$&');
const isReference = (text: string) => text === '' || /\$\{[^}]+\}/.test(text);
const referencesIn = (text: string) =>
  [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map(([, name]) => name ?? '');

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
