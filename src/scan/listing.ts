import type { Problem } from '../model/place.ts';
import { isRecord } from '../source/record.ts';
import type { PinnableTool } from '../source/tool-digest.ts';

/** More than anybody could look at; a server that lists them means no good, or is broken. */
export const MOST_TOOLS = 2_000;
/** Bytes of a whole listing. */
export const MOST_BYTES = 16 * 1024 * 1024;
const MOST_NAME = 256;
const MOST_DEPTH = 64;

export interface NamedTool extends PinnableTool {
  name: string;
}

/** The tools of a listing by name, or why it is not believed. Half a listing would pass for a whole one. */
export function toolsOf(server: string, tools: readonly unknown[]): NamedTool[] | Problem {
  const refuse = (code: string, message: string): Problem => ({ code, message: `\`${server}\` ${message}` });
  if (tools.length > MOST_TOOLS)
    return refuse('too-many-tools', `lists more than ${MOST_TOOLS} tools, the most that are read`);
  const found = new Map<string, NamedTool>();
  for (const [index, tool] of tools.entries()) {
    if (!isRecord(tool) || !isName(tool.name))
      return refuse('nameless-tool', `lists a tool without a name (${index + 1})`);
    if (found.has(tool.name)) {
      const message = `lists \`${tool.name}\` twice: the list changed while it was read, or is broken`;
      return refuse('list-changed', message);
    }
    if (isDeep(tool, MOST_DEPTH)) return refuse('too-deep', `nests \`${tool.name}\` more than ${MOST_DEPTH} deep`);
    found.set(tool.name, { ...tool, name: tool.name });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isName = (name: unknown): name is string => typeof name === 'string' && name !== '' && name.length <= MOST_NAME;

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isDeep(inner, left - 1));
}

/** What a saved file holds: the result of `tools/list`, the whole answer, or `{ server, tools }`. */
export function savedListing(value: unknown): { server?: string; tools: unknown[] } | { wrong: string; help: string } {
  const body = isRecord(value) && isRecord(value.result) ? value.result : value;
  const tools = Array.isArray(body) ? body : isRecord(body) ? body.tools : undefined;
  if (!Array.isArray(tools)) {
    const wrong = 'holds no list of tools';
    return {
      wrong,
      help: 'save the result of `tools/list`: `{ "tools": [ … ] }`, with `"server": "…"` beside it if you like',
    };
  }
  if (isRecord(body) && typeof body.nextCursor === 'string')
    return {
      wrong: 'holds one page of several',
      help: 'follow `nextCursor`, and save the tools of all pages in one list',
    };
  return isRecord(body) && typeof body.server === 'string' && body.server !== ''
    ? { server: body.server, tools }
    : { tools };
}
