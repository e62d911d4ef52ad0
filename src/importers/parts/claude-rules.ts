import { claudeCode } from '../../catalog/hosts/claude-code.ts';
import type { ToolFacts } from '../../model/manifest.ts';
import { serverName } from './named-servers.ts';

/** A permission rule of Claude Code, such as `Bash(git push:*)` or `mcp__github__create_issue`. */
export interface ClaudeRule {
  /** As manifests name it. */
  tool: string;
  /** What it is limited to; absent: every call. */
  only?: string;
}

/** Undefined: nothing that a tool could be called. */
export function claudeRule(text: string): ClaudeRule | undefined {
  const [, name = '', , only] = /^([A-Za-z][\w.*-]{0,150})(\((.*)\))?$/s.exec(text.trim()) ?? [];
  const server = /^mcp__(.+?)(?:__(.+))?$/.exec(name);
  const tool = server ? `${serverName(server[1] ?? '')}/${server[2] ?? '*'}` : name;
  if (name === '' || (!server && name.includes('*'))) return undefined;
  const whole = only === undefined || /^:?\*{0,2}$/.test(only.trim());
  // A pattern over names may mean any tool of the server.
  const open = server?.[2]?.includes('*') ? `${serverName(server[1] ?? '')}/*` : tool;
  return { tool: open, ...(whole ? {} : { only }) };
}

export interface ClaudeSession {
  allow: readonly string[];
  deny: readonly string[];
  /** Absent: `default`. */
  mode?: string;
}

export interface Granted {
  tools: Record<string, ToolFacts>;
  /** Tools that only some calls of are let through, with the patterns. */
  partly: Map<string, string[]>;
  /** Denials that reach only some calls, and so hold nothing. */
  idle: string[];
}

/** What a session without a person at it can call: what is let through, and what needs no letting; the rest is refused. */
export function grantedUnattended({ allow, deny, mode = 'default' }: ClaudeSession): Granted {
  const [allowed, denied] = [allow, deny].map((rules) => rules.flatMap((rule) => claudeRule(rule) ?? []));
  const denies = new Set(denied?.filter(({ only }) => only === undefined).map(({ tool }) => tool));
  const known = Object.hasOwn(claudeCode.modes, mode) ? claudeCode.modes[mode] : undefined;
  const lands = known?.review === 'none' ? (['none', 'edits', 'commands', 'others'] as const) : known?.lands;
  const tools: Record<string, ToolFacts> = {};
  const partly = new Map<string, string[]>();
  for (const [name, { facts, gate, unlisted }] of Object.entries(claudeCode.tools)) {
    if (unlisted) continue;
    // A mode that nobody knows may let anything through.
    if (lands === undefined) tools[name] = { ...facts };
    else if (lands.includes(gate)) tools[name] = { ...facts, access: 'allow' };
  }
  for (const { tool, only } of allowed ?? []) {
    const facts = Object.hasOwn(claudeCode.tools, tool) ? claudeCode.tools[tool]?.facts : undefined;
    if (only !== undefined) partly.set(tool, [...(partly.get(tool) ?? []), only]);
    tools[tool] = { ...facts, access: 'allow' };
  }
  for (const { tool, only } of allowed ?? []) if (only === undefined) partly.delete(tool);
  for (const tool of denies) {
    partly.delete(tool);
    const facts = Object.hasOwn(claudeCode.tools, tool) ? claudeCode.tools[tool]?.facts : undefined;
    tools[tool] = { ...facts, access: 'deny' };
    if (!tool.endsWith('/*')) continue;
    for (const name of Object.keys(tools)) if (name.startsWith(tool.slice(0, -1))) delete tools[name];
    tools[tool] = { access: 'deny' };
  }
  return { tools, partly, idle: deny.filter((rule) => claudeRule(rule)?.only !== undefined) };
}
