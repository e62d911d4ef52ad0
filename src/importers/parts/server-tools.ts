import type { ToolFacts } from '../../model/manifest.ts';
import { textsOf } from './references.ts';
import { betraysSecret } from './written-out.ts';

/** Lists of tools that clients keep beside a server, under their names for it. */
const ONLY = ['tools', 'includeTools', 'enabled_tools', 'enabledTools'] as const;
const WITHOUT = ['excludeTools', 'disabled_tools', 'disabledTools'] as const;
const UNASKED = ['alwaysAllow', 'autoApprove', 'autoAllow'] as const;

const MOST_TOOLS = 1000;
/** What a manifest can name. */
const SHAPE = /^[^\s/@*][^\s/]{0,120}$/;
const isName = (name: string) => SHAPE.test(name) && !betraysSecret(name);

/** The tools of a server as its entry lists them. No list, or one with a star, lets in every tool, and nobody knows what those do. */
export function toolsOf(server: string, entry: Record<string, unknown>): [string, ToolFacts][] {
  const [only, without, unasked] = [ONLY, WITHOUT, UNASKED].map((keys) => listed(entry, keys)) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  // Trust is for all tools of a server, and so is a star.
  const trustsAll =
    entry.trust === true || unasked.has('*') || entry.autoApprove === true || entry.alwaysAllow === true;
  const open = only.size === 0 || [...only].some((name) => !isName(name)) || only.size > MOST_TOOLS;
  const names = [...new Set([...only, ...without, ...unasked])].filter((name) => isName(name)).slice(0, MOST_TOOLS);
  const facts = (name: string): ToolFacts => {
    if (without.has(name)) return { access: 'deny' };
    return trustsAll || unasked.has(name) ? { access: 'allow' } : {};
  };
  return [
    ...names
      .filter((name) => open || only.has(name) || without.has(name))
      .map((name): [string, ToolFacts] => [`${server}/${name}`, facts(name)]),
    ...(open ? [[`${server}/*`, trustsAll ? { access: 'allow' } : {}] as [string, ToolFacts]] : []),
  ];
}

function listed(entry: Record<string, unknown>, keys: readonly string[]): Set<string> {
  return new Set(keys.flatMap((key) => textsOf(entry[key])));
}
