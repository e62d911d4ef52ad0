/** Copilot's own tools whose reach the hook can hold; by the name that manifests use. */
export const READERS: Readonly<Record<string, string>> = { Read: 'view', Grep: 'grep', Glob: 'glob' };
