/** Schemas of the files that people write, by the name in `schemas/<name>.schema.json`. */
export const STORED = ['agent', 'config', 'baseline'] as const;
export type Stored = (typeof STORED)[number];

/** Where SchemaStore serves a schema; it asks that the `$id` of what it serves is this. Until it does, only a name. */
export const storeUrl = (name: Stored): string => `https://www.schemastore.org/stakes-${name}.json`;
