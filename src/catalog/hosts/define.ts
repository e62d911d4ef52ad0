import type { ToolFacts } from '../../model/manifest.ts';
import type { Review } from '../../model/vocabulary.ts';

/** What stands before a call where no rule says otherwise: nothing, or a person's word on edits, on commands, on the rest. */
export type Gate = 'none' | 'edits' | 'commands' | 'others';

/** A tool that the host brings along. */
export interface HostTool {
  /** What is known of every call of it; what hangs on the use stays absent. */
  facts: ToolFacts;
  gate: Gate;
  /** Can it read files of the machine? */
  readsFiles: boolean;
  /** Another tool whose rules hold for it, too. */
  ruledBy?: string;
  /** The same, of the rules that let something through: what refuses the other need not refuse it. */
  allowedBy?: string;
  /** Not there until something switches it on, or without effect outside of the session: not written into manifests. */
  unlisted?: true;
}

/** What a mode lets through unasked. */
export interface HostMode {
  /** For tools without a rule. Absent: not to be known from the mode. */
  review?: Review;
  /** What lands although `review` says otherwise. */
  lands?: readonly Gate[];
  /** What would be asked is refused. */
  refuses?: true;
  /** For whoever reads the manifest. */
  note: string;
}

/** A program that runs agents, as its makers describe it. */
export interface Host {
  /** Kebab-case, as importers have it. */
  id: string;
  title: string;
  /** Where the facts were read. */
  source: string;
  /** ISO date. */
  checked: string;
  tools: Readonly<Record<string, HostTool>>;
  modes: Readonly<Record<string, HostMode>>;
}

/** The facts of the tools that every session has, by name. */
export function builtInsOf({ tools }: Host): Record<string, ToolFacts> {
  return Object.fromEntries(
    Object.entries(tools)
      .filter(([, { unlisted }]) => !unlisted)
      .map(([name, { facts }]) => [name, { ...facts }]),
  );
}
