import { readFileSync } from 'node:fs';
import { runBounded } from '../../../probe/bounded.ts';
import { createWorkspace, writeIn } from '../../../probe/workspace.ts';
import { claudeEnvironment } from './environment.ts';
import { withManagedSettings } from './managed.ts';

/**
 * The "Invalid settings" lines of the engine's own check, for a settings file put where `place` says. It does not
 * report unknown keys, and it never looks at a file given by `--settings`.
 */
export async function claudeDoctor(
  binary: string,
  settingsFile: string,
  place: 'project' | 'user' | 'managed' = 'project',
): Promise<string[]> {
  const workspace = createWorkspace();
  try {
    const text = readFileSync(settingsFile, 'utf8');
    const file = writeIn(
      place === 'user' ? workspace.home : workspace.project,
      '.claude/settings.json',
      place === 'managed' ? '{}' : text,
    );
    const direct: [string, ...string[]] = [binary, 'doctor'];
    const managed = place === 'managed' ? writeIn(workspace.root, 'managed.json', text) : undefined;
    const [command, ...args] = managed === undefined ? direct : withManagedSettings(managed, direct, workspace.project);
    // With a key and no such address it would look its organisation's policy up on the internet.
    const env = { ...claudeEnvironment(workspace, binary), ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' };
    const ended = await runBounded({ command, args, env, cwd: workspace.project, limitMs: 60_000 });
    return invalidLines(ended.stdout, ended.stderr).map((line) => line.replaceAll(managed ?? file, 'settings.json'));
  } finally {
    workspace.remove();
  }
}

function invalidLines(stdout: string, stderr: string): string[] {
  // The exit code is 0 either way, so output that is no report must not read as "nothing invalid".
  if (!stdout.includes('Claude Code doctor')) throw new Error(`claude doctor gave no report: ${stdout}${stderr}`);
  const lines = stdout.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => /^invalid settings/i.test(line.trim()));
  if (start < 0) return [];
  const section = lines.slice(start + 1);
  const end = section.indexOf('');
  // Suggested fixes are indented below the line that they belong to.
  return (end < 0 ? section : section.slice(0, end))
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}
