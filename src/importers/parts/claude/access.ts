import type { Gate, HostTool } from '../../../catalog/hosts/define.ts';
import type { Access } from '../../../model/vocabulary.ts';
import { betraysSecret } from '../written-out.ts';
import type { Project } from './project.ts';
import { isSkipped, type Rule, rulesOn } from './rules.ts';

/** What rules say of one tool. */
export interface Ruling {
  /** Absent: the mode decides. */
  access?: Access;
  /** For whoever reads the manifest. */
  note?: string;
  /** Where the rule stands that decides, if in the file that is read. */
  place?: Rule['place'];
}

/** The rules on a tool by its name there. Some calls that land unasked are enough for `allow`; only what always holds is `ask` or `deny`. */
export function rulingOf(project: Project, name: string, tool?: HostTool): Ruling {
  const theirs = (other: string | undefined) => (other === undefined ? [] : rulesOn(project.rules, other));
  const widened = theirs(tool?.allowedBy).filter(({ list }) => list === 'allow');
  const all = [...rulesOn(project.rules, name), ...theirs(tool?.ruledBy), ...widened];
  const speaking = [...new Set(all)].filter((rule) => rule.list === 'allow' || !isSkipped(rule));
  const whole = (list: Rule['list']) => speaking.find((rule) => rule.list === list && rule.only === undefined);
  const allowing = speaking.filter(({ list }) => list === 'allow');
  const deciding = whole('deny') ?? whole('ask') ?? allowing[0];
  const access = deciding ? landing(deciding.list, project) : sandboxed(project, tool) ? 'allow' : undefined;
  const place = speaking.find(({ list, place }) => place !== undefined && list === deciding?.list)?.place;
  const parts = speaking.filter(({ only }) => only !== undefined);
  const note = deciding && deciding.list !== 'allow' && deciding.only === undefined ? '' : noteOf(parts);
  return { ...(access ? { access } : {}), ...(note ? { note } : {}), ...(place ? { place } : {}) };
}

/** What a rule comes to in a mode. */
function landing(list: Rule['list'], { mode, hooks }: Project): Access | undefined {
  if (list !== 'ask') return list;
  if (mode?.refuses) return 'deny';
  // Versions differ on whether a rule that asks holds there.
  if (mode?.name === 'bypassPermissions') return 'allow';
  // A program may say yes in a person's place.
  return hooks.answer ? undefined : 'ask';
}

/** The sandbox lets every command through unasked, unless that is switched off. */
function sandboxed({ setting }: Project, tool: HostTool | undefined): boolean {
  const isOn = setting('sandbox', 'enabled') === true && setting('sandbox', 'autoAllowBashIfSandboxed') !== false;
  return isOn && tool?.gate === 'commands';
}

/** What a mode says of a tool without a rule. Absent: `autonomy.review` says it, or nobody does. */
export function accessIn({ mode }: Project, gate: Gate): Access | undefined {
  if (mode?.lands?.includes(gate)) return 'allow';
  return mode?.refuses ? 'deny' : undefined;
}

const SHOWN = 5;
const WORDS: Record<Rule['list'], string> = { allow: 'land unasked', ask: 'ask', deny: 'are refused' };

function noteOf(rules: readonly Rule[]): string {
  const lists = (['allow', 'ask', 'deny'] as const).map((list) => {
    const mine = new Map(rules.filter((rule) => rule.list === list).map((rule) => [rule.text, rule]));
    if (mine.size === 0) return '';
    const more = mine.size > SHOWN ? ` and ${mine.size - SHOWN} more` : '';
    const texts = [...mine.values()].slice(0, SHOWN).map(shown);
    return `${texts.join(', ')}${more} ${WORDS[list]}`;
  });
  return lists.filter((text) => text !== '').join('; ');
}

/** People agree for good to commands with everything that stands in them. */
function shown(rule: Rule): string {
  if (betraysSecret(rule.text)) return `${rule.tool}(…)`;
  return rule.text.length > 80 ? `${rule.text.slice(0, 79)}…` : rule.text;
}
