import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../../src/model/policy.ts';
import type { Observation } from '../../../src/model/proof.ts';
import type { EmittedFile } from '../../../src/targets/define.ts';
import { toolName } from '../../../src/targets/gemini/names.ts';
import { planOf } from '../../../src/targets/gemini/plan.ts';
import type { Question } from '../generated-policies.ts';

interface Core {
  loadPoliciesFromToml(
    paths: string[],
    tier: () => number,
  ): Promise<{
    rules: object[];
    checkers: object[];
    errors: { severity?: string; message: string; details?: string }[];
  }>;
  PolicyEngine: new (
    config: object,
  ) => {
    check(call: { name: string; args: object }, server?: string): Promise<{ decision: 'allow' | 'ask_user' | 'deny' }>;
  };
}

const core = (await import('@google/gemini-cli-core' as string)) as unknown as Core;

// Under a test runner it tells of every rule that it looks at.
console.debug = () => undefined;

export type Mode = 'default' | 'autoEdit' | 'yolo' | 'plan';

/** Gemini CLI's own engine with the rules of one file, as an administrator's. Throws where the file is not taken as it is. */
export async function engineOf(text: string, mode: Mode = 'default') {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-gemini-'));
  try {
    writeFileSync(join(folder, 'policy.toml'), text);
    const { rules, checkers, errors } = await core.loadPoliciesFromToml([folder], () => 5);
    const faults = errors.filter(({ severity }) => severity !== 'warning');
    const engine = new core.PolicyEngine({ rules, checkers, defaultDecision: 'ask_user', approvalMode: mode });
    return { engine, rules: rules.length, faults };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const SEEN = { allow: 'ran', ask_user: 'asked', deny: 'refused' } as const;

/** What the engine answers to each call, as the client would ask it. */
export async function answers(
  made: Policy,
  files: readonly EmittedFile[],
  questions: readonly Question[],
  mode?: Mode,
): Promise<Observation[]> {
  const text = files.find(({ path }) => path === 'policy.toml')?.content ?? '';
  const { engine, faults } = await engineOf(text, mode);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  const { aliases } = planOf(made);
  return Promise.all(
    questions.map(async ({ tool, arguments: args }) => {
      const slash = tool.indexOf('/');
      const alias = slash < 0 ? undefined : (aliases.get(tool.slice(0, slash)) ?? tool.slice(0, slash));
      const name = alias === undefined ? tool : toolName(alias, tool.slice(slash + 1));
      const { decision } = await engine.check({ name, args }, alias);
      return SEEN[decision];
    }),
  );
}
