import type { Agent } from '../../src/manifest/tree.ts';
import type { Found, Rule } from '../../src/rules/define.ts';
import { subjectOf } from '../../src/rules/subject.ts';

/** What a rule says of one tree, without the places, digests and tier lines that `findingsOf` works out. */
export interface Spoken {
  rule: Rule;
  agent: Agent;
  found: Found;
}

/** By what tells findings apart: the rule, the agent and the place in its manifest. */
export function spoken(root: Agent, rules: readonly Rule[]): Map<string, Spoken> {
  const subject = subjectOf(root);
  return new Map(
    rules.flatMap((rule) =>
      rule.check(subject).map((found): [string, Spoken] => {
        const { agent = root, pointer } = found;
        return [`${rule.id} ${agent.id} ${agent.base}${pointer}`, { rule, agent, found }];
      }),
    ),
  );
}
