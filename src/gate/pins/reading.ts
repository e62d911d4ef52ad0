import { randomBytes } from 'node:crypto';
import { grantFor } from '../../enforce/grant.ts';
import { isRecord } from '../../source/record.ts';
import type { Request } from '../calls.ts';
import type { Wanted } from '../judge.ts';
import { keyOf } from '../message.ts';
import { openRequest } from '../narrow.ts';
import { agentOf, type Sent, type Session } from '../session.ts';
import { listedOf, MOST_TOOLS } from './listed.ts';
import { pinnedTools, pinsIn } from './quarantine.ts';

/** Milliseconds that a server has to list its tools; a call that waits for it is refused then. */
const LIMIT = 15_000;
const MOST_PAGES = 500;
/** Times that a list is read anew because the server says that it has changed. */
const MOST_READINGS = 3;

/**
 * A call of a tool that nobody has listed yet waits until the gate has read the server's list by itself: it is never
 * let through unchecked. Every other call goes on at once.
 */
export function onceSeen(session: Session, request: Request, wanted: Wanted, go: () => Sent): Sent {
  if ('fault' in wanted || isSeen(session, wanted.name)) return go();
  const key = keyOf(request.id);
  const waiting = { abort: () => undefined };
  session.pending.set(key, { method: request.method, waiting });
  const { params } = request.value;
  read(session, isRecord(params) ? params._meta : undefined, () => {
    // Cancelled, or the server is gone.
    if (session.pending.get(key)?.waiting !== waiting) return;
    session.pending.delete(key);
    session.send(go());
  });
  return undefined;
}

function isSeen(session: Session, name: string): boolean {
  const { agent, server, inForce } = session.setting;
  if (pinsIn(inForce().policy, agent, server) === undefined || name.startsWith('@')) return true;
  const { tools, isWhole } = listedOf(session);
  if (isWhole || tools.has(name)) return true;
  const own = agentOf(session);
  const decision = own === undefined ? undefined : grantFor(own, `${server}/${name}`)?.grant.decision;
  return decision !== 'allow' && decision !== 'ask';
}

function read(session: Session, meta: unknown, done: () => void): void {
  const listed = listedOf(session);
  if (listed.waiting !== undefined) {
    listed.waiting.push(done);
    return;
  }
  listed.waiting = [done];
  let [pages, readings, changes, key] = [0, 0, listed.changes, ''];
  const end = () => {
    clearTimeout(timer);
    session.pending.delete(key);
    const waiting = listed.waiting ?? [];
    listed.waiting = undefined;
    // Not before everything that came with the answer is on record.
    for (const each of waiting) queueMicrotask(each);
  };
  const timer = setTimeout(() => {
    session.tell(`the server did not list its tools in ${LIMIT / 1000} s`);
    end();
  }, LIMIT);
  timer.unref();
  /** Not before everything that the client sent with the call has gone out. */
  const ask = (cursor?: string) => queueMicrotask(() => send(cursor));
  const send = (cursor?: string) => {
    if (listed.waiting === undefined) return;
    // Nobody else can guess it, so that no request of the client is ever taken for it.
    const id = `stakes-${randomBytes(16).toString('hex')}`;
    key = keyOf(id);
    const own = (result: unknown) => take(result);
    session.pending.set(key, { method: 'tools/list', own });
    const params = { ...(cursor === undefined ? {} : { cursor }), ...metaOf(meta) };
    const request = { jsonrpc: '2.0', id, method: 'tools/list', params };
    session.send({ server: JSON.stringify(openRequest(session, 'tools/list', request)) });
  };
  const take = (result: unknown) => {
    if (!isRecord(result) || !Array.isArray(result.tools)) return end();
    if (listed.changes !== changes) {
      [changes, pages, readings] = [listed.changes, 0, readings + 1];
      return readings < MOST_READINGS ? ask() : end();
    }
    pinnedTools(session, { method: 'tools/list' }, result);
    const { nextCursor } = result;
    if (nextCursor === undefined || nextCursor === null) {
      listed.isWhole = true;
      return end();
    }
    pages += 1;
    const isEndless = pages >= MOST_PAGES || listed.tools.size >= MOST_TOOLS || typeof nextCursor !== 'string';
    return isEndless ? end() : ask(nextCursor);
  };
  ask();
}

/** Since 2026-07-28 each request says which protocol it speaks, and for whom: as the call does that waits. */
function metaOf(meta: unknown): { _meta?: Record<string, unknown> } {
  if (!isRecord(meta)) return {};
  const said = Object.entries(meta).filter(([key]) => key.startsWith('io.modelcontextprotocol/'));
  return said.length === 0 ? {} : { _meta: Object.fromEntries(said) };
}
