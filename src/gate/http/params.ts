import type { IncomingHttpHeaders } from 'node:http';
import { isRecord } from '../../source/record.ts';
import { differs } from './agreement.ts';
import { decoded, encoded } from './header-value.ts';

/** One argument of a tool that a header repeats, so that it can be routed by. */
interface Mirrored {
  header: string;
  path: readonly string[];
}

/** Which arguments of which tools headers repeat (`x-mcp-header`), as the server has said in its lists. */
export interface ParamHeaders {
  /** From a result of `tools/list`. */
  learn(result: unknown): void;
  /** The headers of a call. */
  of(call: Readonly<Record<string, unknown>>): Record<string, string>;
  /** What the headers say otherwise than the call; undefined: nothing. */
  disagreement(headers: IncomingHttpHeaders, call: Readonly<Record<string, unknown>>): string | undefined;
}

const MOST_TOOLS = 10_000;
const MOST_DEPTH = 16;

export function newParamHeaders(): ParamHeaders {
  const tools = new Map<string, readonly Mirrored[]>();

  function valuesIn({ method, params }: Readonly<Record<string, unknown>>): [Mirrored, unknown][] {
    if (method !== 'tools/call' || !isRecord(params) || typeof params.name !== 'string') return [];
    return (tools.get(params.name) ?? []).map((each) => [each, valueAt(params.arguments, each.path)]);
  }

  return {
    learn(result) {
      if (!isRecord(result) || !Array.isArray(result.tools)) return;
      for (const tool of result.tools as unknown[]) {
        if (!isRecord(tool) || typeof tool.name !== 'string') continue;
        const found = mirroredIn(tool.inputSchema, [], 0);
        const names = new Set(found.map(({ header }) => header));
        tools.delete(tool.name);
        // Two arguments in one header are none that anybody could read.
        if (names.size === found.length && found.length > 0 && tools.size < MOST_TOOLS) tools.set(tool.name, found);
      }
    },
    of: (call) =>
      Object.fromEntries(
        valuesIn(call).flatMap(([{ header }, value]) => (isCarried(value) ? [[header, encoded(String(value))]] : [])),
      ),
    disagreement(headers, call) {
      for (const [{ header }, value] of valuesIn(call)) {
        const said = headers[header];
        const isSame = typeof said === 'string' ? isCarried(value) && isEqual(decoded(said), value) : !isCarried(value);
        if (!isSame) return differs(header, typeof said === 'string' ? said : undefined);
      }
      return undefined;
    },
  };
}

function mirroredIn(schema: unknown, path: readonly string[], depth: number): Mirrored[] {
  if (!isRecord(schema) || !isRecord(schema.properties) || depth > MOST_DEPTH) return [];
  return Object.entries(schema.properties).flatMap(([key, inner]) => {
    const at = [...path, key];
    const name = isRecord(inner) ? inner['x-mcp-header'] : undefined;
    const isName = typeof name === 'string' && /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name);
    return [
      ...(isName ? [{ header: `mcp-param-${name.toLowerCase()}`, path: at }] : []),
      ...mirroredIn(inner, at, depth + 1),
    ];
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}

const isCarried = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);

function isEqual(said: string | undefined, value: string | number | boolean): boolean {
  if (said === undefined) return false;
  return typeof value === 'number' ? said.trim() !== '' && Number(said) === value : said === String(value);
}
