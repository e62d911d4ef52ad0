import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { CODES } from '../answers.ts';
import type { Request } from '../calls.ts';
import { exactly, type Message, readMessage } from '../message.ts';
import { mismatch, servedAs } from './agreement.ts';
import { bodyReader } from './body.ts';
import { accepts, type Reply, reply, turnAway } from './reply.ts';
import { MOST_SESSIONS, type Roster } from './roster.ts';
import type { Held } from './sessions.ts';
import { openStream } from './stream.ts';

export interface PostParts {
  roster: Roster;
  named(request: IncomingMessage): Held | Reply;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Takes one message of a client. */
export function poster({ roster, named }: PostParts): Handler {
  const readBody = bodyReader();

  async function inSession(held: Held, message: Message, text: string, response: ServerResponse): Promise<void> {
    const { lane } = held;
    await lane.free();
    if (message.kind !== 'request') {
      lane.tell(text);
      response.writeHead(202).end();
      return;
    }
    if (lane.has(message.id))
      return reply(response, { status: 400, says: 'this id is of a request that has no answer yet', id: message.id });
    lane.request(message, text, held.stream(response));
  }

  async function alone(
    headers: IncomingHttpHeaders,
    message: Request,
    text: string,
    response: ServerResponse,
  ): Promise<void> {
    const { id } = message;
    // It goes on under another id, so what is ambiguous has to be found here.
    const exact = exactly(text, message);
    if ('fault' in exact) return reply(response, { status: 400, says: `the message is refused: ${exact.fault}`, id });
    const wrong = roster.shared.params.disagreement(headers, message.value);
    if (wrong !== undefined) return reply(response, { ...mismatch(wrong), status: 400, id });
    const lane = roster.shared.lane();
    await lane.free();
    if (response.destroyed) return;
    let cancel: (() => void) | undefined;
    const stream = openStream(response, {
      headers: () => ({}),
      left: (state) => state === 'early' && cancel?.(),
      drained: () => lane.drained(),
    });
    cancel = lane.request(message, text, stream);
  }

  function begun(request: IncomingMessage): Held | Reply {
    if (request.headers['mcp-session-id'] !== undefined)
      return { status: 400, says: 'this session has begun already; leave `Mcp-Session-Id` out to begin another one' };
    return roster.begin() ?? { status: 503, says: `the gate has ${MOST_SESSIONS} sessions; end one` };
  }

  return async (request, response) => {
    const unfit = unfitness(request);
    if (unfit !== undefined) return turnAway(request, response, unfit);
    const body = await readBody(request);
    if ('status' in body) return turnAway(request, response, body);
    const message = readMessage(body.text);
    if (message.kind === 'fault') {
      const code = message.says === 'it is not JSON' ? CODES.parse : CODES.invalid;
      return reply(response, { status: 400, says: `the message is refused: ${message.says}`, code, id: message.id });
    }
    const id = message.kind === 'request' ? message.id : null;
    const served = servedAs(request.headers, message, roster.shared.versions());
    if ('says' in served) return reply(response, { ...served, status: 400, id });
    if (served.era === 'legacy') {
      const held = message.kind === 'request' && message.method === 'initialize' ? begun(request) : named(request);
      return 'status' in held ? reply(response, { ...held, id }) : inSession(held, message, body.text, response);
    }
    if (message.kind === 'request') return alone(request.headers, message, body.text, response);
    if (message.kind === 'response')
      return reply(response, { status: 400, says: 'a client sends no answers in this version of the protocol' });
    // What a client without a session could tell nobody, it may say.
    response.writeHead(202).end();
  };
}

function unfitness({ headers }: IncomingMessage): Reply | undefined {
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? ''))
    return { status: 415, says: 'a message is `Content-Type: application/json`' };
  if (headers['content-encoding'] !== undefined) return { status: 415, says: 'a message is not compressed' };
  if (!accepts(headers, 'application/json') || !accepts(headers, 'text/event-stream'))
    return { status: 406, says: 'a client accepts both `application/json` and `text/event-stream`' };
  return undefined;
}
