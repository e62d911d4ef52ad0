import type { Part, Said } from '../../define.ts';
import { modelsOf } from './models.ts';
import type { Project } from './project.ts';
import { notesOf } from './told.ts';
import { factsOf, type NamedTool, type Toolbox } from './tools.ts';

/** An agent of Claude Code with these tools, as far as the settings tell. */
export function agentWith(
  project: Project,
  tools: readonly NamedTool[],
  strangers: Toolbox['strangers'] = {},
): Required<Pick<Part, 'said' | 'from' | 'notes' | 'defaults'>> {
  const facts = factsOf(tools);
  const { mode, hooks, setting } = project;
  // A program that decides on calls may say yes to all of them.
  const review = hooks.decide || hooks.answer ? (mode?.review === 'none' ? 'none' : undefined) : mode?.review;
  const models = modelsOf(setting('model') ?? setting('env', 'ANTHROPIC_MODEL'), (name) => setting('env', name));
  const turns = Number(setting('env', 'CLAUDE_CODE_MAX_TURNS'));
  const named = new Set(tools.map(({ tool }) => tool.split('/')[0] ?? ''));
  const unread = Object.fromEntries(Object.entries(strangers).filter(([name]) => named.has(name)));
  const said: Said = {
    ...(models ? { models } : {}),
    ...(Object.keys(unread).length > 0 ? { mcpServers: unread } : {}),
    tools: facts.tools,
    ...(Number.isInteger(turns) && turns > 0 ? { limits: { turnsPerSession: turns } } : {}),
    ...(setting('sandbox', 'enabled') === true
      ? { controls: { sandbox: { by: "Claude Code's own, for commands" } } }
      : {}),
  };
  const defaults: Said = {
    ...(review === undefined ? {} : { autonomy: { review } }),
    ...(Object.keys(facts.defaults).length > 0 ? { tools: facts.defaults } : {}),
  };
  const where = Object.keys(unread).map((name) => [
    `/mcpServers/${name}`,
    'a rule names it; where it is configured was not read',
  ]);
  return {
    said,
    defaults,
    from: facts.from,
    notes: { ...facts.notes, ...Object.fromEntries(where), ...notesOf(project) },
  };
}
