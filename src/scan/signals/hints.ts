const hint = (annotations: unknown, key: string): boolean | undefined => {
  if (typeof annotations !== 'object' || annotations === null || !Object.hasOwn(annotations, key)) return undefined;
  const value = (annotations as Record<string, unknown>)[key];
  return typeof value === 'boolean' ? value : undefined;
};

/** The explicit MCP hints. Their defaults in the specification say nothing about a tool, so they are left out. */
export const hintsOf = (annotations: unknown) => ({
  readOnly: hint(annotations, 'readOnlyHint'),
  destructive: hint(annotations, 'destructiveHint'),
});
export type Hints = ReturnType<typeof hintsOf>;
