import { fileURLToPath } from 'node:url';
import * as doctor from '../../src/targets/claude-code/proof/doctor.ts';
import * as session from '../../src/targets/claude-code/proof/session.ts';
import { srtCli } from './srt.ts';

export type { ClaudeOutcome, ClaudeSetup } from '../../src/targets/claude-code/proof/session.ts';
export { bundleSetup } from '../../src/targets/claude-code/proof/session.ts';

/** The pinned client. */
export const claudeBinary = fileURLToPath(
  new URL('./node_modules/@anthropic-ai/claude-code-linux-x64/claude', import.meta.url),
);

export type ClaudeRun = Omit<session.ClaudeRun, 'binary' | 'programs'>;

export function runClaude(run: ClaudeRun): Promise<session.ClaudeOutcome> {
  return session.runClaude({ ...run, binary: claudeBinary, programs: { srt: srtCli } });
}

export function claudeDoctor(settingsFile: string, place?: 'project' | 'user' | 'managed'): Promise<string[]> {
  return doctor.claudeDoctor(claudeBinary, settingsFile, place);
}
