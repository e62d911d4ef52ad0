import {
  type ManifestDifference,
  PIN_CHANGES,
  PIN_STATES,
  type PinChange,
  SCAN_SCHEMA,
  type ScannedManifest,
  type ScannedServer,
  type ScannedTool,
  type ScanReport,
  type TierSpan,
} from '../model/scan-report.ts';
import { TIERS } from '../model/tiers.ts';
import { classifiedKeys, digest } from './classified.ts';
import { type JsonSchema, listOf, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const tool = whole<ScannedTool>('One tool.', {
  name: text('As the server calls it.'),
  digest,
  ...classifiedKeys,
  pin: {
    enum: [...PIN_STATES, null],
    description: 'How it stands against `stakes.pins.json`. Null: the server has no pins.',
  },
});

const server = whole<ScannedServer>('One server.', {
  name: text('As the configuration or the file calls it.'),
  tools: { type: 'array', items: tool, description: 'By name.' },
});

const span = (description: string): JsonSchema => ({
  description,
  anyOf: [
    whole<TierSpan>('An interval.', { floor: oneOf(TIERS, 'At best.'), ceiling: oneOf(TIERS, 'At worst.') }),
    { type: 'null' },
  ],
});

const change = whole<PinChange>('A tool that is not as it was pinned.', {
  server: text('Its server.'),
  tool: text('Its name.'),
  change: oneOf(PIN_CHANGES, '`new`: nobody pinned it; `gone`: no longer listed; `changed`: another digest.'),
  says: { type: 'array', items: { type: 'string' }, description: 'What is different, in words.' },
  tier: whole<PinChange['tier']>(
    "The tier of an agent that reads private data and strangers' text, and may use this tool unasked.",
    {
      from: span('As it was pinned. Null: it was not.'),
      to: span('As it is now. Null: it is gone.'),
    },
  ),
});

const interval = (description: string): JsonSchema =>
  whole<TierSpan>(description, { floor: oneOf(TIERS, 'At best.'), ceiling: oneOf(TIERS, 'At worst.') });

const manifest = whole<ScannedManifest>('A manifest that has tools of these servers.', {
  file: text('The manifest, with `/`.'),
  agent: text('Its id.'),
  added: listOf('Tools that it did not list, in place of `server/*`.', { type: 'string' }),
  filled: listOf('Tools of which it says more.', { type: 'string' }),
  closed: listOf('`server/*` that is taken out, because the tools are listed.', { type: 'string' }),
  differs: {
    type: 'array',
    items: whole<ManifestDifference>("The manifest's word stands.", {
      tool: text('As `server/tool`.'),
      fact: oneOf(['effect', 'reversible', 'impact', 'egress', 'arbitrary'], 'What the two tell differently.'),
      declared: text('What the manifest says.'),
      scanned: text('What the listing says.'),
    }),
    description: 'Where the manifest and the listing tell different stories.',
  },
  left: listOf('What is left as it is, in words.', { type: 'string' }),
  tier: whole<ScannedManifest['tier']>('What the scan makes of the tier.', {
    from: interval('Before.'),
    to: interval('With what is written.'),
  }),
});

/** `schemas/scan.schema.json`. */
export const scanSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:scan:1',
  title: 'Stakes scan',
  ...whole<Omit<ScanReport, 'errors'> & { errors: unknown[] }>('The tools of MCP servers, and what each can do.', {
    schema: { const: SCAN_SCHEMA, description: 'Version of this format; additions keep it.' },
    servers: { type: 'array', items: server, description: 'Every server that gave its list.' },
    changes: { type: 'array', items: change, description: 'What is not as it was pinned.' },
    manifests: { type: 'array', items: manifest, description: 'With `--write`: what is written after a yes.' },
    errors: { type: 'array', items: problem, description: 'Servers that gave none, one entry each, and broken files.' },
  }),
};
