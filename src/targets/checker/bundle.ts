import { join } from 'node:path';
import { POLICY_SCHEMA, type Policy } from '../../model/policy.ts';
import { isRecord } from '../../source/record.ts';
import { policyDigest } from '../claude-code/hook/bundle.ts';
import { readText } from '../claude-code/hook/files.ts';
import { type CheckerData, NAMES_SCHEMA } from './names.ts';

/** Bytes of a policy; the largest of the examples has 20,000. */
const MOST = 16 * 1024 * 1024;

export type Bundle = { ok: true; policy: Policy; data: CheckerData } | { ok: false; reason: string };

/** The policy that `names.json` in `folder` was generated from, and no other: whatever else lies there refuses every call. */
export function readBundle(folder: string): Bundle {
  const data = readJson(join(folder, 'names.json'), NAMES_SCHEMA);
  if (typeof data === 'string') return refused(`\`names.json\` ${data}`);
  const policy = readJson(join(folder, '..', 'policy.json'), POLICY_SCHEMA);
  if (typeof policy === 'string') return refused(`\`policy.json\` ${policy}`);
  if (policyDigest(policy) !== data.policy)
    return refused('`policy.json` is not the policy that these files were generated from');
  // What `generate` wrote has the shape that it wrote it in.
  return { ok: true, policy: policy as unknown as Policy, data: data as unknown as CheckerData };
}

function readJson(path: string, schema: string): Record<string, unknown> | string {
  const read = readText(path, MOST);
  if ('fault' in read) return read.fault === 'ENOENT' ? 'is missing' : `cannot be read (${read.fault})`;
  try {
    const value: unknown = JSON.parse(read.text);
    return isRecord(value) && value.schema === schema ? value : `is no \`${schema}\``;
  } catch {
    return 'is no JSON';
  }
}

function refused(fact: string): Bundle {
  return { ok: false, reason: `every call is refused: ${fact}; run \`stakes generate\`` };
}
