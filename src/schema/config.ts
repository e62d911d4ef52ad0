import {
  type Config,
  type ConfigDefaults,
  type ConfigIgnore,
  type ConfigOverride,
  LEVELS,
  type Review,
} from '../model/config.ts';
import { SEVERITIES } from '../model/finding.ts';
import type { Manifest } from '../model/manifest.ts';
import { TIERS } from '../model/tiers.ts';
import { ENVIRONMENTS } from '../model/vocabulary.ts';
import { closed, type JsonSchema, listOf, mapOf, oneOf, ownSchema, type Schemed, text } from './json-schema.ts';
import { storeUrl } from './store.ts';

const day = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description,
});
const levels = (description: string) =>
  mapOf(description, oneOf(LEVELS, 'How grave a finding of this rule is; `off`: it does not run.'));

const ignore = closed<ConfigIgnore>(
  'Findings that are held back.',
  {
    rule: text('Id of the rule.'),
    at: {
      type: 'string',
      pattern: '^(/.*)?$',
      description: 'JSON Pointer; what is below it is meant too. Absent: anywhere.',
    },
    file: text('Path or pattern from the folder of the configuration that is in use. Absent: every file.'),
    reason: text('Why.'),
    until: day('The last day on which it holds. Absent: for good.'),
  },
  ['rule', 'reason'],
);

const defaults = closed<ConfigDefaults>(
  'What a manifest that does not say it is taken to say; what it says itself always holds. Absent: nothing.',
  {
    owner: text('Absent: none.'),
    environment: oneOf(ENVIRONMENTS, 'Absent: none.'),
    approvals: closed<NonNullable<Manifest['approvals']>>(
      'What is absent in a manifest comes from here, one by one. Absent: none.',
      {
        approvers: listOf('People or groups who approve.', { type: 'string', minLength: 1 }),
        channel: text('Where they are asked.'),
        expires: {
          type: 'string',
          pattern: '^[1-9][0-9]{0,5}(s|m|h|d)$',
          description: 'How long an approval waits and holds.',
        },
      },
    ),
  },
);

const dataFile = (description: string): JsonSchema => ({ ...text(description), examples: ['./stakes.data.yaml'] });

const override: JsonSchema = {
  ...closed<ConfigOverride>(
    'What is different for some files. The last one that matches holds.',
    {
      paths: {
        ...listOf('Folders, files or patterns (`*`, `**`, `?`) from the folder of the configuration that is in use.', {
          type: 'string',
          minLength: 1,
        }),
        minItems: 1,
      },
      rules: levels('Levels by rule. Absent: as everywhere.'),
      defaults,
      data: dataFile('Path of a file with more data scopes, for these files only. Absent: as everywhere.'),
    },
    ['paths'],
  ),
  minProperties: 2,
};

const review = closed<Review>(
  'What a person looked at.',
  {
    by: text('Who.'),
    on: day('When.'),
    until: day('The last day on which it holds. Absent: until the agent changes.'),
    tier: oneOf(TIERS, 'The tier that was reviewed.'),
    digest: text('Digest of the manifest that was reviewed.'),
  },
  ['by', 'on', 'tier', 'digest'],
);

/** `schemas/config.schema.json`. */
export const configSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: storeUrl('config'),
  title: 'Stakes configuration',
  ...closed<Config & Schemed>('What an organisation or a project wants of its agents.', {
    $schema: ownSchema,
    schemaVersion: { const: 1, description: 'Version of this format. Absent: 1.' },
    extends: text('A configuration to start from: a path, or the name of an installed package. Absent: none.'),
    rules: levels('Levels by rule. Absent: those of the rules themselves.'),
    rulesSince: {
      type: 'string',
      pattern: '^[0-9]{1,5}[.][0-9]{1,5}[.][0-9]{1,5}$',
      description:
        'Rules that came after this version of Stakes are notes until `rules` raises them. Absent: every rule counts.',
    },
    locked: {
      ...listOf(
        'What nothing below can loosen: rules; `data/<scope>` for a scope of the catalogue, which a manifest that has one of its name can then only add to; `targets` for the list of allowed ones, which can then only shrink. Absent: nothing.',
        { type: 'string' },
      ),
      examples: [['ungated-high-stakes', 'data/customers', 'targets']],
    },
    failOn: oneOf([...SEVERITIES, 'never'], 'The run fails from this severity on. Absent: error.'),
    ignore: { type: 'array', items: ignore, description: 'Absent: none.' },
    overrides: { type: 'array', items: override, description: 'Absent: none.' },
    defaults,
    data: dataFile(
      'Path of a file with data scopes, as under `data` of a manifest, that every manifest may name. One that a tool names is a scope of its manifest; a scope of the same name in the manifest holds instead, unless it is locked. Absent: none.',
    ),
    owners: closed<NonNullable<Config['owners']>>(
      'Absent: an owner may have any name.',
      { pattern: text('What an owner must look like; `*` stands for any characters.') },
      ['pattern'],
    ),
    targets: closed<NonNullable<Config['targets']>>(
      'Absent: every target.',
      {
        allowed: {
          ...listOf('Targets that may be generated for, installed and proven; the policy itself always is.', {
            type: 'string',
            minLength: 1,
          }),
          examples: [['claude-code', 'srt']],
        },
      },
      ['allowed'],
    ),
    reviewAbove: oneOf(TIERS, 'An agent above this tier needs a review. Absent: none does.'),
    reviews: mapOf("Reviews by the agent's id. Absent: none.", review),
  }),
  examples: [
    {
      extends: '@acme/stakes',
      rulesSince: '0.2.0',
      rules: { 'no-environment': 'error' },
      locked: ['ungated-high-stakes'],
      defaults: { owner: 'platform', environment: 'production', approvals: { approvers: ['oncall'], expires: '1h' } },
      data: './stakes.data.yaml',
      owners: { pattern: 'team-*' },
      targets: { allowed: ['claude-code', 'srt'] },
      overrides: [{ paths: ['lab'], rules: { 'no-owner': 'note' }, defaults: { environment: 'prototype' } }],
      ignore: [{ rule: 'gated-read', file: 'legacy', reason: 'moves next quarter', until: '2027-03-31' }],
      reviewAbove: 'medium',
    },
  ],
};
