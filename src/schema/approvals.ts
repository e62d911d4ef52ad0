import { APPROVALS_SCHEMA, type ApprovalsReport, type WaitingCall } from '../model/approvals.ts';
import type { ProblemItem } from '../report/problem-item.ts';
import { type JsonSchema, text, whole } from './json-schema.ts';
import { problem } from './problem.ts';

/** A call that waits, as people and programs get to see it. */
export const waitingCall = {
  id: text('What a person types to answer it.'),
  agent: text('Who calls.'),
  tool: text('`server/tool`.'),
  arguments: { description: 'As the model gave them: an answer is for exactly these.' },
  digest: text("`sha256:` of the arguments' canonical JSON."),
  because: text('Why the policy asks.'),
  since: text('RFC 3339: when it began to wait.'),
  until: text('RFC 3339: when it is refused, if nobody answers.'),
};

/** `schemas/approvals.schema.json`. */
export const approvalsSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:approvals:1',
  title: 'Stakes approvals',
  ...whole<Omit<ApprovalsReport, 'errors'> & { errors: ProblemItem[] }>('What `stakes approvals` lists.', {
    schema: { const: APPROVALS_SCHEMA, description: 'Version of this format.' },
    waiting: {
      type: 'array',
      description: 'Calls that wait for a person, the oldest first.',
      items: whole<WaitingCall>('A call.', waitingCall),
    },
    errors: { type: 'array', description: 'What could not be asked.', items: problem },
  }),
};
