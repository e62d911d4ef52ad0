import type { Gap } from '../model/gap.ts';
import type { Problem } from '../model/place.ts';
import type { Loss } from '../model/policy.ts';
import type { Tier } from '../model/tiers.ts';

export interface GenerateResult {
  file: string;
  agent: string;
  /** Folder of the bundle, relative to where the command ran. */
  folder: string;
  tier: Tier;
  /** How the bundle stood before this run. */
  state: 'fresh' | 'missing' | 'manifest-changed' | 'edited' | 'policy-changed' | 'targets-changed' | 'emitter-newer';
  /** Files that the state is about. */
  stale: string[];
  /** Files edited by hand that kept the command from writing; empty when it wrote. */
  blocked: string[];
  /** How many files were written. */
  written: number;
  files: string[];
  targets: { id: string; title: string; proof: 'engine' | 'schema-checked'; losses: Loss[] }[];
  /** What the tier requires and none of these files holds, with the targets that would, the best first. */
  gaps: Gap[];
  /** Targets that are left out because the configuration does not allow them. */
  notAllowed: string[];
  /** Where the policy is stricter than the manifest's word. */
  notes: string[];
  /** Files that `stakes apply` wrote from this bundle, with `--check`. */
  installed: { path: string; state: 'holds' | 'missing' | 'changed' | 'stale' | 'unreadable' }[];
}

export interface GenerateReport {
  schema: 'stakes/generate@1';
  results: GenerateResult[];
  errors: Problem[];
}
