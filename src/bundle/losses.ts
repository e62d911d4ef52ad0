import type { Loss, Policy } from '../model/policy.ts';
import type { Target } from '../targets/define.ts';
import { code, table } from './markdown.ts';

/** What the policy asks for and each target cannot say: the honest half of the bundle. */
export function lossReport(policy: Policy, all: readonly { target: Target; losses: Loss[] }[]): string {
  const parts = all.filter(({ target }) => target.id !== 'policy').map(({ target, losses }) => section(target, losses));
  return [
    `# What these files cannot enforce for ${code(policy.root)}`,
    '',
    'Read this before you rely on one of them alone.',
    '',
    ...parts,
  ].join('\n');
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
