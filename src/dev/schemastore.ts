import { CONFIG_FILES } from '../config/find.ts';
import { BASELINE_FILE } from '../lint/baseline.ts';
import { STORED, type Stored, storeUrl } from '../schema/store.ts';

interface Entry {
  name: string;
  description: string;
  fileMatch: readonly string[];
}

const ENTRIES: Record<Stored, Entry> = {
  agent: {
    name: 'Stakes agent manifest',
    description: 'What tools an AI agent has, what data they reach and who reviews its actions',
    // None: `agent.yaml` and `*.agent.yaml` are names of other tools' files too, which an editor would then mark as wrong.
    fileMatch: [],
  },
  config: {
    name: 'Stakes configuration',
    description: 'What an organisation or a project wants of its AI agents',
    fileMatch: CONFIG_FILES,
  },
  baseline: {
    name: 'Stakes baseline',
    description: 'Findings of stakes lint that are held back until they are mended',
    fileMatch: [BASELINE_FILE],
  },
};

/** `schemas/schemastore.json`: the entries for SchemaStore's `catalog.json`, in the form of a catalog. */
export const storeCatalog = {
  $schema: 'https://www.schemastore.org/schema-catalog.json',
  version: 1,
  schemas: STORED.map((name) => ({ ...ENTRIES[name], url: storeUrl(name) })),
};
