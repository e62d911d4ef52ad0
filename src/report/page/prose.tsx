import type { Place } from '../../model/place.ts';
import { TIER_DOCS, TIERS, type Tier } from '../../model/tiers.ts';
import { proseRuns, seen } from './text.ts';

/** Prose with `code` in it. */
export const Prose = ({ text }: { text: string }) => (
  <>{proseRuns(text).map((run, index) => (index % 2 === 0 ? run : <code key={index}>{run}</code>))}</>
);

/** A name from a manifest; letters of another direction stay within it. */
export const Name = ({ text }: { text: string }) => <code>{seen(text, 300)}</code>;

/** File and line; in the file that everything of the agent stands in, the line. */
export const Where = ({ place, file }: { place: Place | undefined; file: string }) =>
  place ? (
    <span class="where">
      {place.file === file ? `line\u00a0${place.line}` : <code>{`${seen(place.file)}:${place.line}`}</code>}
    </span>
  ) : null;

/** Four dots, as many of them full as the tier is high: the tier without its colour. */
export const TierMark = ({ tier }: { tier: Tier }) => {
  const level = TIERS.indexOf(tier) + 1;
  return (
    <span class={`tier ${tier}`}>
      {TIER_DOCS[tier].title}
      <span class="pips" aria-hidden="true">
        {'●'.repeat(level)}
        {'○'.repeat(TIERS.length - level)}
      </span>
    </span>
  );
};

export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
