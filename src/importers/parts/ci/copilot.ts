import { copilot } from '../../../catalog/hosts/copilot.ts';
import type { ToolFacts } from '../../../model/manifest.ts';
import { hasFlag, listIn, oneValueOf, valuesOf } from '../flags.ts';
import { serverName } from '../named-servers.ts';
import { jsonIn } from './claude-settings.ts';
import { type AgentRun, isExpression, type Step } from './run.ts';
import { withServers } from './servers.ts';

/** Kinds of permission, as the tools they stand for. */
const KINDS: Readonly<Record<string, string>> = {
  shell: 'execute',
  write: 'edit',
  url: 'web',
  read: 'read',
  web_fetch: 'web',
};

/** `copilot -p …` in a script. */
export function copilotCommand(step: Step, words: readonly string[]): AgentRun | undefined {
  if (!hasFlag(words, '-p', '--prompt')) return undefined;
  const everything = hasFlag(words, '--allow-all', '--allow-all-tools', '--yolo');
  const tools: Record<string, ToolFacts> = {};
  const partly = new Map<string, string[]>();
  for (const [name, { facts, gate, unlisted }] of Object.entries(copilot.tools)) {
    // Commands that only read run unasked.
    if (!unlisted && (everything || gate === 'none' || gate === 'commands'))
      tools[name] = { ...facts, access: 'allow' };
  }
  if (!everything) partly.set('execute', ['commands that only read']);
  for (const rule of valuesOf(words, '--allow-tool').flatMap(listIn)) {
    const { tool, only } = ruleOf(rule);
    tools[tool] = { ...copilot.tools[tool]?.facts, access: 'allow' };
    if (tool === 'execute' && only === undefined) partly.delete('execute');
    else if (only !== undefined && !tool.includes('/')) partly.set(tool, [...(partly.get(tool) ?? []), only]);
  }
  if (valuesOf(words, '--allow-url').length > 0 || hasFlag(words, '--allow-all-urls'))
    tools.web = { ...copilot.tools.web?.facts, access: 'allow' };
  for (const rule of valuesOf(words, '--deny-tool').flatMap(listIn)) {
    const { tool, only } = ruleOf(rule);
    if (only === undefined || tool.includes('/')) tools[tool] = { ...copilot.tools[tool]?.facts, access: 'deny' };
    if (tools[tool]?.access === 'deny') partly.delete(tool);
  }
  const maps = valuesOf(words, '--additional-mcp-config').map((text) => jsonIn(step, text.replace(/^@/, '')) ?? {});
  const models = [oneValueOf(words, '--model') ?? ''].filter(
    (id) => id !== '' && !isExpression(id) && !id.startsWith('$'),
  );
  const run = withServers(step, maps, { tools, partly, everything });
  return {
    host: copilot.id,
    ...run,
    ...(models.length > 0 ? { models: models.map((id) => ({ provider: 'github-copilot', id })) } : {}),
    notes: {
      ...run.notes,
      '/agent': [everything ? 'every tool is let through' : 'what no flag lets through is refused'],
    },
    place: step.place(),
  };
}

/** `shell(git:*)`, `write`, `github(create_issue)`: a kind with a limit, or a server with one of its tools. */
function ruleOf(rule: string): { tool: string; only?: string } {
  const [, name = '', , only] = /^([^(]*)(\((.*)\))?$/s.exec(rule) ?? [];
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind !== undefined) return { tool: kind, ...(only === undefined || only === '' ? {} : { only }) };
  const server = serverName(name);
  return { tool: `${server}/${only?.replace(/[\s/]+/g, '-') || '*'}` };
}
