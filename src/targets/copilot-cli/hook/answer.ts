import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { isRecord } from '../../../source/record.ts';
import { check, type Surroundings } from '../../checker/check.ts';
import { READERS } from '../readers.ts';

/** What Copilot is told; undefined: nothing, so that its own rules decide. */
export type Told = { permissionDecision: 'allow' | 'ask' | 'deny'; permissionDecisionReason: string } | undefined;

/** A call as Copilot describes it to a hook. */
export function answerTo(text: string, agent: string, around: Surroundings): Told {
  const call = readCall(text);
  if (call === undefined)
    return deny('every call is refused: Copilot describes calls in a way that this hook does not know');
  const answer = check({ agent, tool: call.tool, arguments: call.arguments, session: call.session }, around);
  if (answer.decision === 'deny') return deny(answer.message);
  if (Object.values(READERS).includes(call.tool)) {
    if (!isInside(call.arguments, call.cwd)) return deny('only files of the project may be read');
    // Its own check of paths stays in force: an answer would take its place.
    if (answer.decision === 'allow') return undefined;
  }
  return { permissionDecision: answer.decision, permissionDecisionReason: answer.message };
}

function deny(permissionDecisionReason: string): Told {
  return { permissionDecision: 'deny', permissionDecisionReason };
}

interface HookCall {
  session: string;
  tool: string;
  arguments: unknown;
  cwd: string;
}

function readCall(text: string): HookCall | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const { sessionId: session, toolName: tool, toolArgs, cwd } = value;
  if (!isName(session) || !isName(tool) || typeof cwd !== 'string' || !isAbsolute(cwd)) return undefined;
  const values = typeof toolArgs === 'string' ? parsed(toolArgs) : toolArgs;
  return isRecord(values) || values === undefined ? { session, tool, arguments: values, cwd } : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1000;
}

/** Does the path of the call lie in the project, and what it leads to as well? */
function isInside(values: unknown, cwd: string): boolean {
  const named = isRecord(values) ? [values.path, values.filePath, values.paths].flat() : [];
  const project = realpathSync(cwd);
  return named.every((path) => {
    if (path === undefined) return true;
    if (typeof path !== 'string') return false;
    const real = realPath(resolve(project, path));
    return real === project || real.startsWith(join(project, sep));
  });
}

/** Of a path that is not there, its folders that are count. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), path.slice(dirname(path).length));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
