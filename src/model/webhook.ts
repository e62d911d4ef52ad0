import type { WaitingCall } from './approvals.ts';
import type { ApprovalRecord } from './record.ts';

export const WEBHOOK_SCHEMA = 'stakes/webhook@1';

export const WEBHOOK_TYPES = ['approval.asked', 'approval.poll', 'approval.over'] as const;

/** What a gate posts to a webhook. Additions keep the version: a receiver passes over what it does not know. */
export interface WebhookMessage {
  schema: typeof WEBHOOK_SCHEMA;
  type: (typeof WEBHOOK_TYPES)[number];
  /** RFC 3339: when it was said. */
  timestamp: string;
  data: WebhookQuestion | WebhookPoll | WebhookEnding;
}

/** Of `approval.asked`: a call that waits for a person. */
export interface WebhookQuestion extends WaitingCall {
  /** Whom the policy names; empty: whoever started the session. */
  approvers: string[];
  /** New for each question, and to come back with its answer. Nobody but the receiver gets it. */
  secret: string;
}

/** Of `approval.poll`: has somebody answered? */
export interface WebhookPoll {
  id: string;
}

/** Of `approval.over`: somebody has, here or elsewhere, or nobody has in time. */
export interface WebhookEnding extends Pick<ApprovalRecord, 'answer' | 'by' | 'channel' | 'reason'> {
  id: string;
}

/** What a receiver answers to `approval.poll`, once somebody has answered. */
export interface WebhookAnswer {
  id: string;
  /** As it came with the question. */
  secret: string;
  approve: boolean;
  /** Who, at most 200 characters. */
  by: string;
  /** For the record, and where denied for the model; absent or null: none. */
  reason?: string | null;
}
