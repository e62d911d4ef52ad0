import { APPROVAL_ANSWERS } from '../model/record.ts';
import {
  WEBHOOK_SCHEMA,
  WEBHOOK_TYPES,
  type WebhookAnswer,
  type WebhookEnding,
  type WebhookMessage,
  type WebhookPoll,
  type WebhookQuestion,
} from '../model/webhook.ts';
import { waitingCall } from './approvals.ts';
import { flag, type JsonSchema, oneOf, text, whole } from './json-schema.ts';

const orNull = (description: string): JsonSchema => ({ type: ['string', 'null'], description });

const question = whole<WebhookQuestion>('Of `approval.asked`: a call that waits for a person.', {
  ...waitingCall,
  approvers: {
    type: 'array',
    items: { type: 'string' },
    description: 'Whom the policy names. Empty: whoever started the session.',
  },
  secret: text('New for each question, and to come back with its answer. For nobody but the receiver.'),
});

const poll = whole<WebhookPoll>('Of `approval.poll`: has somebody answered?', { id: text('Of the question.') });

const ending = whole<WebhookEnding>(
  'Of `approval.over`: somebody has answered, here or elsewhere, or nobody in time.',
  {
    id: text('Of the question.'),
    answer: oneOf(APPROVAL_ANSWERS, 'The answer.'),
    by: orNull('Who. Null: nobody answered.'),
    channel: text('By which channel.'),
    reason: orNull('What the person wrote. Null: nothing.'),
  },
);

const answer = whole<WebhookAnswer>(
  'What a receiver answers to `approval.poll`, with status 200, once somebody has answered.',
  {
    id: text('Of the question.'),
    secret: text('As it came with the question.'),
    approve: flag('May the call run?'),
    by: { type: 'string', minLength: 1, maxLength: 200, description: 'Who says so.' },
    reason: orNull('For the record, and where denied for the model. Absent or null: none.'),
  },
  ['reason'],
);

/** `schemas/webhook.schema.json`. */
export const webhookSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:stakes:webhook:1',
  title: 'Stakes webhook',
  ...whole<WebhookMessage>(
    'What `stakes gate` posts to a webhook, to have people asked; `definitions.answer` is what it wants back.',
    {
      schema: { const: WEBHOOK_SCHEMA, description: 'Version of this format.' },
      type: oneOf(WEBHOOK_TYPES, 'What it is about.'),
      timestamp: text('RFC 3339: when it was said.'),
      data: { description: 'By `type`.', anyOf: [question, poll, ending] },
    },
  ),
  definitions: { answer },
};
