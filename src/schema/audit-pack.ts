import {
  AUDIT_PACK_SCHEMA,
  type AuditPackReport,
  EVIDENCE,
  EVIDENCE_STATES,
  type PackApprover,
  type PackEvidence,
  type PackFramework,
  type PackLog,
  type PackPolicy,
  type PackProof,
  type PackRequirement,
  POLICY_STATES,
} from '../model/audit-pack.ts';
import { LOG_VERDICTS } from '../model/audit-report.ts';
import { PROOF_STATES } from '../model/proof.ts';
import { TIERS } from '../model/tiers.ts';
import { type JsonSchema, oneOf, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

const nat = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const any = (description: string): JsonSchema => ({ type: 'string', description });
const sayable = (description: string): JsonSchema => ({ type: ['string', 'null'], description });
const listed = (description: string, items: JsonSchema): JsonSchema => ({ type: 'array', description, items });
const texts = (description: string) => listed(description, { type: 'string' });

const evidence = whole<PackEvidence>('What is there of one kind.', {
  kind: oneOf(EVIDENCE, 'What it is.'),
  state: oneOf(EVIDENCE_STATES, '`partial`: a part of it is missing or does not hold.'),
  files: texts('In the pack, with `/`.'),
  says: text('What is there, or why it is not.'),
});

const log = whole<PackLog>('One log of records.', {
  log: text('Its name.'),
  origin: sayable('What it calls itself. Null: no header could be read.'),
  verdict: oneOf(LOG_VERDICTS, 'Of the whole log up to the end of the pack, as `stakes audit verify` says it.'),
  files: texts('Its files in the pack.'),
  earlier: nat('Files of it that end before the period, and are not in the pack.'),
  calls: nat('Calls in the period.'),
  keys: texts('Trusted keys that signed in it, as C2SP verifier keys.'),
});

const policy = whole<PackPolicy>('One policy.', {
  digest: text('`sha256:` of the file, as records name it.'),
  state: oneOf(POLICY_STATES, '`missing`: records name it, and no file that was given is it.'),
  file: sayable('In the pack. Null: it is not there.'),
  agents: texts('Agents that it is about.'),
  calls: nat('Calls of the period that it decided.'),
  first: sayable('Time of the first of them. Null: there is none.'),
  last: sayable('Time of the last of them. Null: there is none.'),
});

const proof = whole<PackProof>('What one engine showed.', {
  file: text('In the pack.'),
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Day of the run, UTC.' },
  agent: text('Agent.'),
  target: text('Target.'),
  engine: text('Engine.'),
  version: sayable('Its version. Null: it does not say.'),
  state: oneOf(PROOF_STATES, 'Whether it holds.'),
  policy: sayable('Digest of the policy that was tried. Null: the proof does not say.'),
});

const requirement = whole<PackRequirement>('A part of a framework.', {
  id: text('As the framework numbers it.'),
  title: text('What it asks for, in words of ours.'),
  evidence: listed('Which evidence is about it. Empty: none.', { enum: EVIDENCE }),
  shows: any('What that shows.'),
  leaves: text('What it does not show.'),
  rules: texts('Rules of `stakes lint` that name it.'),
});

/** `schemas/audit-pack.schema.json`. */
export const auditPackSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:audit-pack:1',
  title: 'Stakes audit pack',
  ...whole<Omit<AuditPackReport, 'errors'> & { errors: unknown[] }>('What is in an evidence pack, and what is not.', {
    schema: { const: AUDIT_PACK_SCHEMA, description: 'Version of this format; additions keep it.' },
    since: text('RFC 3339: the period begins with it.'),
    until: text('RFC 3339: the period ends before it.'),
    agents: listed(
      'Agents that were assessed.',
      whole<AuditPackReport['agents'][number]>('One agent.', {
        agent: text('Its id.'),
        file: text('Its manifest.'),
        tier: oneOf(TIERS, 'Its control tier.'),
      }),
    ),
    evidence: listed('What is there, in the order in which it is read.', evidence),
    logs: listed('Logs of records.', log),
    policies: listed('Policies that were given, and those that records name.', policy),
    proofs: listed('What was proven on engines.', proof),
    approvers: listed(
      'Who answered.',
      whole<PackApprover>('One person.', {
        by: sayable('Who. Null: nobody answered.'),
        approved: nat('Calls approved.'),
        denied: nat('Calls denied.'),
        expired: nat('Calls not answered in time.'),
        tools: texts('Tools that it was about.'),
      }),
    ),
    withheld: listed(
      'Files of records that are not in the pack although they belong in it.',
      whole<AuditPackReport['withheld'][number]>('One file.', {
        file: text('Where it would be.'),
        because: text('Why it is not there.'),
      }),
    ),
    frameworks: listed(
      'What the evidence is about, by public framework: a mapping, and no certification.',
      whole<PackFramework>('One framework.', {
        id: text('Stable.'),
        title: text('Its name.'),
        version: text('Edition.'),
        date: text('Day or month of its publication.'),
        url: text('Where its ids and their text are.'),
        covers: text('Which parts of it are listed.'),
        requirements: listed('Its parts.', requirement),
      }),
    ),
    signedBy: texts('Verifier keys that signed the pack. Empty: it is not signed.'),
    errors: listed('What could not be read.', problem),
  }),
};
