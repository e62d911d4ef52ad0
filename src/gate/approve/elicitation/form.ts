import { isRecord } from '../../../source/record.ts';
import { spelledOut } from '../../../source/unseen.ts';
import type { Said, Waiting } from '../define.ts';

/** Characters of the arguments as they are shown. What is longer would be approved unread. */
const MOST_SHOWN = 8_000;
const MOST_REASON = 1_000;

/** Nothing more is known of whoever answers: the client says that it is its user. */
const USER = "the client's user";

/** The parameters of `elicitation/create`; undefined: the arguments are too long to be shown whole. */
export function formOf({ agent, tool, arguments: values, because, until }: Waiting): unknown {
  // Four spaces: as it is for those who show plain text, and for those who show Markdown a block in which nothing is acted on.
  const lines = JSON.stringify(values ?? {}, null, 2).split('\n');
  const shown = lines.map((line) => `    ${spelledOut(line)}`).join('\n');
  if (shown.length > MOST_SHOWN) return undefined;
  const time = `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const message = [
    `The agent ${inCode(agent)} wants to call ${inCode(tool)}:`,
    shown,
    `You are asked because: ${spelledOut(because)}.`,
    `Your answer is for this one call with exactly these arguments, until ${time}.`,
  ].join('\n\n');
  return { mode: 'form', message, requestedSchema: SCHEMA };
}

/** Sending the form is not enough: some clients fill it in by themselves, so there is no default. */
const SCHEMA = {
  type: 'object',
  properties: {
    answer: { type: 'string', title: 'Answer', description: 'May this call run?', enum: ['approve', 'deny'] },
    reason: {
      type: 'string',
      title: 'Reason',
      description: 'For the record, and for the model where you deny. May stay empty.',
      maxLength: MOST_REASON,
    },
  },
  required: ['answer'],
};

const inCode = (name: string) => `\`${spelledOut(name).replaceAll('`', "'")}\``;

/** What a client says that its user did; undefined: closed it without an answer, or nothing that counts as one. */
export function readResult(result: unknown): Said | undefined {
  if (!isRecord(result)) return undefined;
  const content = isRecord(result.content) ? result.content : {};
  const reason = typeof content.reason === 'string' && content.reason !== '' ? content.reason : null;
  const said = { by: USER, reason: reason === null ? null : reason.slice(0, MOST_REASON) };
  if (result.action === 'decline') return { approve: false, ...said };
  if (result.action !== 'accept') return undefined;
  if (content.answer === 'approve') return { approve: true, ...said };
  return content.answer === 'deny' ? { approve: false, ...said } : undefined;
}
