import { Client, SdkError, SdkErrorCode, SdkHttpError, type Transport } from '@modelcontextprotocol/client';
import { isRecord } from '../../source/record.ts';
import { MOST_TOOLS } from '../listing.ts';
import { httpTransport } from './http.ts';
import { type Failure, type Launch, ServerFault } from './launch.ts';
import { stdioTransport } from './stdio.ts';

const MOST_PAGES = 500;
/** Times that a list is read anew because the server says that it has changed. */
const MOST_READINGS = 3;

export interface Listing {
  tools: unknown[];
  /** The revision of the protocol that was spoken. */
  protocol: string;
}

/** Starts or reaches a server, reads all pages of its list of tools, and ends it. Never throws. */
export async function listTools(launch: Launch, limitMs: number): Promise<Listing | Failure> {
  const until = Date.now() + limitMs;
  const first = await session(launch, 'auto', until, limitMs);
  // Servers on older SDKs end at a question that they do not know; a fresh one is asked in the old way only.
  const isPuzzled =
    'code' in first && ['server-died', 'server-refuses'].includes(first.code) && launch.kind === 'stdio';
  if (!isPuzzled || Date.now() >= until) return first;
  const second = await session(launch, 'legacy', until, limitMs);
  return 'code' in second && second.code === 'server-hangs' ? first : second;
}

async function session(
  launch: Launch,
  mode: 'auto' | 'legacy',
  until: number,
  limitMs: number,
): Promise<Listing | Failure> {
  const stop = new AbortController();
  let fail: (failure: Failure) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = (failure) => reject(new ServerFault(failure));
  });
  failed.catch(() => undefined);
  const timer = setTimeout(() => {
    fail({ code: 'server-hangs', says: `gave no list in ${limitMs / 1000} s`, help: '`--timeout` gives it longer' });
  }, until - Date.now());
  const transport: Transport = launch.kind === 'stdio' ? stdioTransport(launch, fail) : httpTransport(launch, fail);
  const client = new Client(
    { name: 'stakes', version: '1' },
    {
      capabilities: {},
      versionNegotiation: { mode, probe: { timeoutMs: Math.max(1_000, Math.min(5_000, limitMs / 3)) } },
    },
  );
  try {
    return await Promise.race([failed, reading(client, transport, stop.signal, limitMs)]);
  } catch (error) {
    return failureOf(error);
  } finally {
    clearTimeout(timer);
    stop.abort();
    await client.close().catch(() => undefined);
    await transport.close().catch(() => undefined);
  }
}

async function reading(client: Client, transport: Transport, signal: AbortSignal, timeout: number): Promise<Listing> {
  await client.connect(transport, { signal, timeout });
  let changes = 0;
  client.setNotificationHandler('notifications/tools/list_changed', () => {
    changes += 1;
  });
  const protocol = client.getNegotiatedProtocolVersion() ?? '';
  if (client.getServerCapabilities()?.tools === undefined) return { tools: [], protocol };
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const before = changes;
    const tools = await allPages(client, signal, timeout);
    if (changes === before) return { tools, protocol };
  }
  throw new ServerFault({ code: 'list-changed', says: 'keeps changing its list while it is read' });
}

async function allPages(client: Client, signal: AbortSignal, timeout: number): Promise<unknown[]> {
  const tools: unknown[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const request = { method: 'tools/list', params: cursor === undefined ? {} : { cursor } };
    const result = await client.request(request, AS_IT_COMES, { signal, timeout });
    if (!isRecord(result) || !Array.isArray(result.tools))
      throw new ServerFault({ code: 'not-a-list', says: 'answers `tools/list` with something else' });
    tools.push(...result.tools);
    if (tools.length > MOST_TOOLS)
      throw new ServerFault({
        code: 'too-many-tools',
        says: `lists more than ${MOST_TOOLS} tools, the most that are read`,
      });
    if (result.nextCursor === undefined || result.nextCursor === null) return tools;
    cursor = String(result.nextCursor);
    if (seen.has(cursor)) throw new ServerFault(ENDLESS);
    seen.add(cursor);
  }
  throw new ServerFault(ENDLESS);
}

const ENDLESS: Failure = { code: 'endless-list', says: 'never comes to the end of its list' };

/** What is digested is what the server sent, not what is left of it after a schema. */
const AS_IT_COMES = {
  '~standard': { version: 1, vendor: 'stakes', validate: (value: unknown) => ({ value }) },
} as const;

function failureOf(error: unknown): Failure {
  if (error instanceof ServerFault) return error.failure;
  if (SdkHttpError.isInstance(error)) return refused(error.status);
  if (SdkError.isInstance(error) && error.code === SdkErrorCode.RequestTimeout)
    return { code: 'server-hangs', says: 'gave no answer in time', help: '`--timeout` gives it longer' };
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return refused(error.status);
  const said = error instanceof Error ? error.message : String(error);
  return { code: 'server-refuses', says: 'gives no list of tools', help: `it says: ${said.slice(0, 200)}` };
}

function refused(status: number | undefined): Failure {
  if (status === 401 || status === 403)
    return {
      code: 'server-refuses',
      says: `wants other credentials (${status})`,
      help: 'stakes signs in nowhere: give a token in `headers`',
    };
  if (status !== undefined && status >= 300 && status < 400)
    return { code: 'server-refuses', says: 'leads to another address, which is not followed' };
  return { code: 'server-refuses', says: `answers with ${status ?? 'an error'}` };
}
