/**
 * Model ids by family, the large and the small class of one provider. Source: the providers' own lists of models; an id
 * that neither pattern fits is unknown.
 */
const FAMILIES: readonly { large: RegExp; small: RegExp }[] = [
  { large: /(?:^|[./])claude-(?:\d-)?opus-/, small: /(?:^|[./])claude-(?:[\d.-]+-)?haiku(?:-|$)/ },
  { large: /^gpt-[\d.]+-pro(?:-|$)|^o\d-pro(?:-|$)/, small: /^gpt-[\d.]+o?-(?:mini|nano)(?:-|$)/ },
  { large: /^gemini-[\d.]+-(?:pro|ultra)(?:-|$)/, small: /^gemini-[\d.]+-flash(?:-|$)/ },
];

/** Of several ids in use, a small one of the same family as a large one; undefined when that is not certain. */
export function smallerThan(id: string, inUse: readonly string[]): string | undefined {
  const family = FAMILIES.find(({ large }) => large.test(id));
  return family && inUse.find((other) => family.small.test(other));
}
