import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asRecord, type JsonRecord, parseJson } from './json.ts';
import { type StubTools, stubMcpConfig } from './stub.ts';

/** A throw-away project: `home` is private, `project` is the working directory, `log` is where stubs write. */
export type Workspace = { root: string; home: string; project: string; log: string; remove: () => void };

const open = new Set<string>();
process.on('exit', () => {
  for (const root of open) rmSync(root, { recursive: true, force: true });
});

export function createWorkspace(): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'stakes-proof-'));
  open.add(root);
  const home = join(root, 'home');
  const project = join(root, 'project');
  mkdirSync(home);
  mkdirSync(project);
  return {
    root,
    home,
    project,
    log: join(root, 'calls.jsonl'),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
      open.delete(root);
    },
  };
}

export function writeIn(directory: string, path: string, content: string | JsonRecord): string {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

/**
 * Copies a generated bundle to `.stakes/<id>` of the workspace's project and puts stubs in place of the servers in the
 * named MCP configs, so that the files under test stay as they were generated.
 */
export function stageBundle(
  workspace: Workspace,
  bundleDir: string,
  tools: StubTools,
  options: { id?: string; mcpConfigs?: readonly string[]; keepWrapper?: boolean } = {},
): string {
  const bundle = join(workspace.project, '.stakes', options.id ?? 'agent');
  cpSync(bundleDir, bundle, { recursive: true });
  for (const path of options.mcpConfigs ?? ['claude-code/mcp.json']) {
    const config = asRecord(parseJson(readFileSync(join(bundle, path), 'utf8')));
    writeIn(bundle, path, stubMcpConfig(config, tools, workspace.log, options));
  }
  return bundle;
}
