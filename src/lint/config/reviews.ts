import { textMatches } from '../../config/glob.ts';
import type { Layer } from '../../config/parse.ts';
import type { Review } from '../../model/config.ts';
import type { Finding, Related } from '../../model/finding.ts';
import type { Place } from '../../model/place.ts';
import { compareTiers, type Tier } from '../../model/tiers.ts';
import { pointerOf } from '../../source/pointer.ts';
import { engineFinding } from '../engine-finding.ts';

/** An agent as the organisation looks at it. */
export interface Reviewed {
  id: string;
  file: string;
  document: number;
  /** Pointer of its manifest in the document. */
  base: string;
  owner: string | undefined;
  /** Where the organisation says who owns it, if it does. */
  ownedBy?: Related[];
  tier: Tier;
  /** Of the manifest with its subagents, as `reviews` give it. */
  digest: string;
  place(pointer: string, at?: 'key' | 'value'): Place | undefined;
}

/** Agents above the tier from which on a person has to have looked, and nobody did, or not at this. */
export function reviewFindings(layers: readonly Layer[], agents: readonly Reviewed[], today: string): Finding[] {
  const above = layers.findLast(({ config }) => config.reviewAbove !== undefined)?.config.reviewAbove;
  return agents.flatMap((agent) => {
    const layer = layers.findLast(({ config }) => Object.hasOwn(config.reviews ?? {}, agent.id));
    const review = layer?.config.reviews?.[agent.id];
    if (layer && review) return staleFinding(agent, layer, review, today);
    return above !== undefined && compareTiers(agent.tier, above) > 0 ? [missingFinding(agent, above)] : [];
  });
}

function missingFinding(agent: Reviewed, above: Tier): Finding {
  return engineFinding({
    rule: 'missing-review',
    message: `\`${agent.id}\` is ${agent.tier}, above ${above}, and nobody has reviewed it`,
    help: `have it reviewed, and add \`reviews.${agent.id}\` with \`by\`, \`on\`, \`tier\` and \`digest: ${agent.digest}\``,
    ...placed(agent, '/agent/id'),
  });
}

/** The first thing that is wrong; the rest follows from the next review. */
function staleFinding(agent: Reviewed, layer: Layer, { until, tier, digest, on }: Review, today: string): Finding[] {
  const told = (field: string, message: string): Finding[] => {
    const pointer = pointerOf('reviews', agent.id, field);
    const help = `review it again, with \`tier: ${agent.tier}\` and \`digest: ${agent.digest}\``;
    return [
      engineFinding({
        rule: 'stale-review',
        message,
        help,
        file: layer.file,
        agent: agent.id,
        pointer,
        place: layer.place(pointer),
      }),
    ];
  };
  if (tier !== agent.tier) return told('tier', `\`${agent.id}\` was reviewed as ${tier}, and is ${agent.tier}`);
  if (digest !== agent.digest) return told('digest', `\`${agent.id}\` has changed since it was reviewed on ${on}`);
  if (until !== undefined && until < today) return told('until', `the review of \`${agent.id}\` ended on ${until}`);
  return on > today ? told('on', `the review of \`${agent.id}\` is of a day to come, ${on}`) : [];
}

/** Agents whose owner is not one of those that the organisation has. */
export function ownerFindings(layers: readonly Layer[], agents: readonly Reviewed[]): Finding[] {
  const pattern = layers.findLast(({ config }) => config.owners)?.config.owners?.pattern;
  if (pattern === undefined) return [];
  return agents.flatMap((agent) => {
    const { id, owner } = agent;
    if (owner !== undefined && textMatches(pattern, owner)) return [];
    const message =
      owner === undefined
        ? `\`${id}\` has no owner`
        : `the owner of \`${id}\`, \`${owner.slice(0, 80)}\`, is not of the form \`${pattern}\``;
    const help = `name an owner of the form \`${pattern}\` in \`agent.owner\``;
    return [
      engineFinding({
        rule: 'owner-pattern',
        message,
        help,
        ...placed(agent, owner === undefined ? '/agent' : '/agent/owner'),
        related: agent.ownedBy ?? [],
      }),
    ];
  });
}

function placed({ file, document, id, base, place }: Reviewed, pointer: string) {
  const at = place(pointer);
  return { file, document, agent: id, pointer: base + pointer, ...(at ? { place: at } : {}) };
}
