// Plays one session through the SDK of the user, with the generated options and stubs in place of their servers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Job {
  prompt: string;
  project: string;
  mcpServers: object;
  /** The client to start, where the SDK does not bring its own. */
  claude?: string;
  model?: string;
  /** What the person says. */
  approves: boolean;
}

interface Options {
  mcpServers: object;
  model?: string;
}

const [sdk = '', folder = ''] = process.argv.slice(2);
const job = JSON.parse(readFileSync(0, 'utf8')) as Job;
const { query } = (await import(pathToFileURL(join(sdk, 'sdk.mjs')).href)) as {
  query: (asked: { prompt: string; options: object }) => AsyncIterable<Record<string, unknown>>;
};
const { optionsFor } = (await import(pathToFileURL(join(folder, 'options.mjs')).href)) as {
  optionsFor: (how: object) => Options;
};
const asked: object[] = [];
const approve = async (call: object): Promise<boolean> => {
  asked.push(call);
  return job.approves;
};
const options = optionsFor({ approve, project: job.project });
let result: Record<string, unknown> = {};
let thrown = '';
try {
  const own = {
    ...options,
    mcpServers: job.mcpServers,
    ...(job.model === undefined || options.model !== undefined ? {} : { model: job.model }),
    ...(job.claude === undefined ? {} : { pathToClaudeCodeExecutable: job.claude }),
  };
  for await (const message of query({ prompt: job.prompt, options: own }))
    if (message.type === 'result') result = message;
} catch (error) {
  thrown = error instanceof Error ? error.message : String(error);
}
process.stdout.write(`${JSON.stringify({ result, thrown, asked })}\n`);
process.exit(0);
