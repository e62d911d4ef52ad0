import type { Assessment } from '../model/assessment.ts';
import { CONTROL_DOCS } from '../model/controls.ts';
import { closersOf, type Gap } from '../model/gap.ts';
import type { AgentPolicy, Grant, Loss, Policy } from '../model/policy.ts';
import { TIER_DOCS } from '../model/tiers.ts';
import type { Target } from '../targets/define.ts';
import { code, prose, table } from './markdown.ts';

interface Made {
  losses: readonly { target: Target; losses: Loss[] }[];
  gaps: readonly Gap[];
  notAllowed: readonly string[];
}

/** The bundle in plain words, for the person who must install it or answer for it. */
export function readme(assessment: Assessment, policy: Policy, { losses: all, gaps, notAllowed }: Made): string {
  const root = policy.agents[policy.root];
  if (!root) throw new Error(`policy has no agent \`${policy.root}\``);
  const tier = TIER_DOCS[policy.tier];
  return [
    `# ${prose(root.name)}: ${tier.title.toLowerCase()} control`,
    '',
    'Written by `stakes generate`. Do not edit these files: change the manifest and run it again. `stakes generate --check` tells when they are stale.',
    '',
    `- **Agent:** ${code(root.id)}${root.owner === null ? '' : `, owned by ${code(root.owner)}`}, ${root.environment === 'unknown' ? 'environment not stated' : root.environment}`,
    `- **Tier:** ${policy.tier}: ${tier.summary}`,
    ...(policy.floor === policy.tier
      ? []
      : [
          `- **Not settled:** with what is not stated yet it could be as low as ${policy.floor}. Until then the higher one counts.`,
        ]),
    ...(policy.stage === 'staging-only'
      ? ['- **Stage:** staging only. Nothing of production is in reach; the rest of the tier is due when it graduates.']
      : []),
    '',
    '## What it may do',
    '',
    ...Object.values(policy.agents).flatMap((agent) => agentSection(agent, policy)),
    'Every tool that is not listed is denied.',
    '',
    ...noteSection(policy.notes),
    '## What the tier calls for',
    '',
    table(
      ['control', 'what it is', 'shown by', 'enforced by these files'],
      assessment.controls.required.map(({ id, evidence }) => [
        id,
        CONTROL_DOCS[id].summary,
        evidence === '' ? '**nothing yet**' : evidence,
        all
          .filter(({ target }) => target.enforces.includes(id))
          .map(({ target }) => (target.proof === 'engine' ? target.id : `${target.id} (not proven)`))
          .join(', ') || noneOf(gaps.find(({ control }) => control === id)),
      ]),
    ),
    '',
    '## How to use the files',
    '',
    ...all.flatMap(({ target, losses }) => targetSection(target, losses, policy)),
    ...leftOut(notAllowed),
  ].join('\n');
}

const WORDS: Record<Grant['decision'], string> = { allow: 'runs', ask: 'a person approves each call', deny: 'denied' };

function agentSection(agent: AgentPolicy, policy: Policy): string[] {
  const rows = Object.entries(agent.tools).map(([tool, grant]) => [
    code(tool),
    WORDS[grant.decision],
    limitsOf(grant),
    grant.because,
  ]);
  const title = agent.id === policy.root ? [] : [`### Subagent ${code(agent.id)}`, ''];
  return [...title, table(['tool', 'what happens', 'bounds', 'because'], rows), ''];
}

function limitsOf({ decision, arguments: schema, maxCallsPerDay, bounded }: Grant): string {
  const parts = [
    ...(schema === null ? [] : ['arguments checked']),
    ...(maxCallsPerDay === null ? [] : [`at most ${maxCallsPerDay} a day`]),
    ...(bounded && decision === 'allow' ? ['bounded: stands in for a gate'] : []),
  ];
  return parts.join(', ');
}

function noteSection(notes: string[]): string[] {
  if (notes.length === 0) return [];
  return ['Stricter than the manifest says:', '', ...notes.map((note) => `- ${prose(note)}`), ''];
}

function targetSection(target: Target, losses: Loss[], policy: Policy): string[] {
  const lost =
    losses.length === 0
      ? ''
      : ` ${losses.length === 1 ? 'One thing' : `${losses.length} things`} it cannot enforce: see [LOSSES.md](LOSSES.md).`;
  const proof =
    target.proof === 'schema-checked' ? ' Checked against its published format only, not on the engine.' : '';
  return [`### ${target.title}`, '', `${sentence(target.summary)}${proof}${lost}`, '', target.usage(policy).trim(), ''];
}

function noneOf(gap: Gap | undefined): string {
  if (gap === undefined) return 'none of them; it is held elsewhere';
  const [best] = closersOf([gap]);
  return best === undefined ? '**none of them**' : `**none of them**; the ${code(best)} target would`;
}

function leftOut(notAllowed: readonly string[]): string[] {
  if (notAllowed.length === 0) return [];
  return [`Not generated, because the configuration does not allow them: ${notAllowed.map(code).join(', ')}.`, ''];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
