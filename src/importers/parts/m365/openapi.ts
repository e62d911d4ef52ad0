import type { Loaded } from '../../../model/place.ts';
import { isRecord } from '../../../source/record.ts';
import { hostOf } from '../server-url.ts';
import { readYaml } from '../yaml.ts';

/** What an OpenAPI description says of one operation. */
export interface Operation {
  method: string;
  /** `x-openai-isConsequential`: whether a person is asked; absent: the method decides. */
  isConsequential?: boolean;
}

export interface Api {
  /** By `operationId`. */
  operations: ReadonlyMap<string, Operation>;
  /** Where the calls go, if the description names one host. */
  host?: string;
}

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete', 'trace'] as const;
const MOST = 2000;

/** Undefined: it is not in the project, or cannot be read; then nothing is known of its operations. */
export function apiIn(text: Loaded<string>): Api | undefined {
  if (text.state !== 'ok') return undefined;
  const documents = readYaml('', text.value);
  const [first] = 'problems' in documents ? [] : documents;
  if (!first || !isRecord(first.value.paths)) return undefined;
  const { paths, servers } = first.value;
  const found = Object.values(paths)
    .slice(0, MOST)
    .flatMap((path) => (isRecord(path) ? METHODS.flatMap((method) => operationOf(method, path[method])) : []));
  const hosts = (Array.isArray(servers) ? servers : []).map((server: unknown) =>
    isRecord(server) && typeof server.url === 'string' ? hostOf(server.url) : undefined,
  );
  const host = hosts.length === 1 ? hosts[0] : undefined;
  return { operations: withoutTwins(found), ...(host === undefined ? {} : { host }) };
}

function operationOf(method: string, operation: unknown): [string, Operation][] {
  if (!isRecord(operation) || typeof operation.operationId !== 'string') return [];
  const flags = [operation['x-openai-isConsequential'], operation['x-oai-isConsequential']];
  const flag = flags.find((value) => typeof value === 'boolean');
  return [[operation.operationId, { method, ...(flag === undefined ? {} : { isConsequential: flag }) }]];
}

/** Of an operation that is there twice nobody knows which one is called. */
function withoutTwins(found: readonly [string, Operation][]): ReadonlyMap<string, Operation> {
  const times = new Map<string, number>();
  for (const [id] of found) times.set(id, (times.get(id) ?? 0) + 1);
  return new Map(found.filter(([id]) => times.get(id) === 1));
}
