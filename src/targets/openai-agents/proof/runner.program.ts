// Plays calls through the SDK of the user, with the generated module, a model that follows a script, and stub servers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Played, playCall, type ScriptedSdk } from './scripted.ts';

interface Batch {
  agent: string;
  /** Folder for counters. */
  state: string;
  servers: Record<string, { command: string; args: string[]; env: Record<string, string> }>;
  calls: { name: string; input: unknown }[];
}

interface Opened {
  agent: object;
  runOptions: object;
  close(): Promise<void>;
}

const [engine = '', folder = ''] = process.argv.slice(2);
const batches = JSON.parse(readFileSync(0, 'utf8')) as Batch[];
const entry = createRequire(join(engine, 'package.json')).resolve('@openai/agents');
const loaded = (await import(pathToFileURL(entry).href)) as ScriptedSdk & { default?: ScriptedSdk };
const sdk = 'Agent' in loaded ? loaded : ((loaded as { default: ScriptedSdk }).default as ScriptedSdk);
const { openAgent } = (await import(pathToFileURL(join(folder, 'agent.mjs')).href)) as {
  openAgent: (sdk: object, how: object) => Promise<Opened>;
};
const played: Played[][] = [];
for (const { agent: id, state, servers, calls } of batches) {
  process.env.XDG_STATE_HOME = state;
  const stubs = Object.entries(servers).map(([name, stub]) => [name, new sdk.MCPServerStdio({ name, ...stub })]);
  const { agent, runOptions, close } = await openAgent(sdk, { agent: id, servers: Object.fromEntries(stubs) });
  const seen: Played[] = [];
  for (const call of calls) seen.push(await playCall(sdk, agent, runOptions, call));
  played.push(seen);
  await close();
}
process.stdout.write(`${JSON.stringify(played)}\n`);
process.exit(0);
