import { TIER_DOCS, TIERS } from '../../model/tiers.ts';
import { sentence, TierMark } from './prose.tsx';

/** What each tier is, for the foot of a page. */
export const Tiers = () => (
  <dl>
    {TIERS.map((tier) => (
      <div key={tier}>
        <dt>
          <TierMark tier={tier} />
        </dt>
        <dd>{sentence(TIER_DOCS[tier].summary)}.</dd>
      </div>
    ))}
  </dl>
);
