import { isRecord } from '../../../source/record.ts';
import { textsOf } from '../references.ts';
import { hostOf } from '../server-url.ts';

export type Toolset = Readonly<Record<string, unknown>>;

/** A server of an agent. */
export interface ServerEntry {
  /** As clients write it. */
  entry: Record<string, unknown>;
  /** Where it stands: among the toolsets of the agent, or what those refer to. */
  path: readonly [number] | readonly ['mcps', string];
}

/** The servers of an agent, each under the name that its toolset shows. */
export function serverEntries(toolsets: readonly Toolset[], shared: unknown): ReadonlyMap<string, ServerEntry> {
  const entries = new Map<string, ServerEntry>();
  for (const [i, toolset] of toolsets.entries()) {
    const found = entryOf(toolset, shared);
    if (!found) continue;
    const [wanted, entry, ref] = found;
    let name = wanted;
    for (let n = 2; entries.has(name); n++) name = `${wanted}-${n}`;
    entries.set(name, { entry, path: ref === undefined ? [i] : ['mcps', ref] });
  }
  return entries;
}

type Found = [name: string, entry: Record<string, unknown>, ref?: string];

/** Undefined: it starts no server and calls no other agent. */
function entryOf(toolset: Toolset, shared: unknown): Found | undefined {
  const { type, name, url } = toolset;
  if (type === 'mcp') return mcpEntry(toolset, shared);
  if (type === 'a2a') {
    const { url: _, ...headers } = remoteOf(toolset);
    return [textOf(name) ?? hostIn(url) ?? 'a2a', headers];
  }
  if (type === 'openapi') return [textOf(name) ?? hostIn(url) ?? 'openapi', { headers: toolset.headers }];
  return undefined;
}

/** What the toolset says itself comes before what it refers to. */
function mcpEntry(toolset: Toolset, shared: unknown): Found {
  const ref = textOf(toolset.ref);
  const known = ref !== undefined && isRecord(shared) && Object.hasOwn(shared, ref) ? shared[ref] : undefined;
  const { type, ref: further, ...all } = { ...(isRecord(known) ? known : {}), ...toolset };
  const from = textOf(isRecord(known) ? known.ref : ref)?.replace(/^docker:/, '');
  const remote = remoteOf(all);
  const name =
    textOf(all.name) ?? (known === undefined ? undefined : ref) ?? from ?? programOf(all) ?? hostIn(remote.url);
  const { command, args, env, cwd, tools } = all;
  const entry = { command, args, env, cwd, tools, ...remote };
  return known === undefined || ref === undefined ? [name ?? 'mcp', entry] : [name ?? ref, entry, ref];
}

function remoteOf({ remote, url, headers }: Toolset): Record<string, unknown> {
  if (isRecord(remote)) return { url: remote.url, type: remote.transport_type, headers: remote.headers };
  return { url, headers };
}

const RUNNERS = /^(?:npx|bunx|pnpx|uvx|pipx|pnpm|yarn|npm|docker|podman|node|python3?|uv|deno)$/;

/** What is started, and what a runner runs: the package, the image or the script. */
function programOf({ command, args }: Toolset): string | undefined {
  const program = nameIn(textOf(command));
  if (program === undefined || !RUNNERS.test(program)) return program;
  const words = textsOf(args).filter((word) => !/^(?:-|run$|exec$|dlx$|tool$)/.test(word));
  return nameIn(words[0]) ?? program;
}

/** The last step of a path or a package, without its version and ending. */
function nameIn(path: string | undefined): string | undefined {
  const name = path
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/(?<=.)[@:].*$/, '')
    .replace(/\.\w{1,4}$/, '');
  return name === '' ? undefined : name;
}

const hostIn = (url: unknown) => (typeof url === 'string' ? hostOf(url)?.replaceAll(':', '-') : undefined);
const textOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
