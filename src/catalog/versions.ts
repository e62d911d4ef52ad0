/** Releases only; a pre-release is in no range and has to be named. */
const RELEASE = /^v?(\d+(?:\.\d+)*)$/;

/** Is it the one version, or does every comparison hold? `range`: `1.2.3`, or `>=1.2 <2`. What is no release is in no range. */
export function inRange(version: string, range: string): boolean {
  if (version === range) return true;
  const parts = partsOf(version);
  const comparisons = range.split(' ').map((word) => /^(>=|<=|>|<)(.+)$/.exec(word));
  return comparisons.every((comparison) => {
    const bound = comparison ? partsOf(comparison[2] ?? '') : undefined;
    return parts !== undefined && bound !== undefined && holds(comparison?.[1] ?? '', compare(parts, bound));
  });
}

function partsOf(version: string): number[] | undefined {
  return RELEASE.exec(version)?.[1]?.split('.').map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function holds(comparator: string, difference: number): boolean {
  if (difference === 0) return comparator.endsWith('=');
  return comparator.startsWith('>') ? difference > 0 : difference < 0;
}
