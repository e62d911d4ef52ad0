import { LAUNCH, NO_LAUNCH } from '../../nouns/lasting.ts';
import { type Change, fieldOf } from './change.ts';

const MAKES =
  /^(?:create|add|make|new|start|begin|push|put|post|insert|schedule|submit|issue|play|launch|compose|define|queue|enqueue|request|initiate|resume|approve)$/;

/** What runs from now on where people work. */
export function launch({ verb, objects, clues }: Change): string | undefined {
  const [launched = ''] = objects;
  const pipeline = launched === 'pipeline' && fieldOf(clues, /^(?:ref|branch|branch_name)$/) !== undefined;
  if (MAKES.test(verb) && (LAUNCH.has(launched) || pipeline) && !objects.some((word) => NO_LAUNCH.has(word)))
    return `\`${verb}\` on \`${launched}\` sets it going`;
  if (verb === 'install' && objects.some((word) => word === 'helm' || word === 'chart'))
    return '`install` applies it to a cluster';
  if (launched === 'migration' && /^(?:complete|push|commit|finish)$/.test(verb))
    return `\`${verb}\` changes the schema where it is used`;
  const infrastructure = /^(?:stack|changeset|cloudformation|terraform|firmware|kernel)$/;
  const applied = /^(?:create|update|execute|install|sync|refresh)$/.test(verb)
    ? objects.find((word) => infrastructure.test(word))
    : undefined;
  if (applied) return `\`${verb}\` on \`${applied}\` applies it where people work`;
  if (/^(?:sync|reconcile)$/.test(verb) && /^(?:application|app|kustomization|release)$/.test(launched))
    return `\`${verb}\` on \`${launched}\` applies it to a cluster`;
  return undefined;
}

const GITOPS =
  /^(?:kubectl|kubernetes|k8s|argocd|argo|flux|gitops|helm|terraform|pulumi|nomad|openshift|cloudformation)$/;
const RUN =
  /^(?:pipeline|run|build|job|workflow|execution|operation|query|deployment|migration|sync|training|crawl|scan)$/;
/** These run on and on, and can be started again. */
const LIVE = /^(?:server|instance|service|container|machine|vm|app|application|listener|watch|recording|monitor)$/;

/** Infrastructure that follows what is written, a run that does not go on, nodes that are emptied. */
export function operations({ verb, objects, clues }: Change): string | undefined {
  const [first = ''] = objects;
  const tool = [...clues.topic].find((word) => GITOPS.test(word));
  if (
    tool &&
    /^(?:create|update|patch|edit|set|install|sync|restore)$/.test(verb) &&
    !/^(?:context|namespace|config|label|project|plan|template|diff|preview|report)$/.test(first)
  )
    return `\`${verb}\` applies it to what \`${tool}\` runs`;
  if (verb === 'drain') return '`drain` evicts what runs there';
  if (/^(?:stop|cancel|abort|end)$/.test(verb) && (RUN.test(first) || RUN.test(objects[1] ?? '')) && !LIVE.test(first))
    return `a \`${first}\` that is stopped does not go on`;
  return undefined;
}
