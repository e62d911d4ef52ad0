import type { Channel, Question } from '../define.ts';
import { formOf, readResult } from './form.ts';
import { openRounds } from './rounds.ts';

const METHOD = 'elicitation/create';
/** What the input that a result asks for is called. */
const KEY = 'approval';
const CLOSED = 'the question was closed without an answer';
const USED = 'its `requestState` was used before, is over, or is of another call; call again without it';

/**
 * The user of the client that calls, asked through the client. A client can answer by itself, so this is only for policies
 * that take whoever started the session for the approver.
 */
export const channel: Channel = {
  id: 'elicitation',
  suits: ({ attended, approvals }) => attended && approvals?.approvers.length === 0,
  open: async ({ now }) => {
    const rounds = openRounds(now);
    return {
      ask(question) {
        const form = formOf(question.call);
        const { request, requireInput, signal } = question.client;
        if (form === undefined) return false;
        if (request !== undefined) {
          void request(METHOD, form, AbortSignal.any([question.over, signal])).then((result) => {
            if (signal.aborted) question.paused();
            else take(question, result);
          });
          return true;
        }
        requireInput?.({ [KEY]: { method: METHOD, params: form } }, rounds.begin(question));
        return requireInput !== undefined;
      },
      bring({ asked, client }) {
        if (client.brought === undefined) return undefined;
        const { state, responses } = client.brought;
        const question = rounds.end(state, asked);
        if (question === undefined) return { refused: USED };
        take(question, responses[KEY]);
        return { id: question.call.id, kept: question.client.kept };
      },
      close: () => undefined,
    };
  },
};

function take(question: Question, result: unknown): void {
  const said = readResult(result);
  // Where another channel was faster, its answer stands.
  if (said === undefined) question.lost(CLOSED);
  else question.answer(said);
}
