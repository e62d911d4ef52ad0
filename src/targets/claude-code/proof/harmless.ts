import { isDeepStrictEqual } from 'node:util';
import { asRecord, type Json, parseJson } from '../../../probe/json.ts';
import { isRecord } from '../../../source/record.ts';

/** What only says how far the sandbox reaches. Others, such as `ripgrep` and `bwrapPath`, name programs that it starts. */
const SANDBOX_KEYS = [
  'enabled',
  'failIfUnavailable',
  'autoAllowBashIfSandboxed',
  'allowUnsandboxedCommands',
  'excludedCommands',
  'ignoreViolations',
  'enableWeakerNestedSandbox',
  'enableWeakerNetworkIsolation',
  'network',
  'filesystem',
];

/** A key of the sandbox's settings that may start a program; undefined: there is none. */
export function strangeSandboxKey(sandbox: Json | undefined): string | undefined {
  return Object.keys(asRecord(sandbox)).find((key) => !SANDBOX_KEYS.includes(key));
}

type Rule = (key: string, inner: string | undefined) => boolean;

const settings: Rule = (key, inner) =>
  inner === undefined ? key === 'permissions' : key === 'sandbox' && SANDBOX_KEYS.includes(inner);

/** Parts of the generated JSON that only say what is allowed; whatever else was edited could start a program. */
const HARMLESS: Record<string, Rule> = {
  'launcher-settings.json': settings,
  'managed-settings.json': settings,
  'settings.json': settings,
  'agents.json': (_, inner) => ['description', 'prompt', 'tools', 'maxTurns', 'model'].includes(inner ?? ''),
  // Every server in it is replaced.
  'mcp.json': () => true,
};

/** Can an edited file start nothing that the planned one does not? */
export function isHarmless(path: string, planned: string, found: string): boolean {
  const rule = HARMLESS[path];
  if (rule === undefined) return false;
  try {
    const [before, after] = [asRecord(parseJson(planned)), asRecord(parseJson(found))];
    return keysOf(before, after).every((key) => {
      if (isDeepStrictEqual(before[key], after[key]) || rule(key, undefined)) return true;
      const [left, right] = [before[key] ?? {}, after[key] ?? {}];
      if (!isRecord(left) || !isRecord(right)) return false;
      return keysOf(left, right).every((name) => isDeepStrictEqual(left[name], right[name]) || rule(key, name));
    });
  } catch {
    // The client may read more than JSON.
    return false;
  }
}

function keysOf(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}
