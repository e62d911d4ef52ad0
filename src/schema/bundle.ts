import { CONTROLS } from '../model/controls.ts';
import type { Gap } from '../model/gap.ts';
import { type Installed, LOCK_SCHEMA, type Lock } from '../model/lock.ts';
import type { Loss } from '../model/policy.ts';
import { TIERS } from '../model/tiers.ts';
import type { GenerateReport, GenerateResult } from '../report/generate-report.ts';
import type { ProblemItem } from '../report/problem-item.ts';
import { closed, type JsonSchema, mapOf, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const digest: JsonSchema = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };
const paths = (description: string): JsonSchema => ({ type: 'array', items: { type: 'string' }, description });

const digestOrNone = (description: string): JsonSchema => ({ anyOf: [digest, { type: 'null' }], description });

const owned: JsonSchema = {
  description: 'One thing of ours in a file that people edit.',
  anyOf: [
    whole<{ pointer: string; entries: unknown[] }>('Entries of a list.', {
      pointer: text('JSON Pointer of the list.'),
      entries: { type: 'array', description: 'The entries that were added.' },
    }),
    whole<{ pointer: string; value: unknown; before?: unknown }>(
      'A value.',
      {
        pointer: text('JSON Pointer of the value.'),
        value: { description: 'What was written.' },
        before: { description: 'What it replaced. Absent: nothing was there.' },
      },
      ['before'],
    ),
    whole<{ pointer: string; created: true }>('An object or a list that was not there.', {
      pointer: text('Its JSON Pointer.'),
      created: { const: true, description: 'It goes when it is empty.' },
    }),
  ],
};

const installed = whole<Installed>(
  'One file that `stakes apply` wrote.',
  {
    path: text('In the project, with `/`; absolute for a file outside of it.'),
    source: { ...digest, description: 'Digest of the generated file that was installed.' },
    before: digestOrNone('Digest of what `--undo` brings back. Null: there was no file.'),
    after: { ...digest, description: 'Digest of the file as it was left.' },
    owns: { type: 'array', items: owned, description: 'What `--undo` takes out of a file that was edited since.' },
    folders: paths('Folders that were made for the file.'),
    pending: whole<{ from: string | null }>('Set while the file is written.', {
      from: digestOrNone('Digest of what the file held just before. Null: there was no file.'),
    }),
  },
  ['pending'],
);

/** `schemas/lock.schema.json`. */
export const lockSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:lock:1',
  title: 'Stakes lock file',
  ...whole<Lock>(
    'What `stakes generate` wrote, so that `--check` can tell what changed.',
    {
      schema: { const: LOCK_SCHEMA, description: 'Version of this format.' },
      agent: text('Id of the agent.'),
      manifest: { ...digest, description: 'Digest of the manifest and its subagents.' },
      policy: { ...digest, description: 'Digest of the policy, whatever its layout on disk.' },
      targets: mapOf('Emitter revision of each target.', { type: 'integer', minimum: 1 }),
      notAllowed: paths('Targets that are left out because the configuration does not allow them. Absent: none.'),
      files: mapOf('Digest of every file, by its path in the bundle.', digest),
      installed: mapOf('What `stakes apply` put where, by target and installation. Absent: nothing.', installed),
    },
    ['installed', 'notAllowed'],
  ),
};

const loss = closed<Loss>(
  'What the policy asks for and the target cannot enforce.',
  {
    what: text('A control or a policy field.'),
    agent: text('Absent: it is not about one agent.'),
    tool: text('Absent: it is not about one tool.'),
    message: text('What is lost.'),
    instead: text('What to do about it.'),
  },
  ['what', 'message', 'instead'],
);

const result = whole<GenerateResult>('One bundle.', {
  file: text('The manifest.'),
  agent: text('Id of the agent.'),
  folder: text('Folder of the bundle, relative to where the command ran.'),
  tier: oneOf(TIERS, 'The control tier.'),
  state: oneOf(
    ['fresh', 'missing', 'manifest-changed', 'edited', 'policy-changed', 'targets-changed', 'emitter-newer'],
    'How the bundle stood before this run.',
  ),
  stale: paths('Files that the state is about.'),
  blocked: paths('Files edited by hand that kept the command from writing. Empty: none.'),
  written: { type: 'integer', minimum: 0, description: 'How many files were written.' },
  files: paths('Every file of the bundle.'),
  targets: {
    type: 'array',
    description: 'Targets, with what each cannot enforce.',
    items: whole<GenerateResult['targets'][number]>('One target.', {
      id: text('Its id.'),
      title: text('Its name for people.'),
      proof: oneOf(['engine', 'schema-checked'], 'How its files are checked.'),
      losses: { type: 'array', items: loss, description: 'Empty: nothing is lost.' },
    }),
  },
  gaps: {
    type: 'array',
    description: 'Controls that the tier requires and none of these files holds. Empty: none.',
    items: whole<Gap>('One control.', {
      control: oneOf(CONTROLS, 'Its id.'),
      closedBy: paths('Targets whose files would hold it, the best first. Empty: there is none.'),
    }),
  },
  notAllowed: paths('Targets that are left out because the configuration does not allow them.'),
  notes: paths("Where the policy is stricter than the manifest's word."),
  installed: {
    type: 'array',
    description: 'Files that `stakes apply` wrote from this bundle, with --check. Empty: none, or not looked at.',
    items: whole<GenerateResult['installed'][number]>('One file.', {
      path: text('Relative to where the command ran.'),
      state: oneOf(['holds', 'missing', 'changed', 'stale', 'unreadable'], 'Whether it holds what it should.'),
    }),
  },
});

/** `schemas/generate.schema.json`. */
export const generateSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:generate:1',
  title: 'Output of stakes generate --format json',
  ...whole<Omit<GenerateReport, 'errors'> & { errors: ProblemItem[] }>('Bundles written or checked.', {
    schema: { const: 'stakes/generate@1', description: 'Version of this format.' },
    results: { type: 'array', items: result, description: 'One a bundle.' },
    errors: { type: 'array', items: problem, description: 'What stopped the run.' },
  }),
};
