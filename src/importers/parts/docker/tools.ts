import { DOCKER_TOOLSETS } from '../../../catalog/hosts/docker-agent.ts';
import type { ToolFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { toolName } from '../named-servers.ts';
import { isReference, textsOf } from '../references.ts';
import { environmentOf } from '../server-env.ts';
import { hostOf } from '../server-url.ts';
import { type Cleaning, headerValue } from '../written-out.ts';
import type { Toolset } from './servers.ts';

const MOST = 200;

/** The tools of an agent that are not a server's, before rules; `into` takes the secrets that they are given. */
export function ownTools(toolsets: readonly Toolset[], into: Cleaning): Record<string, ToolFacts> {
  return Object.fromEntries(toolsets.flatMap((toolset, i) => toolsIn(toolset, i, into)));
}

function toolsIn(toolset: Toolset, i: number, into: Cleaning): [string, ToolFacts][] {
  const { type } = toolset;
  if (typeof type !== 'string') return [['unknown/*', {}]];
  if (type === 'mcp' || type === 'a2a' || type === 'openapi') return [];
  if (type === 'script') return scriptsIn(toolset.shell, i, into);
  if (type === 'api') return [apiTool(toolset.api_config, i, into)];
  const known = Object.hasOwn(DOCKER_TOOLSETS, type) ? DOCKER_TOOLSETS[type] : undefined;
  // A kind of toolset that came later.
  if (!known) return [[toolName(`${type.slice(0, 60)}/*`) ?? 'unknown/*', {}]];
  const only = textsOf(toolset.tools);
  return Object.entries(known).filter(([name]) => only.length === 0 || only.includes(name));
}

/** What a command does is in the command, and its arguments go through a shell. */
function scriptsIn(scripts: unknown, i: number, into: Cleaning): [string, ToolFacts][] {
  if (!isRecord(scripts)) return [['script/*', {}]];
  return Object.entries(scripts)
    .slice(0, MOST)
    .map(([name, script]) => {
      if (isRecord(script)) environmentOf(script.env, into, i, 'shell', name, 'env');
      return [toolName(name.replaceAll('/', '-')) ?? 'script/*', {}];
    });
}

/** A request to an address that is written down: only where its host is, too, no argument picks who gets it. */
function apiTool(config: unknown, i: number, into: Cleaning): [string, ToolFacts] {
  if (!isRecord(config)) return ['api/*', {}];
  const { name, endpoint, method, headers } = config;
  for (const [header, value] of isRecord(headers) ? Object.entries(headers).slice(0, MOST) : [])
    if (typeof value === 'string') headerValue(header, value, into, i, 'api_config', 'headers', header);
  const host = typeof endpoint === 'string' ? hostOf(endpoint) : undefined;
  const isFixed = host !== undefined && !isReference(host);
  const verb = typeof method === 'string' ? method.toUpperCase() : undefined;
  const effect: ToolFacts =
    verb === undefined ? {} : verb === 'GET' ? { annotations: { readOnlyHint: true } } : { effect: 'write' };
  const facts: ToolFacts = {
    ...effect,
    ...(isFixed && verb === 'GET' ? { egress: 'none' } : {}),
    // Its makers mark every one as read-only, whatever its method is.
    access: 'allow',
  };
  return [toolName(typeof name === 'string' ? name.replaceAll('/', '-') : '') ?? 'api/*', facts];
}
