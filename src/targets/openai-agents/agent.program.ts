// Opens agents of the policy for the OpenAI Agents SDK: each tool of their servers behind a check of its own.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, peek } from '../checker/check.ts';
import type { AgentsData, StartedServer } from './data.ts';
import { kept } from './names.ts';

interface McpServer {
  connect(): Promise<void>;
  close(): Promise<void>;
  listTools(): Promise<{ name: string; description?: string; inputSchema?: object }[]>;
  callTool(name: string, input: Record<string, unknown>): Promise<unknown>;
}

/** What is used of `@openai/agents`. */
interface Sdk {
  Agent: new (options: object) => object;
  MCPServerStdio: new (options: object) => McpServer;
  MCPServerStreamableHttp: new (options: object) => McpServer;
  tool(options: object): object;
  setTracingDisabled(disabled: boolean): void;
}

interface How {
  /** A key of the policy's agents; the root unless told. */
  agent?: string;
  /** A model of yours, where the policy does not name one. */
  model?: unknown;
  instructions?: string;
  /** The same for all that counts as one session; a new one for each opened agent unless told. */
  session?: string;
  /** Servers to connect to in place of those of the policy, by alias; for tests. */
  servers?: Readonly<Record<string, McpServer>>;
}

const here = dirname(fileURLToPath(import.meta.url));

/**
 * `sdk` is the module `@openai/agents`. Gives the agent, options for `run`, and what closes its servers. Throws where a
 * variable that a server needs is not set, or a server does not start.
 */
export async function openAgent(sdk: Sdk, how: How = {}) {
  const { root, agents } = JSON.parse(readFileSync(join(here, 'agents.json'), 'utf8')) as AgentsData;
  const id = how.agent ?? root;
  const opened = Object.hasOwn(agents, id) ? agents[id] : undefined;
  if (opened === undefined) throw new Error(`the policy has no agent ${id}`);
  // Traces would take all that tools say out of the machine.
  sdk.setTracingDisabled(true);
  const session = how.session ?? randomUUID();
  const connected: McpServer[] = [];
  const close = async () => {
    await Promise.allSettled(connected.map((server) => server.close()));
  };
  const tools: object[] = [];
  try {
    for (const [alias, started] of Object.entries(opened.servers)) {
      const given = how.servers !== undefined && Object.hasOwn(how.servers, alias) ? how.servers[alias] : undefined;
      const server = given ?? start(sdk, alias, started);
      await server.connect();
      connected.push(server);
      tools.push(...(await toolsOf(sdk, server, alias, started, { agent: id, session })));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const model = opened.model ?? how.model;
  const agent = new sdk.Agent({
    name: opened.name,
    instructions: how.instructions ?? `You are ${opened.name}.`,
    tools,
    ...(model === undefined ? {} : { model }),
  });
  return { agent, runOptions: { maxTurns: opened.maxTurns }, close };
}

function start(sdk: Sdk, name: string, { transport, command, args, env, cwd, url, headers }: StartedServer): McpServer {
  if (transport === 'http')
    return new sdk.MCPServerStreamableHttp({ name, url: filled(url), requestInit: { headers: allFilled(headers) } });
  const place = cwd === null ? {} : { cwd };
  // Without a shell, and with no variables but its own and those that any program needs.
  return new sdk.MCPServerStdio({
    name,
    command: filled(command),
    args: args.map(filled),
    env: allFilled(env),
    ...place,
  });
}

async function toolsOf(
  sdk: Sdk,
  server: McpServer,
  alias: string,
  { tools }: StartedServer,
  caller: { agent: string; session: string },
): Promise<object[]> {
  const listed = await server.listTools();
  const nameOf = (name: string): string => `${alias}_${kept(name)}`;
  return listed.flatMap(({ name, description, inputSchema }) => {
    const offered = nameOf(name);
    const exact = Object.hasOwn(tools, offered) ? tools[offered] : undefined;
    const found = exact ?? tools[`${alias}_*`];
    // Of two tools with one name, neither is told apart.
    const isAlone = listed.filter((other) => nameOf(other.name) === offered).length === 1;
    if (found === undefined || !isAlone || (exact !== undefined && exact.name !== name)) return [];
    const asked = (input: unknown) => ({ ...caller, tool: offered, arguments: input });
    return sdk.tool({
      name: offered,
      description: description ?? name,
      strict: false,
      parameters: { type: 'object', properties: {}, required: [], ...inputSchema, additionalProperties: true },
      // What would be refused is not worth a question.
      needsApproval: async (_: unknown, input: unknown) => peek(asked(input), around()).decision === 'ask',
      execute: async (input: Record<string, unknown>) => {
        const { decision, message } = check(asked(input), around());
        if (decision === 'deny') return `Refused: ${message}`;
        return server.callTool(name, input);
      },
    });
  });
}

function around() {
  const machine = { platform: process.platform, env: process.env, home: process.env.HOME ?? homedir() };
  return { folder: here, machine, time: Date.now() };
}

function filled(text: string): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = process.env[name];
    if (value === undefined) throw new Error(`${name} is not set`);
    return value;
  });
}

function allFilled(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(value)]));
}
