// A preToolUse hook of Copilot CLI. It lets run what the policy above it lets run, asks where that asks, and refuses all else.
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { answerTo, type Told } from './answer.ts';
import { ANSWERED } from './script.ts';

/** Bytes of a call. */
const MOST = 4 * 1024 * 1024;

const told = answer();
if (told !== undefined) writeFileSync(1, `${JSON.stringify(told)}\n`);
process.exitCode = ANSWERED;

function answer(): Told {
  try {
    const text = readFileSync(0, 'utf8');
    if (text.length > MOST) throw new Error(`the arguments are too large: at most ${MOST} bytes`);
    const folder = dirname(import.meta.dirname);
    const { root } = JSON.parse(readFileSync(join(folder, '..', 'policy.json'), 'utf8')) as { root: string };
    const machine = { platform: process.platform, env: process.env, home: process.env.HOME ?? homedir() };
    return answerTo(text, root, { folder, machine, time: Date.now() });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'for no known reason';
    const permissionDecisionReason = `every call is refused, because the hook failed: ${why}`;
    return { permissionDecision: 'deny', permissionDecisionReason };
  }
}
