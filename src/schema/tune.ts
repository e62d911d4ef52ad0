import { READ_VERDICTS } from '../model/audit-query.ts';
import { TIERS } from '../model/tiers.ts';
import {
  TUNE_DIRECTIONS,
  TUNE_SCHEMA,
  TUNE_TRUSTS,
  type TuneAgent,
  type TuneAnswers,
  type TuneEvidence,
  type TuneHeld,
  type TuneMoment,
  type TuneNet,
  type TuneProposal,
  type TuneReport,
  type TuneStranger,
  type TuneVolume,
} from '../model/tune.ts';
import { patchOperation } from './assessment.ts';
import { readRemark } from './audit-query.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const amount = (description: string): JsonSchema => ({ type: 'number', minimum: 0, description });
const number = (description: string): JsonSchema => ({ type: 'number', description });
const perhaps = (description: string): JsonSchema => ({ type: ['number', 'null'], minimum: 0, description });
const sayable = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
const listed = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });
const anyText = (description: string): JsonSchema => ({ type: 'string', description });
const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: ['object', 'null'],
  description: `${schema.description} Null: it is not about that.`,
});

const moment = (which: string): JsonSchema => ({
  ...whole<TuneMoment>(`The ${which} call that it rests on.`, {
    time: text('RFC 3339, UTC.'),
    log: text('Path of the log.'),
    seq: nat('Number of the record in that log.'),
  }),
  type: ['object', 'null'],
});

const answers = whole<TuneAnswers>('How people answered.', {
  approved: nat('Calls that were approved.'),
  denied: nat('Calls that were denied, and not approved later.'),
  overturned: nat('Calls that were denied, and approved later with the very same arguments.'),
  expired: nat('Calls that nobody answered in time.'),
  waitedSeconds: perhaps('From asking to the answer of a person, on average. Null: nobody answered.'),
});

const volume = whole<TuneVolume>('How much was used; nearest-rank percentiles.', {
  unit: oneOf(['calls a day', 'calls a minute', 'repeats of a call', 'US dollars a day'], 'What is counted.'),
  p50: amount('Half of the time no more than this.'),
  p99: amount('99 % of the time no more than this.'),
  max: amount('Never more than this.'),
  refusedDays: nat('Days on which the cap refused a call.'),
});

const evidence = whole<TuneEvidence>('What the records show.', {
  calls: nat('Calls that it rests on.'),
  days: nat('Days, in UTC, with such calls; for what was never used: with any call of the agent.'),
  first: moment('first'),
  last: moment('last'),
  shadow: nat('Of the calls those of a gate in shadow mode: they show what would have happened.'),
  answers: orNull(answers),
  volume: orNull(volume),
});

const item = {
  id: text('Stable: the kind, the agent and what it is about.'),
  kind: text('What kind of change it is.'),
  direction: oneOf(TUNE_DIRECTIONS, '`tighten`: the agent may do less than before.'),
  agent: text('Id of the agent.'),
  file: text('Its manifest, with `/`.'),
  document: nat('YAML document in that file, from 0.'),
  pointer: anyText('JSON Pointer (RFC 6901) in that document.'),
  text: text('What to change.'),
  because: text('The evidence in words.'),
  evidence,
};

const tier = (description: string) => oneOf(TIERS, description);

const proposal = whole<TuneProposal>(
  'A change that the records speak for and the tier allows.',
  {
    ...item,
    unknown: listed('What the records do not show about it.', { type: 'string' }),
    tier: whole<TuneProposal['tier']>('Of the agent that is assessed.', {
      from: tier('As it is.'),
      to: tier('After this change alone.'),
    }),
    approvalsPerDay: number('Approvals a day that it adds, as they were recorded; below zero: that it saves.'),
    net: whole<TuneNet>('US dollars a year that it is worth. Absent: the cost model was not asked.', {
      p10: number('With a probability of 90 % at least this.'),
      p50: number('The median.'),
      p90: number('With a probability of 10 % at least this.'),
    }),
    patch: listed('RFC 6902 operations that make the change.', patchOperation),
  },
  ['net'],
);

const held = whole<TuneHeld>('What the numbers suggest, and what keeps it from being proposed.', {
  ...item,
  reason: text('Why it is not proposed.'),
});

const agent = whole<TuneAgent>('What was counted for one agent.', {
  agent: item.agent,
  file: item.file,
  document: item.document,
  trust: oneOf(
    TUNE_TRUSTS,
    'What its records are worth. `unproven`: nothing is loosened because of them; `broken`: nothing is proposed because of them.',
  ),
  calls: nat('Calls in the period.'),
  days: nat('Days, in UTC, with calls.'),
  first: sayable('Time of the first one. Null: there is none.'),
  last: sayable('Time of the last one.'),
  shadow: nat('Of the calls those in shadow mode.'),
  unknownPolicy: nat('Calls that were decided by a policy that is not here.'),
  later: nat('Calls with a time after the end of the period. They are not counted.'),
  unknown: listed('What the records can never show about this agent.', { type: 'string' }),
});

const stranger = whole<TuneStranger>('A name that is in the records, and in no manifest here.', {
  agent: item.agent,
  tool: sayable('The tool. Null: the agent itself.'),
  calls: nat('Calls.'),
  refused: nat('Of them those that were refused.'),
});

/** `schemas/tune.schema.json`. */
export const tuneSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:tune:1',
  title: 'Stakes tune',
  ...whole<Omit<TuneReport, 'errors'> & { errors: unknown[] }>('What the records say about the grants.', {
    schema: { const: TUNE_SCHEMA, description: 'Version of this format; additions keep it.' },
    since: text('RFC 3339: the period begins with it.'),
    until: text('RFC 3339: the period ends before it.'),
    agents: listed('The agents of the manifests.', agent),
    proposals: listed('The changes, the tightening ones first. They hold together.', proposal),
    held: listed('What is not proposed, and why.', held),
    strangers: listed('At most 100, those with the most calls first.', stranger),
    tiers: listed(
      'The tier of each agent that was assessed, once all is applied.',
      whole<TuneReport['tiers'][number]>('One agent.', {
        agent: item.agent,
        file: item.file,
        document: item.document,
        from: tier('As it is.'),
        to: tier('With all proposals.'),
      }),
    ),
    logs: listed(
      'What was read.',
      whole<TuneReport['logs'][number]>('One log.', {
        path: text('Its folder or file, with `/`.'),
        origin: sayable('Which log it is. Null: no header was read.'),
        verdict: oneOf(READ_VERDICTS, 'As `stakes audit verify` says it; `not-verified`: there was nothing to verify.'),
        files: nat('Files.'),
        lines: nat('Lines of all kinds.'),
        calls: nat('Calls in it, asked for or not.'),
        first: sayable('Time of the first line. Null: there is none.'),
        last: sayable('Time of the last line.'),
      }),
    ),
    remarks: listed('What is odd about the lines.', readRemark),
    errors: listed('What could not be read. Nothing is proposed then.', problem),
  }),
};
