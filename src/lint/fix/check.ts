import type { Finding } from '../../model/finding.ts';
import { compareTiers, type Tier } from '../../model/tiers.ts';
import type { Home } from './write.ts';

/** What a look at all the texts says. */
export interface Linted {
  /** After ignores, so that nothing is mended that somebody decided to keep. */
  findings: readonly Finding[];
  /** Every agent that was looked at. */
  agents: readonly (Home & { tier: Tier })[];
}

/** Why the texts after these fixes are not to be kept; undefined: they are. */
export function complaintOf(before: Linted, after: Linted, fixes: readonly Finding[]): string | undefined {
  const left = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  const stays = (fix: Finding) => left.has(fix.fingerprint) && !fewer(fix, before.findings, after.findings, fixes);
  if (fixes.some(stays)) return 'the finding is still there afterwards';
  for (const agent of before.agents) {
    const now = after.agents.find((other) => other.file === agent.file && other.document === agent.document);
    if (!now) return `\`${agent.file}\` could not be read afterwards`;
    if (compareTiers(now.tier, agent.tier) > 0) return `the tier of \`${agent.id}\` would rise to ${now.tier}`;
  }
  const worse = worseIn(before.findings, after.findings);
  return worse && `\`${worse}\` would be found more often`;
}

/**
 * Are as many findings of the rule gone as were mended? In a list the next entry moves up, and a finding about it stands where
 * the mended one stood.
 */
function fewer(
  { rule, file, document }: Finding,
  before: readonly Finding[],
  after: readonly Finding[],
  fixes: readonly Finding[],
): boolean {
  const count = (findings: readonly Finding[]) =>
    findings.filter((one) => one.rule === rule && one.file === file && one.document === document).length;
  return count(after) <= count(before) - count(fixes);
}

/** A rule that speaks of too little control, or of a broken file, and speaks more often than before. */
function worseIn(before: readonly Finding[], after: readonly Finding[]): string | undefined {
  const counts = new Map<string, number>();
  const grave = ({ rule, direction }: Finding) => direction === 'under' || rule === 'invalid-file';
  for (const finding of after.filter(grave)) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
  for (const finding of before.filter(grave)) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) - 1);
  return [...counts].find(([, more]) => more > 0)?.[0];
}
