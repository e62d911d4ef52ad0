import type { Problem } from './place.ts';
import type { Classified, Clue, ScannedFact } from './scan.ts';
import type { Tier } from './tiers.ts';

export const SCAN_SCHEMA = 'stakes/scan@1';

/** How a tool stands against its pin. */
export const PIN_STATES = ['pinned', 'changed', 'new'] as const;
export type PinState = (typeof PIN_STATES)[number];

export interface ScannedTool extends Omit<Classified, 'provenance'> {
  /** As the server calls it. */
  name: string;
  /** Of name, title, description, schemas and annotations: `sha256:` and 64 hexadecimal digits. */
  digest: string;
  /** Where each fact comes from: the strongest clue of the listing, or the catalogue of servers. */
  provenance: Record<ScannedFact, Clue | 'catalog'>;
  /** Null: the server has no pins. */
  pin: PinState | null;
}

export interface ScannedServer {
  name: string;
  /** By name. */
  tools: ScannedTool[];
}

export const PIN_CHANGES = ['new', 'gone', 'changed'] as const;
export type PinChangeKind = (typeof PIN_CHANGES)[number];

/** The tier at best and at worst. */
export interface TierSpan {
  floor: Tier;
  ceiling: Tier;
}

/** What is no longer as somebody saw it. */
export interface PinChange {
  server: string;
  tool: string;
  change: PinChangeKind;
  /** What is different, in words. */
  says: string[];
  /** Of an agent that reads private data and strangers' text, and may use this tool unasked. Null: there was or is none. */
  tier: { from: TierSpan | null; to: TierSpan | null };
}

/** A fact of which a manifest says one thing and the listing another; the manifest's stands. */
export interface ManifestDifference {
  tool: string;
  fact: 'effect' | 'reversible' | 'impact' | 'egress' | 'arbitrary';
  declared: string;
  scanned: string;
}

/** A manifest that has tools of the servers that were scanned, and what the scan adds to it. */
export interface ScannedManifest {
  file: string;
  agent: string;
  /** Tools that it did not list, in place of `server/*`. */
  added: string[];
  /** Tools of which it says more now. */
  filled: string[];
  /** `server/*` of servers whose tools it lists instead. */
  closed: string[];
  differs: ManifestDifference[];
  /** What is left as it is, in words. */
  left: string[];
  tier: { from: TierSpan; to: TierSpan };
}

export interface ScanReport {
  schema: typeof SCAN_SCHEMA;
  servers: ScannedServer[];
  /** Against `stakes.pins.json`, for the servers that were scanned and are pinned. */
  changes: PinChange[];
  /** With `--write`: what is written into manifests after a yes. */
  manifests: ScannedManifest[];
  /** A server that could not be scanned is one of these. */
  errors: Problem[];
}
