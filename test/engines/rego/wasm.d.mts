export function evaluate(modules: readonly string[], expression: string, calls?: unknown): Promise<unknown>;
export function decisions(
  policy: string,
  calls: readonly object[],
): Promise<({ decision: string; reasons: string[] } | null)[]>;
