import type {
  Advice,
  Assessment,
  AssessmentReport,
  Because,
  ControlEntry,
  Controls,
  DisclosurePath,
  HighStakesTool,
  OpenQuestion,
  PatchOperation,
  ReachAgent,
  ReachRow,
  ReachScope,
  ReachTool,
  TrailStep,
} from '../model/assessment.ts';
import { CONTROLS } from '../model/controls.ts';
import type { Place } from '../model/place.ts';
import { QUESTIONS } from '../model/questions.ts';
import { TIERS } from '../model/tiers.ts';
import { ACCESSES, CLASSIFICATIONS, EFFECTS, EGRESSES, PROVENANCES } from '../model/vocabulary.ts';
import { flag, type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { placeKeys, problem } from './problem.ts';

const ANSWERS = ['yes', 'no'] as const;

const anyText = (description: string): JsonSchema => ({ type: 'string', description });
const every = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const tier = (description: string) => oneOf(TIERS, description);
const orUnknown = (values: readonly string[], description: string) => oneOf([...values, 'unknown'], description);
const maybe = (description: string): JsonSchema => ({ enum: [true, false, 'unknown'], description });
const approvals = (description: string): JsonSchema => ({ type: ['number', 'null'], description });

const agent = text('Id of the agent it is about: the assessed one or a subagent.');
const tool = text('Name of the tool, as the manifest writes it.');
const pointer = anyText("JSON Pointer (RFC 6901) in the document that holds the agent's manifest.");

const trailStep = whole<TrailStep>('One question of the tree. A question that was not asked is not listed.', {
  question: oneOf(QUESTIONS, 'The question.'),
  answer: orUnknown(ANSWERS, '`unknown` when the best and the worst case differ.'),
  best: oneOf(ANSWERS, 'The answer with every open fact at its safest.'),
  worst: oneOf(ANSWERS, 'The answer with every open fact at its most dangerous. The tree goes on from this one.'),
  because: every('The facts behind the worst answer.', ref('because')),
});

const place = (description: string) => whole<Place>(description, placeKeys);

const because = whole<Because>(
  'A fact that decided something.',
  {
    agent,
    pointer,
    fact: text('The fact, in words.'),
    provenance: oneOf(PROVENANCES, 'How it is known. `default`: nobody has stated it.'),
    place: place('Where it stands. Absent: it was not read from a file, or nobody has written it.'),
  },
  ['place'],
);

const row = {
  agent,
  tool,
  effect: orUnknown(EFFECTS, 'Whether it reads or writes.'),
  reversible: {
    enum: [true, false, 'unknown', null],
    description: 'Whether the same caller can undo it; null on a read.',
  },
  egress: orUnknown(EGRESSES, 'Whether an argument can carry data to a place the caller picks.'),
  access: orUnknown(ACCESSES, 'What happens to a call.'),
  highStakes: flag('Whether the tool is high-stakes, at worst.'),
};

export const reachRow = whole<ReachRow>('What one agent may do with one tool.', row);

const reachTool = whole<ReachTool>(
  'What one agent may do with one tool, and what is behind it.',
  {
    ...row,
    data: {
      type: ['array', 'null'],
      description: 'Names of the data scopes it reaches; null: nobody has stated which, so it may be any of its agent.',
      items: anyText('Name of a scope in `data`.'),
    },
    unnamedData: maybe('Whether it reaches credentials or files that no scope names.'),
    arbitrary: maybe('Whether it runs code, a shell, queries or requests that the caller supplies.'),
    untrusted: maybe('Whether it brings in text from a place the caller picks.'),
    place: place('Where the tool stands. Absent: it was not read from a file.'),
  },
  ['place'],
);

const reachAgent = whole<ReachAgent>(
  'An agent of the reach.',
  {
    agent,
    name: text('Its name for people; the id where it has none.'),
    startedBy: every('Ids of the agents that start it; none for the assessed one.', agent),
    untrusted: maybe('Whether it is handed text that strangers can write.'),
    place: place('Where the agent stands. Absent: it was not read from a file.'),
  },
  ['place'],
);

const reachScope = whole<ReachScope>("A body of data, as one agent's manifest names it.", {
  agent,
  name: anyText('Name of the scope.'),
  classification: orUnknown(CLASSIFICATIONS, 'How it is classified; `unknown` counts as regulated.'),
});

export const highStakesTool = whole<HighStakesTool>('A high-stakes tool, and how it is held.', {
  agent,
  tool,
  certain: flag('False when it is high-stakes only if an open fact turns out badly.'),
  access: orUnknown(ACCESSES, 'What happens to a call.'),
  bounded: flag('Whether argument schema, daily cap, scoped credential and `because` stand in for a gate.'),
  because: every('Why it is high-stakes.', text('One reason.')),
});

export const disclosurePath = whole<DisclosurePath>(
  "Data can be read, strangers' text comes in, and a tool can carry the data out.",
  {
    certain: flag('False when it exists only if an open fact turns out badly.'),
    data: whole<DisclosurePath['data']>('Where the data is read.', {
      agent,
      tool,
      scope: text('Name of the data scope.'),
    }),
    untrusted: whole<DisclosurePath['untrusted']>("Where strangers' text comes in.", { agent, pointer }),
    exit: whole<DisclosurePath['exit']>('The tool that can carry it out.', { agent, tool }),
  },
);

const controlEntry = whole<ControlEntry>('One control.', {
  id: oneOf(CONTROLS, 'The control.'),
  because: anyText('Why it stands in this list.'),
  evidence: anyText('What shows it: a JSON Pointer or the declared evidence. Empty: nothing does.'),
});

const entries = (description: string) => every(description, ref('controlEntry'));
const controls = whole<Controls>('The controls, by what the tier says of them and by what is in place.', {
  required: entries('Required now.'),
  optional: entries('Allowed, not called for.'),
  excessive: entries('More control than the tier is worth.'),
  present: entries('In place.'),
  missing: entries('Required now and not in place.'),
});

const openQuestion = whole<OpenQuestion>(
  'A fact that nobody has stated and that the tier depends on.',
  {
    id: text('Stable while the manifest names things as it does.'),
    agent,
    pointer,
    text: text('The question, in words.'),
    closes: tier('The tier once this question and those before it are answered at their safest.'),
    place: place('Where the answer goes, or what stands nearest to it. Absent: it was not read from a file.'),
  },
  ['place'],
);

export const patchOperation = whole<PatchOperation>(
  'One operation of JSON Patch (RFC 6902) on the manifest of `agent`.',
  {
    agent,
    op: oneOf(['add', 'replace', 'remove'], 'The operation.'),
    path: pointer,
    value: { description: 'The new value; absent on `remove`.' },
  },
  ['value'],
);

const advice = whole<Advice>('A change to the manifest that lowers the tier.', {
  id: text('Stable while the manifest names things as it does.'),
  text: text('The change, in words.'),
  patch: every('The change, to apply in this order.', patchOperation),
  tier: tier('The tier of the changed manifest, found by assessing it.'),
  approvalsPerDay: approvals(
    'Approvals a day that it adds, negative where it saves some; null where no volume is declared.',
  ),
});

const assessment = whole<Assessment>(
  'The assessment of one agent with all its subagents.',
  {
    file: placeKeys.file,
    document: placeKeys.document,
    agent: text('Id of the agent.'),
    name: text('Its name for people; the id where it has none.'),
    tier: tier('The control tier: the ceiling.'),
    floor: tier('The tier with every open fact at its safest.'),
    ceiling: tier('The tier with every open fact at its most dangerous.'),
    stage: oneOf(
      ['none', 'staging-only'],
      '`staging-only`: nothing of production is in reach, so less is required now.',
    ),
    atGraduation: {
      type: ['array', 'null'],
      description: 'The controls that the tier asks for once the agent leaves staging; null when `stage` is `none`.',
      items: ref('controlEntry'),
    },
    ruleOfTwo: whole<Assessment['ruleOfTwo']>(
      'What it combines; all three at once need a person or a control between them.',
      {
        untrusted: maybe("It reads strangers' text."),
        sensitive: maybe('It reaches sensitive data.'),
        acts: maybe('It changes things or sends data out.'),
      },
    ),
    trail: every('The questions that were asked, in order.', trailStep),
    agents: every('The agents of the reach: the assessed one, then its subagents.', reachAgent),
    reach: every('Every tool in reach; denied ones are not.', reachTool),
    data: every('The data scopes of those agents.', reachScope),
    highStakes: every('The high-stakes tools, at worst.', highStakesTool),
    disclosurePaths: every('How data can leak, at worst.', disclosurePath),
    controls,
    questions: every(
      'The shortest set of questions that closes the interval, in the order that closes it soonest.',
      openQuestion,
    ),
    advice: every('Changes that lower the tier, cheapest first.', advice),
    approvalsPerDay: approvals('Approvals a day at the declared volumes; null where a tool that asks declares none.'),
    place: place('Where the agent stands in its file. Absent: it was not read from a file.'),
  },
  ['place'],
);

/** `schemas/assessment.schema.json`: what `stakes assess --format json` writes. */
export const assessmentSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:assessment:1',
  title: 'Stakes assessment',
  ...whole<AssessmentReport>('The assessments of every agent asked about, and what could not be read.', {
    schema: { const: 'stakes/assessment@1', description: 'Version of this format; additions keep it.' },
    results: every('One assessment an agent.', assessment),
    errors: every('Inputs that could not be assessed.', problem),
  }),
  definitions: { because, controlEntry },
};
