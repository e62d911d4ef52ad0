import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asRecord, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import type { ProofJob } from '../../prover.ts';
import { offeredBy } from '../../server-calls.ts';
import type { Plan } from '../plan.ts';

/** What only names tools; the servers in it are replaced. Whatever else was edited could start a program. */
const HARMLESS = ['mcp.json', 'names.json'];

/** Why these files must not be run, in words; undefined: they may. */
export function refusalOf({ bundle, files }: ProofJob): string | undefined {
  for (const { path, content } of files) {
    const found = readIfThere(join(bundle, 'copilot-cli', path));
    if (found === undefined) return `\`copilot-cli/${path}\` is gone`;
    if (found !== content && !HARMLESS.includes(path))
      return `\`copilot-cli/${path}\` is not what \`stakes generate\` writes, and running it could start anything`;
  }
  return undefined;
}

/** The bundle as it lies on disk in a project to throw away, with stubs in place of all servers; the path of its folder. */
export function stage({ bundle, files, policy }: ProofJob, plan: Plan, workspace: Workspace): string {
  const folder = join(workspace.project, '.stakes', policy.root, 'copilot-cli');
  for (const { path } of files) {
    const text = readIfThere(join(bundle, 'copilot-cli', path)) ?? '';
    writeIn(folder, path, path === 'mcp.json' ? withStubs(text, plan, workspace) : text);
  }
  writeIn(folder, '../policy.json', readIfThere(join(bundle, 'policy.json')) ?? '');
  return folder;
}

/** The list of tools stays as it is: it is one of the things that hold. */
export function withStubs(text: string, { aliases, policy }: Plan, workspace: Workspace): JsonRecord {
  const servers = Object.entries(asRecord(asRecord(parseJson(text)).mcpServers)).map(([alias, entry]) => {
    const server = [...aliases].find(([, name]) => name === alias)?.[0] ?? '';
    const stub = stubEntry(alias, offeredBy(server, [policy]), workspace.log);
    return [alias, { type: 'local', ...stub, tools: asRecord(entry).tools ?? [] }] as const;
  });
  return { mcpServers: Object.fromEntries(servers) };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
