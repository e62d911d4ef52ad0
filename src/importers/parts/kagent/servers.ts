import { isRecord } from '../../../source/record.ts';
import { plainText } from '../words.ts';
import { type Given, givenIn } from './references.ts';
import type { Resource } from './resources.ts';

export const SERVER_KINDS = ['RemoteMCPServer', 'MCPServer', 'ToolServer'] as const;

export interface ClusterServer {
  /** As clients write a server. */
  entry: Record<string, unknown>;
  /** Variables that hold secrets. */
  secrets: string[];
  notes: string[];
}

/** A server by its resource, with what one agent adds to its headers; without one it is known by name only. */
export function clusterServer(resource: Resource | undefined, added: Given): ClusterServer {
  const server = resource === undefined ? { entry: {}, secrets: [], notes: [] } : ofKind(resource);
  const headers = { ...(isRecord(server.entry.headers) ? server.entry.headers : {}), ...added.values };
  return {
    ...server,
    entry: Object.keys(headers).length > 0 ? { ...server.entry, headers } : server.entry,
    secrets: [...server.secrets, ...added.secrets],
  };
}

function ofKind({ kind, spec }: Resource): ClusterServer {
  if (kind === 'RemoteMCPServer') return remote(spec, spec.protocol === 'SSE' ? 'sse' : 'http');
  if (kind === 'MCPServer') return deployed(spec);
  const config = isRecord(spec.config) ? spec.config : {};
  if (isRecord(config.stdio)) {
    const { command, args, env, envFrom } = config.stdio;
    const given = givenIn(envFrom);
    const variables = { ...(isRecord(env) ? env : {}), ...given.values };
    const all = Object.keys(variables).length > 0 ? { env: variables } : {};
    return { entry: { command, args, ...all }, secrets: given.secrets, notes: [] };
  }
  if (isRecord(config.sse)) return remote(config.sse, 'sse');
  return remote(isRecord(config.streamableHttp) ? config.streamableHttp : {}, 'http');
}

function remote({ url, headers, headersFrom }: Readonly<Record<string, unknown>>, type: string): ClusterServer {
  const given = givenIn(headersFrom);
  const all = { ...(isRecord(headers) ? headers : {}), ...given.values };
  return {
    entry: { type, url, ...(Object.keys(all).length > 0 ? { headers: all } : {}) },
    secrets: given.secrets,
    notes: [],
  };
}

/** Started in the cluster, from an image or with a command in one. */
function deployed(spec: Readonly<Record<string, unknown>>): ClusterServer {
  const { image, cmd, args, env, secretRefs } = isRecord(spec.deployment) ? spec.deployment : {};
  const given = Array.isArray(env) ? givenIn(env) : { values: isRecord(env) ? env : {}, secrets: [] };
  const shown = plainText(image, 120);
  const from = (Array.isArray(secretRefs) ? secretRefs : []).filter(isRecord).slice(0, 10);
  const names = plainText(from.map(({ name }) => String(name)).join(', '), 120);
  return {
    entry: { command: cmd, args, ...(Object.keys(given.values).length > 0 ? { env: given.values } : {}) },
    secrets: given.secrets,
    notes: [
      ...(shown ? [`runs in the cluster, from the image ${shown}`] : []),
      ...(names ? [`gets all keys of the secrets ${names}`] : []),
    ],
  };
}
