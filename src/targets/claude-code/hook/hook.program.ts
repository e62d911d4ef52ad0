// A PreToolUse hook of Claude Code. It refuses what the policy beside it does not let through, and is silent otherwise: it
// never allows, so that every rule and every person who approves stays in force.
import { readSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { faultOf } from '../../../source/fault-code.ts';
import { sleep } from '../../../source/sleep.ts';
import { refusalOf } from './answer.ts';
import { HOOK_WAYS, NOTHING_AGAINST_IT } from './data.ts';

/** Bytes of a call. */
const MOST = 4 * 1024 * 1024;

try {
  const reason = answer();
  if (reason === undefined) process.exitCode = NOTHING_AGAINST_IT;
  else deny(reason);
} catch (error) {
  deny(
    `every call is refused, because the hook failed: ${error instanceof Error ? error.message : 'for no known reason'}`,
  );
}

function answer(): string | undefined {
  const way = HOOK_WAYS.find((known) => known === process.argv[2]);
  if (way === undefined) return `every call is refused: the hook was not started as one of ${HOOK_WAYS.join(', ')}`;
  const text = input();
  if (text === undefined) return `the arguments are too large: at most ${MOST} bytes`;
  const machine = { platform: process.platform, env: process.env, home: process.env.HOME ?? homedir() };
  return refusalOf(text, { way, folder: import.meta.dirname, machine, time: Date.now() });
}

/** Without Node's streams, which take longer to load than all the rest; `hook.sh` ends a wait that is too long. */
function input(): string | undefined {
  const bytes = Buffer.allocUnsafe(MOST + 1);
  let size = 0;
  for (;;) {
    const length = readSome(bytes, size);
    size += length;
    if (length === 0) return bytes.toString('utf8', 0, size);
    if (size > MOST) return undefined;
  }
}

function readSome(bytes: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(0, bytes, at, bytes.length - at, null);
    } catch (error) {
      if (faultOf(error) === 'EOF') return 0;
      if (faultOf(error) !== 'EAGAIN') throw error;
      sleep(1);
    }
  }
}

/** Twice, because either can be lost: Claude Code ignores an answer that is not JSON, and every exit code but 2. */
function deny(reason: string): void {
  const decision = { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason };
  writeFileSync(1, `${JSON.stringify({ hookSpecificOutput: decision })}\n`);
  writeFileSync(2, `${reason}\n`);
  process.exitCode = 2;
}
