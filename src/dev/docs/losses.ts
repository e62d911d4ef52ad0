import type { Loss, Policy } from '../../model/policy.ts';
import type { Target } from '../../targets/define.ts';
import { markdown } from './page.ts';

/** What a target loses of these policies, each kind once, with how many of them lose it. */
export function lossRows(target: Target, policies: ReadonlyMap<string, Policy>): string[][] {
  const kinds = new Map<string, { loss: Loss; agents: Set<string> }>();
  for (const [id, policy] of policies) {
    for (const loss of target.emit(policy).losses) {
      const kind = kinds.get(kindOf(loss)) ?? { loss, agents: new Set() };
      kinds.set(kindOf(loss), { ...kind, agents: kind.agents.add(id) });
    }
  }
  return [...kinds.values()].map(({ loss, agents }) => [
    markdown(loss.what),
    markdown(loss.message),
    markdown(loss.instead),
    String(agents.size),
  ]);
}

/** Two losses that differ in names, numbers and how many of them there are, are one kind. */
function kindOf({ what, message, instead }: Loss): string {
  const words = message
    .replace(/`[^`]*`/g, '`')
    .replace(/[\w.*-]+\.[a-z]{2,}/g, '`')
    .replace(/`(?:(?:, | and )`)+/g, '`')
    .replace(/\d+/g, '#');
  return [what, words, instead].join('\n');
}
