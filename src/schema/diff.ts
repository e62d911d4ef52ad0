import type { DisclosurePath, HighStakesTool } from '../model/assessment.ts';
import {
  AGENT_CHANGES,
  type AgentDiff,
  DIFF_SCHEMA,
  IGNORE_SOURCES,
  type IgnoreChange,
  type NewAndGone,
  TOOL_FACTS,
  type ToolChange,
  type ToolRef,
} from '../model/diff.ts';
import type { Place, Span } from '../model/place.ts';
import { TIERS } from '../model/tiers.ts';
import type {
  AgentDiffItem,
  ChangeItem,
  DiffJson,
  FindingItems,
  LooseningItem,
  ToolChangeItem,
} from '../report/diff-item.ts';
import { disclosurePath, highStakesTool, reachRow } from './assessment.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { finding } from './lint.ts';
import { placeKeys, problem } from './problem.ts';

const any = (description: string): JsonSchema => ({ type: 'string', description });
const every = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const tier = (description: string): JsonSchema => ({ enum: [...TIERS, null], description });
const approvals = (description: string): JsonSchema => ({ type: ['number', 'null'], description });

const SPAN: (keyof Span)[] = ['line', 'column', 'endLine', 'endColumn'];

const agent = text('Id of the agent it is about: the compared one or a subagent.');
const tool = text('Name of the tool, as the manifest writes it.');
const span = {
  line: placeKeys.line,
  column: placeKeys.column,
  endLine: placeKeys.endLine,
  endColumn: placeKeys.endColumn,
};

const change = whole<ChangeItem>(
  'One entry or field of a manifest that is not as it was. The span is absent where it is gone.',
  {
    file: any('The file of the head that has the manifest, with `/`.'),
    document: placeKeys.document,
    agent,
    pointer: any('JSON Pointer (RFC 6901) in that document, also where it is gone.'),
    from: { description: 'What it was. Absent: it is new.' },
    to: { description: 'What it is. Absent: it is gone.' },
    ...span,
  },
  ['from', 'to', ...SPAN],
);

const fact: JsonSchema = { type: ['string', 'boolean', 'null'], description: 'As in the reach of an assessment.' };

const toolChange = whole<ToolChangeItem>('A tool that is in reach on both sides, and not as it was.', {
  agent,
  tool,
  facts: every(
    'What the tree makes of it, from its own fields and from what is around it.',
    whole<ToolChange['facts'][number]>('One fact that changed.', {
      fact: oneOf(TOOL_FACTS, 'The fact.'),
      base: fact,
      head: fact,
    }),
  ),
  changes: every('What changed in its own fields.', ref('change')),
});

const findings = whole<FindingItems>('What the lint shows on one side and has not found on the other.', {
  new: every('Only in the head.', ref('finding')),
  fixed: every('Only in the base; the places are there.', ref('finding')),
});

const ignoreChange = whole<IgnoreChange>(
  'Something that holds findings back.',
  {
    source: oneOf(IGNORE_SOURCES, 'Where it is written.'),
    rules: every('Rules that it holds back.', text('Id of a rule.')),
    reason: any('The reason given. Empty: none.'),
    file: any('The manifest that it is about; where it is about any, the file that it is written in.'),
    pointer: any('JSON Pointer that it is about. Empty: all of it.'),
    place: whole<Place>('Where it is written. Absent: not known.', placeKeys),
  },
  ['place'],
);

const ignores = whole<AgentDiff['ignores']>('What holds back more than it did.', {
  new: every('There was none like it.', ref('ignoreChange')),
  wider: every('There was one that held back less.', ref('ignoreChange')),
});

const agentDiff = whole<AgentDiffItem>(
  'What became of one agent with all its subagents. The span is absent where it was not read from a file.',
  {
    agent: text('Id of the agent in the head; of a removed one, in the base.'),
    name: text('Its name for people; the id where it has none.'),
    file: any('Path, with `/`: in the head; of a removed agent, in the base.'),
    document: placeKeys.document,
    pointer: placeKeys.pointer,
    ...span,
    change: oneOf(
      AGENT_CHANGES,
      '`same`: neither its reach nor a finding nor an ignore changed, whatever its file is called.',
    ),
    was: {
      description: 'What it was called and where it stood in the base. Null: the same, or there was none.',
      anyOf: [
        whole<NonNullable<AgentDiff['was']>>('In the base.', { agent: text('Id.'), file: any('Path, with `/`.') }),
        { type: 'null' },
      ],
    },
    tier: whole<AgentDiff['tier']>('The control tier. Null: there is no such agent, or it cannot be read.', {
      base: tier('As it was.'),
      head: tier('As it is.'),
    }),
    because: every('The fewest changes that move the tier. Empty: it does not move.', ref('change')),
    tools: whole<AgentDiffItem['tools']>('Tools in reach; a denied one is not.', {
      added: every('Not in reach before.', reachRow),
      removed: every('No longer in reach.', whole<ToolRef>('A tool of an agent.', { agent, tool })),
      changed: every('In reach on both sides, and not as they were.', toolChange),
    }),
    settings: every('Changes outside of the tools.', ref('change')),
    highStakes: whole<NewAndGone<HighStakesTool>>('High-stakes tools, at worst.', {
      new: every('High-stakes now.', ref('highStakesTool')),
      gone: every('No longer high-stakes, or no longer in reach.', ref('highStakesTool')),
    }),
    disclosurePaths: whole<NewAndGone<DisclosurePath>>('How data can leak, at worst.', {
      new: every('Open now.', ref('disclosurePath')),
      gone: every('Closed now.', ref('disclosurePath')),
    }),
    approvalsPerDay: whole<AgentDiff['approvalsPerDay']>(
      'Approvals a day; null where a tool that asks declares no volume.',
      {
        base: approvals('As it was.'),
        head: approvals('As it is.'),
      },
    ),
    findings,
    ignores,
  },
  SPAN,
);

const loosening = whole<LooseningItem>(
  'A setting that now finds less or fails later. Keys of the place are absent where no line can be named.',
  { message: text('What it is.'), ...placeKeys },
  ['document', 'pointer', ...SPAN],
);

/** `schemas/diff.schema.json`. */
export const diffSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:diff:1',
  title: 'Stakes diff',
  ...whole<DiffJson>('What a change does to each agent.', {
    schema: { const: DIFF_SCHEMA, description: 'Version of this format; additions keep it.' },
    base: any('What was compared against, as people call it.'),
    head: any('What was compared, as people call it.'),
    trusted: {
      type: ['string', 'null'],
      description:
        'The revision whose configuration, baseline, reviews and ignores hold for both sides. Null: each side has its own.',
    },
    agents: every('Every agent of either side, the ones that moved up first.', agentDiff),
    findings: { ...findings, description: 'Findings that belong to no agent.' },
    ignores: { ...ignores, description: 'Ignores of the configuration and the baseline that belong to no agent.' },
    loosened: every('Settings that hold less than they did.', loosening),
    silenced: every(
      "What the head's own ignores, baseline or configuration hold back and the base's would not.",
      ref('finding'),
    ),
    errors: every('What could not be compared.', problem),
  }),
  definitions: { change, disclosurePath, finding, highStakesTool, ignoreChange },
};
