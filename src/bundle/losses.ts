import { closersOf, type Gap } from '../model/gap.ts';
import type { Loss, Policy } from '../model/policy.ts';
import type { Target } from '../targets/define.ts';
import { code, table } from './markdown.ts';

/** What the policy asks for and each target cannot say: the honest half of the bundle. */
export function lossReport(
  policy: Policy,
  all: readonly { target: Target; losses: Loss[] }[],
  gaps: readonly Gap[],
): string {
  const parts = all.filter(({ target }) => target.id !== 'policy').map(({ target, losses }) => section(target, losses));
  return [
    `# What these files cannot enforce for ${code(policy.root)}`,
    '',
    'Read this before you rely on one of them alone.',
    '',
    ...open(policy, gaps),
    ...parts,
  ].join('\n');
}

/** What a line about one target hides: that no other target of the bundle makes up for it. */
function open({ tier }: Policy, gaps: readonly Gap[]): string[] {
  if (gaps.length === 0) return [];
  const closers = closersOf(gaps);
  const rows = gaps.map(({ control, closedBy }) => {
    const [closer] = closers.filter((id) => closedBy.includes(id));
    return [
      control,
      closer === undefined
        ? `no target does; \`stakes explain ${control}\` says what it is and what shows it`
        : `add the ${code(closer)} target`,
    ];
  });
  return [`## What ${tier} requires and none of these files holds`, '', table(['control', 'instead'], rows), ''];
}

function section(target: Target, losses: Loss[]): string {
  const title = `## ${target.title}`;
  const checked =
    target.proof === 'schema-checked' ? ['Checked against its published format only, not on the engine.', ''] : [];
  if (losses.length === 0) return [title, '', ...checked, 'Nothing: all of the policy is said.', ''].join('\n');
  const rows = losses.map(({ what, agent, tool, message, instead }) => [what, about(agent, tool), message, instead]);
  return [title, '', ...checked, table(['what', 'about', 'what is lost', 'instead'], rows), ''].join('\n');
}

function about(agent: string | undefined, tool: string | undefined): string {
  if (tool !== undefined) return code(tool);
  return agent === undefined ? '' : code(agent);
}
