export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'for no known reason';
}

/** A name that a stranger chose, made fit for one line. */
export function shown(name: string): string {
  return name.replace(/[^\x20-\x7e]|`/g, '?').slice(0, 100);
}
