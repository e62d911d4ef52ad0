/** Words that schema, wizard, docs and types share. Ordered tuples go from least to most at stake. */
export const EFFECTS = ['read', 'write'] as const;
export type Effect = (typeof EFFECTS)[number];

export const IMPACTS = ['low', 'high'] as const;
export type Impact = (typeof IMPACTS)[number];

export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'regulated'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const EGRESSES = ['none', 'listed', 'open'] as const;
export type Egress = (typeof EGRESSES)[number];

/** From most to least restrictive. */
export const ACCESSES = ['deny', 'ask', 'allow'] as const;
export type Access = (typeof ACCESSES)[number];

/** From most to least review. */
export const REVIEWS = ['each-action', 'high-stakes', 'none'] as const;
export type Review = (typeof REVIEWS)[number];

export const INITIATIONS = ['human', 'event', 'schedule', 'agent'] as const;
export type Initiation = (typeof INITIATIONS)[number];

export const ENVIRONMENTS = ['prototype', 'staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const DATA_SOURCES = ['synthetic', 'staging', 'production'] as const;
export type DataSource = (typeof DATA_SOURCES)[number];

export const CREDENTIAL_MODES = ['test', 'live'] as const;
export type CredentialMode = (typeof CREDENTIAL_MODES)[number];

export const CONCERNS = ['security', 'cost', 'correctness'] as const;
export type Concern = (typeof CONCERNS)[number];

/** Where a value comes from. `declared` is the manifest itself. */
export const PROVENANCES = ['declared', 'organisation', 'imported', 'catalog', 'annotation', 'default'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** Pseudo-tools of a server that are granted like tools; absent means denied. */
export const SERVER_FEATURES = ['@resources', '@prompts', '@sampling', '@elicitation'] as const;
export type ServerFeature = (typeof SERVER_FEATURES)[number];
