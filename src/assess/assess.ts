import type { Agent } from '../manifest/tree.ts';
import type { Assessment } from '../model/assessment.ts';
import { advise } from './advise.ts';
import { reachAgents, reachScopes, reachTools, withPlaces } from './behind.ts';
import { controlsOf, gatedLoad, requiredAt } from './controls.ts';
import { disclosurePathsOf, highStakesOf, trailOf, type Walks } from './describe.ts';
import { openQuestions } from './questions.ts';
import { type Reach, reachOf } from './reach.ts';
import { isStagingOnly } from './stage.ts';
import { atLeast, walk } from './walk.ts';

/** Everything there is to say about an agent and its subagents. Pure. */
export function assess(root: Agent): Assessment {
  const reach = reachOf(root);
  const walks: Walks = { best: walk(reach, 'best'), worst: walk(reach, 'worst') };
  const { tier } = walks.worst;
  const staging = isStagingOnly(root, reach);
  const input = { root, reach, worst: walks.worst, tier, staging };
  const place = root.place('/agent/id', 'value');
  return withPlaces(reach, {
    file: root.file,
    document: root.document,
    agent: root.id,
    name: root.manifest.agent.name ?? root.id,
    tier,
    floor: walks.best.tier,
    ceiling: tier,
    stage: staging ? 'staging-only' : 'none',
    atGraduation: staging ? requiredAt(tier, input) : null,
    ruleOfTwo: ruleOfTwo(reach),
    trail: trailOf(reach, walks),
    agents: reachAgents(reach),
    reach: reachTools(reach, walks.worst),
    data: reachScopes(reach),
    highStakes: highStakesOf(reach, walks),
    disclosurePaths: disclosurePathsOf(reach),
    controls: controlsOf(input),
    questions: openQuestions(reach),
    advice: advise(reach),
    approvalsPerDay: gatedLoad(input),
    ...(place ? { place } : {}),
  });
}

/** The agents rule of two: no more than two of strangers' text, sensitive reach, and acting on the outside. */
function ruleOfTwo(reach: Reach): Assessment['ruleOfTwo'] {
  const reading = (best: boolean, worst: boolean) => (best === worst ? worst : ('unknown' as const));
  const any = (test: (when: 'best' | 'worst') => boolean) => reading(test('best'), test('worst'));
  return {
    untrusted: any(
      (when) => reach.untrusted.some(({ bound }) => bound[when]) || reach.pairs.some((pair) => pair.brings[when]),
    ),
    sensitive: any((when) =>
      reach.pairs.some(
        (pair) => pair.hidden[when] || pair.scopes.some((scope) => atLeast(scope, 'confidential', when)),
      ),
    ),
    acts: any((when) => reach.pairs.some((pair) => pair.writes[when] || pair.exits[when])),
  };
}
