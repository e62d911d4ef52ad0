import type { Effect, Impact } from './vocabulary.ts';

/** `high`: beyond doubt from the server's own description or source. `low`: what would lower the tier is left unknown. */
export const CONFIDENCES = ['low', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** `listed`: the server ran and listed its tools. `source`: they were read in its source. */
export const CATALOG_WAYS = ['listed', 'source'] as const;

/** One tool of a server whose use is known. The worst that its arguments allow decides. */
export interface CatalogTool {
  effect: Effect;
  /** Only of a write: can the same caller undo it? */
  reversible?: boolean;
  /** Only of a write. */
  impact?: Impact;
  /** Can its result hold what is private: records, mail, code, logs, files, people? */
  sensitive: boolean;
  /** `open`: an argument can carry data to a place that the caller picks. */
  egress: 'none' | 'open';
  /** Runs code, shell, SQL or raw requests that the caller supplies. */
  arbitrary?: true;
  confidence: Confidence;
}

/** `src/catalog/servers/<id>.json`: what is known of one MCP server. */
export interface CatalogServer {
  $schema?: string;
  title: string;
  /** As a launcher names them: `npm:@scope/name`, `pypi:name`, `image:ghcr.io/owner/name`. */
  packages: string[];
  /** Where its makers run it for everybody. */
  hosts?: string[];
  /** For which versions it holds: one, or comparisons such as `>=1.2.0 <2`. */
  versions: string;
  /** The version that was looked at. */
  seen: string;
  /** Are these all the tools that it lists where no option switches on others? A partial list never closes a server. */
  complete: boolean;
  checked: {
    /** ISO date, or year and month. */
    on: string;
    how: (typeof CATALOG_WAYS)[number];
    /** Where it was read, or what holds for other versions than the one that was seen. */
    source?: string;
  };
  tools: Record<string, CatalogTool>;
}
