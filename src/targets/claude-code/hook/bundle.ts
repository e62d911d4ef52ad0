import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { POLICY_SCHEMA, type Policy } from '../../../model/policy.ts';
import { canonicalJson, isRecord } from '../../../source/record.ts';
import { HOOK_SCHEMA, type HookData } from './data.ts';
import { readText } from './files.ts';

/** Bytes of a policy; the largest of the examples has 20,000. */
const MOST = 16 * 1024 * 1024;

export type Bundle = { ok: true; policy: Policy; data: HookData } | { ok: false; reason: string };

/** The same for the same policy, however its file is laid out. */
export function policyDigest(policy: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(policy)).digest('hex')}`;
}

/** The policy that the hook was generated for, and no other: whatever else lies there refuses every call. */
export function readBundle(folder: string): Bundle {
  const data = readJson(folder, 'hook.json', HOOK_SCHEMA);
  if (!data.ok) return data;
  const policy = readJson(join(folder, '..'), 'policy.json', POLICY_SCHEMA);
  if (!policy.ok) return policy;
  if (policyDigest(policy.value) !== data.value.policy)
    return refused('`policy.json` is not the policy that this hook was generated from', AGAIN);
  // What `generate` wrote has the shape that it wrote it in.
  return { ok: true, policy: policy.value as unknown as Policy, data: data.value as unknown as HookData };
}

const AGAIN = 'run `stakes generate`';

type Json = { ok: true; value: Record<string, unknown> } | { ok: false; reason: string };

function readJson(folder: string, name: string, schema: string): Json {
  const read = readText(join(folder, name), MOST);
  if ('fault' in read) {
    const fact = read.fault === 'ENOENT' ? 'is missing' : `cannot be read (${read.fault})`;
    return refused(`\`${name}\` ${fact}`, AGAIN);
  }
  const value = parsed(read.text);
  if (!isRecord(value)) return refused(`\`${name}\` is no JSON object`, AGAIN);
  if (value.schema === schema) return { ok: true, value };
  if (versionOf(value.schema, schema) > versionOf(schema, schema))
    return refused(`\`${name}\` is from a newer version of Stakes than this hook`, 'update Stakes, and generate again');
  return refused(`\`${name}\` is no \`${schema}\``, AGAIN);
}

/** The number behind the `@` of a schema of this name; 0 for another name. */
function versionOf(schema: unknown, known: string): number {
  const name = known.slice(0, known.indexOf('@') + 1);
  return typeof schema === 'string' && schema.startsWith(name) ? Number(schema.slice(name.length)) : 0;
}

function refused(fact: string, action: string): { ok: false; reason: string } {
  return { ok: false, reason: `every call is refused: ${fact}; ${action}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
