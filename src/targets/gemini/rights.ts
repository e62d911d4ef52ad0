import type { AgentPolicy, Grant, Loss } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { GATE } from '../instead.ts';
import { argumentsPattern } from './arguments.ts';
import { isGranted, OWN_TOOLS, ownToolRules } from './built-ins.ts';
import { ruleName, split, toolName } from './names.ts';

/** One rule of the policy file. */
export interface Rule {
  mcpName?: string;
  toolName: string | string[];
  argsPattern?: string;
  decision: 'allow' | 'ask_user' | 'deny';
  priority: number;
  denyMessage?: string;
}

export interface Rights {
  rules: Rule[];
  /** Servers with a tool that may be called. */
  servers: ReadonlySet<string>;
  losses: Loss[];
}

export type Lose = (tool: string, what: string, message: string, instead: string) => void;

/** The highest one that matches counts; all of them are above what a user, an extension or Gemini CLI itself says. */
const PRIORITY = { named: 300, besideNamed: 290, rest: 200, besideRest: 190 } as const;

export function rightsOf(id: string, agent: AgentPolicy, aliases: ReadonlyMap<string, string>): Rights {
  const losses: Loss[] = [];
  const lose: Lose = (tool, what, message, instead) => losses.push({ what, agent: id, tool, message, instead });
  const rules: Rule[] = [];
  const servers = new Set<string>();
  const twins = twinsOf(Object.keys(agent.tools), aliases);
  const own = ownToolRules(agent, lose);
  const isHidden = (name: string): boolean => OWN_TOOLS.includes(name) && !isGranted(own, name);
  for (const [tool, grant] of Object.entries(agent.tools).sort(byName)) {
    if (!tool.includes('/')) continue;
    const { server, name } = split(tool);
    if (name.startsWith('@')) {
      featureLoss(tool, name, grant, lose);
      continue;
    }
    const alias = aliases.get(server);
    if (alias === undefined) {
      if (grant.decision !== 'deny')
        lose(
          tool,
          'servers',
          'stricter: denied: the policy does not say how its server is started',
          'add it to `mcpServers`',
        );
      continue;
    }
    const twin = twins.get(tool);
    if (twin !== undefined && grant.decision !== 'deny')
      lose(tool, 'name', `stricter: denied: \`${twin}\` has the same name in Gemini CLI`, 'rename one of them');
    else if (isHidden(name) && grant.decision !== 'deny') {
      const message = `stricter: denied: Gemini CLI takes it for its own \`${name}\`, which is denied`;
      lose(tool, 'name', message, 'let the server offer it under another name');
    }
    const decision = twin === undefined && !isHidden(name) ? grant.decision : 'deny';
    if (decision !== 'deny') servers.add(server);
    rules.push(...rulesOf(alias, tool, name, { ...grant, decision }, lose));
  }
  rules.push(...own);
  return { rules, servers, losses };
}

function rulesOf(alias: string, tool: string, name: string, grant: Grant, lose: Lose): Rule[] {
  const isRest = name === '*';
  const about = { mcpName: alias, toolName: isRest ? '*' : ruleName(alias, name) };
  const [own, beside] = isRest ? [PRIORITY.rest, PRIORITY.besideRest] : [PRIORITY.named, PRIORITY.besideNamed];
  const denied: Rule = { ...about, decision: 'deny', priority: beside, denyMessage: refusal(tool, grant) };
  if (grant.decision === 'deny') return [denied];
  const { pattern, isAsked } = argumentsOf(tool, grant, lose);
  buildFileLoss(tool, name, grant, lose);
  const decision = grant.decision === 'ask' || isAsked ? 'ask_user' : 'allow';
  return [{ ...about, ...(pattern === null ? {} : { argsPattern: pattern }), decision, priority: own }, denied];
}

function refusal(tool: string, { decision }: Grant): string {
  const outside = decision === 'deny' ? 'is not granted' : 'is granted with other arguments only';
  return `${tool} ${outside}, says the policy of this agent`;
}

/** What rests on arguments that no pattern says asks a person. */
function argumentsOf(tool: string, grant: Grant, lose: Lose): { pattern: string | null; isAsked: boolean } {
  if (grant.arguments === null) return { pattern: null, isAsked: false };
  const { pattern, lost, stricter } = argumentsPattern(grant.arguments);
  if (stricter.length > 0)
    lose(
      tool,
      'arguments',
      `stricter: some unusual values of ${listed(stricter)} are refused`,
      `${GATE}, which checks the whole schema`,
    );
  if (lost.length === 0) return { pattern, isAsked: false };
  const unchecked = `no pattern can check ${listed(lost)}`;
  const instead = `${GATE}, which checks the whole schema`;
  if (grant.decision === 'ask') lose(tool, 'arguments', `${unchecked} before a person is asked`, instead);
  else if (grant.bounded || grant.highStakes.length > 0) {
    lose(tool, 'arguments', `stricter: every call asks a person, because ${unchecked}`, instead);
    return { pattern, isAsked: true };
  } else lose(tool, 'arguments', unchecked, instead);
  return { pattern, isAsked: false };
}

/** Gemini CLI asks by itself where the name of a tool sounds like an edit and an argument names such a file. */
function buildFileLoss(tool: string, name: string, { decision }: Grant, lose: Lose): void {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  if (decision !== 'allow' || (name !== '*' && !words.some((word) => EDITING.includes(word)))) return;
  const message =
    'stricter: a call that names a build file, such as `package.json`, asks a person first, whatever the server does with it';
  lose(tool, 'tools', message, 'give the tool another name');
}

const EDITING = ['write', 'edit', 'replace', 'patch', 'update', 'create', 'append', 'save'];

function featureLoss(tool: string, name: string, { decision }: Grant, lose: Lose): void {
  if (decision === 'deny') return;
  const message = `stricter: no rule grants ${name.slice(1)} of one server`;
  lose(tool, 'server-features', message, 'offer the same through a tool');
}

/** Tools of one server that have one name in Gemini CLI. */
function twinsOf(tools: readonly string[], aliases: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const named = new Map<string, string[]>();
  for (const tool of tools) {
    const { server, name } = split(tool);
    const alias = aliases.get(server);
    if (!tool.includes('/') || alias === undefined || /^[@*]/.test(name)) continue;
    const made = toolName(alias, name);
    named.set(made, [...(named.get(made) ?? []), tool]);
  }
  return new Map(
    [...named.values()].flatMap((all) =>
      all.flatMap((tool) => all.filter((other) => other !== tool).map((other) => [tool, other] as const)),
    ),
  );
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}
