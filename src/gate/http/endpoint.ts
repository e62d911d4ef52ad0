import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLegacy } from './era.ts';
import { poster } from './post.ts';
import { accepts, type Reply, turnAway } from './reply.ts';
import { newRoster } from './roster.ts';
import type { Held, SessionParts } from './sessions.ts';

export interface Endpoint {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  beat(): void;
  end(): void;
}

/** The one address of the protocol: messages come by POST, what belongs to no request goes by GET, DELETE ends a session. */
export function openEndpoint(parts: SessionParts): Endpoint {
  const roster = newRoster(parts);
  let isOver = false;

  /** The session that is named; or why there is none. */
  function named({ headers }: IncomingMessage): Held | Reply {
    const { 'mcp-session-id': id, 'mcp-protocol-version': version } = headers;
    if (typeof id !== 'string') return { status: 400, says: 'there is no `Mcp-Session-Id`; begin with `initialize`' };
    if (typeof version === 'string' && !isLegacy(version))
      return { status: 400, says: 'this version of the protocol has no sessions' };
    return roster.get(id) ?? { status: 404, says: 'this session has ended; begin another one with `initialize`' };
  }

  const post = poster({ roster, named });

  /** Opens a stream, or goes on with one that broke; or says why not. */
  function listening(request: IncomingMessage, response: ServerResponse): Reply | undefined {
    const { headers } = request;
    if (headers['mcp-session-id'] === undefined)
      return { ...NO_METHOD, says: 'what is of no session is answered where it is asked' };
    if (!accepts(headers, 'text/event-stream'))
      return { status: 406, says: 'what is sent here is `text/event-stream`' };
    const held = named(request);
    if ('status' in held) return held;
    const from = headers['last-event-id'];
    if (from === undefined && held.aside.isAttached())
      return { status: 409, says: 'this session has such a stream already' };
    const event = from === undefined ? ['', '0'] : /^(\d{1,9})\.(\d{1,9})$/.exec(String(from));
    const stream = event === null ? undefined : held.found(Number(event[1]));
    const after = event?.[2] === undefined ? undefined : Number(event[2]);
    if (stream?.resume(response, after) !== true)
      return { status: 400, says: 'what came after this event is no longer known; call again' };
    held.lane.drained();
    return undefined;
  }

  function ending(request: IncomingMessage, response: ServerResponse): Reply | undefined {
    const held = named(request);
    if ('status' in held) return held;
    held.lane.end();
    response.writeHead(204).end();
    return undefined;
  }

  const byMethod: Readonly<Record<string, typeof listening>> = { GET: listening, DELETE: ending };
  return {
    async handle(request, response) {
      const { method = '' } = request;
      if (isOver) turnAway(request, response, { status: 503, says: 'the gate is ending' });
      else if (method === 'POST') await post(request, response);
      else {
        const answer = Object.hasOwn(byMethod, method) ? byMethod[method] : undefined;
        const refusal = answer
          ? answer(request, response)
          : { ...NO_METHOD, says: 'the gate answers POST, GET and DELETE' };
        if (refusal !== undefined) turnAway(request, response, refusal);
      }
    },
    beat: roster.beat,
    end() {
      isOver = true;
      roster.end();
    },
  };
}

const NO_METHOD = { status: 405, headers: { allow: 'POST, GET, DELETE' } };
