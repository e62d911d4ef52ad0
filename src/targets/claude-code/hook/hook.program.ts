// A PreToolUse hook of Claude Code. It refuses what the policy beside it does not let through, and is silent otherwise: it
// never allows, so that every rule and every person who approves stays in force.
import { homedir } from 'node:os';
import { refusalOf } from './answer.ts';
import { HOOK_WAYS } from './data.ts';

/** Bytes of a call. */
const MOST = 4 * 1024 * 1024;

try {
  const reason = await answer();
  if (reason !== undefined) deny(reason);
} catch (error) {
  deny(
    `every call is refused, because the hook failed: ${error instanceof Error ? error.message : 'for no known reason'}`,
  );
}

async function answer(): Promise<string | undefined> {
  const way = HOOK_WAYS.find((known) => known === process.argv[2]);
  if (way === undefined) return `every call is refused: the hook was not started as one of ${HOOK_WAYS.join(', ')}`;
  const text = await input();
  if (text === undefined) return `the arguments are too large: at most ${MOST} bytes`;
  const machine = { platform: process.platform, env: process.env, home: process.env.HOME ?? homedir() };
  return refusalOf(text, { way, folder: import.meta.dirname, machine, time: Date.now() });
}

async function input(): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MOST) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Twice, because either can be lost: Claude Code ignores an answer that is not JSON, and every exit code but 2. */
function deny(reason: string): void {
  const decision = { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason };
  process.stdout.write(`${JSON.stringify({ hookSpecificOutput: decision })}\n`);
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}
