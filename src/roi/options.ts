import type { RoiAlternative, RoiOption, RoiOptionId } from '../model/roi.ts';
import { TIER_DOCS, TIERS } from '../model/tiers.ts';

type Docs = Pick<RoiOption, 'kind' | 'title' | 'summary'>;

const ALTERNATIVE_DOCS: Record<RoiAlternative, Omit<Docs, 'kind'>> = {
  'hard-sandbox': {
    title: 'Hard sandbox',
    summary: 'no high-stakes tool and no open exit; people do those calls themselves',
  },
  'spend-limits': { title: 'Spend cap and loop limit', summary: 'a ceiling on money and on loops, and nothing else' },
  'staging-only': {
    title: 'Staging only',
    summary: 'nothing reaches production by itself; people carry over what has to',
  },
  'confirm-writes': {
    title: 'A person confirms every write',
    summary: 'each write waits for a yes, and nothing else changes',
  },
};

export function optionDocs(id: RoiOptionId): Docs {
  const tier = TIERS.find((each) => each === id);
  if (tier) {
    const { title } = TIER_DOCS[tier];
    return { kind: 'tier', title, summary: `the controls that ${tier} requires` };
  }
  return { kind: 'alternative', ...ALTERNATIVE_DOCS[id as RoiAlternative] };
}
