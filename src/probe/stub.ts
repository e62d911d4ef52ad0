import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asRecord, asText, type JsonRecord, parseJson } from './json.ts';
import { PROGRAM } from './stub-server.program.generated.ts';

export type StubTool = { name: string; description?: string; inputSchema?: JsonRecord; annotations?: JsonRecord };
export type StubTools = Record<string, readonly (StubTool | string)[]>;
export type ExecutedCall = { server: string; tool: string; input: JsonRecord };

const transportKeys = ['type', 'command', 'args', 'env', 'url', 'headers'];

/** An `mcpServers` entry that runs the stub under the name of a real server. */
export function stubEntry(server: string, tools: StubTools[string], log: string): JsonRecord {
  const list = JSON.stringify(tools.map((tool) => (typeof tool === 'string' ? { name: tool } : tool)));
  return {
    command: process.execPath,
    args: [stubProgram(dirname(log))],
    env: { STAKES_STUB_NAME: server, STAKES_STUB_TOOLS: handedOver(server, list, dirname(log)), STAKES_STUB_LOG: log },
  };
}

/**
 * Puts the stub in place of every server of an MCP client's config. A server without tools in `tools` gets a stub with
 * none. With `keepWrapper`, a command such as `gate … -- server` keeps all that stands up to its `--`.
 */
export function stubMcpConfig(
  config: JsonRecord,
  tools: StubTools,
  log: string,
  options: { keepWrapper?: boolean } = {},
): JsonRecord {
  const servers = Object.entries(asRecord(config.mcpServers)).map(([name, entry]) => {
    const original = asRecord(entry);
    const rest = Object.fromEntries(Object.entries(original).filter(([key]) => !transportKeys.includes(key)));
    const stub = stubEntry(name, tools[name] ?? [], log);
    return [name, { ...rest, ...(options.keepWrapper === true ? wrap(original, stub) : stub) }];
  });
  return { ...config, mcpServers: Object.fromEntries(servers) as JsonRecord };
}

function wrap(original: JsonRecord, stub: JsonRecord): JsonRecord {
  const args = original.args;
  const cut = Array.isArray(args) ? args.indexOf('--') : -1;
  if (!Array.isArray(args) || cut < 0) return stub;
  const inner = [asText(stub.command), ...(Array.isArray(stub.args) ? stub.args : [])];
  return {
    command: asText(original.command),
    args: [...args.slice(0, cut + 1), ...inner],
    env: { ...asRecord(original.env), ...asRecord(stub.env) },
  };
}

export function readExecuted(log: string): ExecutedCall[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const call = asRecord(parseJson(line));
      return { server: asText(call.server), tool: asText(call.tool), input: asRecord(call.input) };
    });
}

/** The stub is a file of its own, because a client starts it as it would start a server. */
function stubProgram(folder: string): string {
  const file = join(folder, 'stub-server.mjs');
  if (!existsSync(file)) writeFileSync(file, PROGRAM);
  return file;
}

/** Linux takes at most 128 KiB in one variable. */
function handedOver(server: string, list: string, folder: string): string {
  if (list.length < 30_000) return list;
  const file = join(folder, `tools-${server.replace(/[^\w-]/g, '_')}.json`);
  writeFileSync(file, list);
  return file;
}
