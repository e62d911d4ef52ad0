import type { Project } from './project.ts';

/** What settings say that no field of a manifest holds. */
export function notesOf({ mode, hooks, setting, listed }: Project): Record<string, string> {
  const all = [
    mode?.note,
    hooks.decide || hooks.answer
      ? 'programs decide on calls before a person is asked (`hooks`): what they let through is not known'
      : '',
    plural('folders that it works in, too', listed('permissions', 'additionalDirectories')),
    setting('enableAllProjectMcpServers') === true ? 'the servers of this project start without a question' : '',
    isFilled(setting('enabledPlugins'))
      ? 'plugins bring tools, servers and subagents of their own, which were not read'
      : '',
    setting('allowManagedPermissionRulesOnly') === true ? 'only rules of the organisation let calls through' : '',
  ].filter((note) => note !== undefined && note !== '');
  const sandbox = sandboxNote({ setting, listed });
  return {
    ...(all.length > 0 ? { '/tools': all.join('; ') } : {}),
    ...(sandbox === undefined ? {} : { '/controls/sandbox': sandbox }),
  };
}

/** Claude Code's sandbox holds commands only; its own tools and its servers run outside, so no field may claim its bounds. */
function sandboxNote({ setting, listed }: Pick<Project, 'setting' | 'listed'>): string | undefined {
  if (setting('sandbox', 'enabled') !== true) return undefined;
  return [
    'holds commands only, not servers and not the other tools',
    setting('sandbox', 'autoAllowBashIfSandboxed') === false ? '' : 'commands in it land unasked',
    setting('sandbox', 'allowUnsandboxedCommands') === false ? '' : 'commands may be run outside of it',
    plural('hosts', listed('sandbox', 'network', 'allowedDomains')),
    plural('may write', listed('sandbox', 'filesystem', 'allowWrite')),
    plural('may not read', listed('sandbox', 'filesystem', 'denyRead')),
    plural('not for', listed('sandbox', 'excludedCommands')),
  ]
    .filter((note) => note !== '')
    .join('; ');
}

const SHOWN = 8;

function plural(what: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const more = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : '';
  return `${what}: ${items
    .slice(0, SHOWN)
    .map((item) => item.slice(0, 80))
    .join(', ')}${more}`;
}

const isFilled = (value: unknown) => typeof value === 'object' && value !== null && Object.values(value).includes(true);
