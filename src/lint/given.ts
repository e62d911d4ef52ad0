import { givenAt } from '../manifest/given.ts';
import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { Related } from '../model/finding.ts';
import { redact } from '../source/secrets.ts';

/** Where the organisation says what a finding is about. The finding itself stays with the agent, whose file levels and ignores go by. */
export function givenRelated(agent: Pick<Agent, 'given' | 'base'>, pointer: string): Related[] {
  const place = givenAt(agent, pointer)?.place();
  if (place === undefined) return [];
  const { file, document } = place;
  const message = 'the organisation says so';
  return [{ message, file, document, agent: '', pointer: redact(place.pointer), place }];
}

/** Does a patch change only what stands in the manifests themselves, and write nothing else into them? */
export function isOwn(patch: readonly PatchOperation[], agents: readonly Agent[]): boolean {
  return patch.every(({ agent: id, op, path }) => {
    const agent = agents.find((each) => each.id === id);
    if (agent?.given === undefined) return true;
    // A value for a whole map is made of all that is in it.
    const holds = op !== 'remove' && [...agent.given.keys()].some((pointer) => pointer.startsWith(`${path}/`));
    return !holds && givenAt(agent, path.slice(agent.base.length)) === undefined;
  });
}
