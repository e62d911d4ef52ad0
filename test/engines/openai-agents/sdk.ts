import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as loaded from '@openai/agents';
import type { Policy } from '../../../src/model/policy.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import type { EmittedFile } from '../../../src/targets/define.ts';
import { aliasesOf } from '../../../src/targets/openai-agents/names.ts';
import type { ScriptedSdk } from '../../../src/targets/openai-agents/proof/scripted.ts';
import { target } from '../../../src/targets/openai-agents/target.ts';
import { offeredBy } from '../../../src/targets/server-calls.ts';

/** The pinned package. */
export const engine = fileURLToPath(new URL('./node_modules/@openai/agents', import.meta.url));

export const sdk = loaded as unknown as ScriptedSdk & typeof loaded;

/** A server in this very process that writes down what it runs. */
export interface FakeServer {
  ran: { name: string; input: unknown }[];
  connect(): Promise<void>;
  close(): Promise<void>;
  listTools(): Promise<object[]>;
  callTool(name: string, input: unknown): Promise<object[]>;
}

export function fakeServer(tools: readonly string[]): FakeServer {
  const ran: FakeServer['ran'] = [];
  return {
    ran,
    connect: async () => undefined,
    close: async () => undefined,
    listTools: async () => tools.map((name) => ({ name, inputSchema: { type: 'object' } })),
    callTool: async (name, input) => {
      ran.push({ name, input });
      return [{ type: 'text', text: `EXECUTED ${name}` }];
    },
  };
}

export interface Opened {
  agent: object;
  runOptions: { maxTurns: number | null };
  servers: Record<string, FakeServer>;
}

const root = mkdtempSync(join(tmpdir(), 'stakes-openai-agents-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
let count = 0;

/** An agent of a generated module that is loaded from a bundle of its own, with servers that only pretend. */
export async function opened(
  made: Policy,
  id: string,
  files: readonly EmittedFile[] = target.emit(made).files,
  also: Readonly<Record<string, readonly string[]>> = {},
): Promise<Opened> {
  const bundle = join(root, `project-${count++}`, '.stakes', made.root);
  for (const { path, content } of files) writeIn(bundle, `openai-agents/${path}`, content);
  writeIn(bundle, 'policy.json', JSON.stringify(made));
  process.env.XDG_STATE_HOME = join(bundle, '../../../state', String(count));
  const { openAgent } = (await import(pathToFileURL(join(bundle, 'openai-agents/agent.mjs')).href)) as {
    openAgent: (given: object, how: object) => Promise<Omit<Opened, 'servers'>>;
  };
  const agents = Object.values(made.agents);
  const servers = Object.fromEntries(
    [...aliasesOf(Object.keys(made.agents[id]?.servers ?? {}))].map(([server, alias]) => [
      alias,
      fakeServer([...offeredBy(server, agents), ...(also[server] ?? [])]),
    ]),
  );
  return { ...(await openAgent(sdk, { agent: id, servers })), servers };
}
