/** The control tiers, from least to most control. Order matters: a tier includes what the one before it requires. */
export const TIERS = ['light', 'medium', 'medium-plus', 'full'] as const;
export type Tier = (typeof TIERS)[number];

export const TIER_DOCS: Record<Tier, { title: string; summary: string }> = {
  light: {
    title: 'Light',
    summary: 'reads public data only: a hard sandbox, a rate limit and a token budget are enough',
  },
  medium: {
    title: 'Medium',
    summary: 'writes, or reads what is not public, but every action can be undone: scoped tokens and an audit log',
  },
  'medium-plus': {
    title: 'Medium-plus',
    summary: 'has high-stakes tools, and a person approves each of their calls: deny by default, egress allowlist',
  },
  full: {
    title: 'Full zero trust',
    summary: 'at least one high-stakes action lands without a person: every control, signed records included',
  },
};

export function compareTiers(a: Tier, b: Tier): number {
  return TIERS.indexOf(a) - TIERS.indexOf(b);
}

export function highestTier(tiers: readonly Tier[]): Tier {
  return TIERS[Math.max(0, ...tiers.map((tier) => TIERS.indexOf(tier)))] ?? 'full';
}
