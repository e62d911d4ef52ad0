import { claudeCode } from '../../catalog/hosts/claude-code.ts';
import type { ToolFacts } from '../../model/manifest.ts';
import { type RuleList, ruleOf } from './claude/rules.ts';
import { serverName } from './named-servers.ts';

const NAME = /^[A-Za-z][\w.*-]{0,150}$/;

/** A rule with the tool as manifests name it. */
interface Named {
  tool: string;
  only?: string;
  /** A pattern over names, which may mean any tool of the server. */
  isWide: boolean;
}

/** Undefined: nothing that a tool could be called. */
function namedRule(list: RuleList, text: string): Named | undefined {
  const rule = ruleOf(list, text);
  if (!rule || !NAME.test(rule.tool)) return undefined;
  const only = rule.only === undefined ? {} : { only: rule.only };
  const [, server, tool = '*'] = /^mcp__(.+?)(?:__(.+))?$/.exec(rule.tool) ?? [];
  if (server === undefined) return rule.tool.includes('*') ? undefined : { tool: rule.tool, ...only, isWide: false };
  const isWide = server.includes('*') || (tool !== '*' && tool.includes('*'));
  return { tool: `${serverName(server)}/${isWide ? '*' : tool}`, ...only, isWide };
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
  const allowed = allow.flatMap((rule) => namedRule('allow', rule) ?? []);
  const denied = deny.map((text) => ({ text, rule: namedRule('deny', text) }));
  // A refusal of some names refuses none for sure.
  const isIdle = ({ only, isWide }: Named) => only !== undefined || isWide;
  const denies = new Set(denied.flatMap(({ rule }) => (rule && !isIdle(rule) ? [rule.tool] : [])));
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
  for (const { tool, only } of allowed) {
    const facts = Object.hasOwn(claudeCode.tools, tool) ? claudeCode.tools[tool]?.facts : undefined;
    if (only !== undefined) partly.set(tool, [...(partly.get(tool) ?? []), only]);
    tools[tool] = { ...facts, access: 'allow' };
  }
  for (const { tool, only } of allowed) if (only === undefined) partly.delete(tool);
  for (const tool of denies) {
    partly.delete(tool);
    const facts = Object.hasOwn(claudeCode.tools, tool) ? claudeCode.tools[tool]?.facts : undefined;
    tools[tool] = { ...facts, access: 'deny' };
    if (!tool.endsWith('/*')) continue;
    for (const name of Object.keys(tools)) if (name.startsWith(tool.slice(0, -1))) delete tools[name];
    tools[tool] = { access: 'deny' };
  }
  return { tools, partly, idle: denied.flatMap(({ text, rule }) => (rule && isIdle(rule) ? [text] : [])) };
}
