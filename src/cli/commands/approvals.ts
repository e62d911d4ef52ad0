import { userInfo } from 'node:os';
import { stateIn } from '../../apply/state.ts';
import { StateFault } from '../../gate/state/fault.ts';
import { APPROVALS_SCHEMA, type ApprovalsReport } from '../../model/approvals.ts';
import { formats } from '../../report/approvals/formats.generated.ts';
import type { ReportContext } from '../../report/context.ts';
import { type Found, openPlaces } from '../approval-places.ts';
import { canAsk } from '../ask.ts';
import { paintFor } from '../color.ts';
import type { Invocation, Run } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';

export const run: Run = async ({ arguments: [action, id], options }, io) => {
  const state = stateIn(io.env);
  const wrong = (message: string): ExitCode => {
    io.err(`error: ${message}\n`);
    return EXIT.usage;
  };
  if (state === undefined) return wrong('there is no folder of inboxes: set `XDG_STATE_HOME` or `HOME`');
  const by = typeof options.as === 'string' ? options.as : userInfo().username;
  const reason = typeof options.reason === 'string' ? options.reason : null;
  const places = await openPlaces(options, io, state);
  if ('code' in places) return wrong(places.help === undefined ? places.message : `${places.message}; ${places.help}`);
  try {
    return await among(await places.look(), { action, id, options, by, reason }, io);
  } catch (error) {
    if (error instanceof StateFault) return wrong(`${places.shown} cannot be used: ${error.message}`);
    throw error;
  } finally {
    places.close();
  }
};

interface Asked extends Who, Pick<Invocation, 'options'> {
  action: string | undefined;
  id: string | undefined;
}

async function among(found: readonly Found[], { action, id, options, by, reason }: Asked, io: Io): Promise<ExitCode> {
  const wrong = (message: string): ExitCode => {
    io.err(`error: ${message}\n`);
    return EXIT.usage;
  };
  if (action !== undefined) {
    if (id === undefined) return wrong(`say which: \`stakes approvals ${action} <id>\``);
    const [call, another] = found.filter((one) => one.id === id);
    if (call === undefined) return wrong(`no call \`${id}\` waits: \`stakes approvals\` lists them`);
    if (another !== undefined) return wrong(`two calls are called \`${id}\`; answer them on a terminal, one by one`);
    return answer(call, action === 'approve', { by, reason }, io);
  }
  const context = { paint: await paintFor(String(options.color), io), columns: io.columns, texts: new Map() };
  const format = (await formats[options.format as keyof typeof formats]()).format;
  if (options.format === 'human' && canAsk(io) && found.length > 0) return oneByOne(found, context, { by, reason }, io);
  io.out(format(reportOf(found), context));
  return EXIT.clean;
}

interface Who {
  by: string;
  reason: string | null;
}

async function oneByOne(found: readonly Found[], context: ReportContext, who: Who, io: Io): Promise<ExitCode> {
  const { format } = await formats.human();
  for (const call of found) {
    io.out(format(reportOf([call]), context));
    const line = await io.question?.('approve it? [y]es, [n]o, [s]kip (default: skip) ');
    if (line === undefined) return EXIT.cancelled;
    const word = line.trim().toLowerCase();
    const isYes = ['y', 'yes'].includes(word);
    if (!isYes && !['n', 'no'].includes(word)) continue;
    const why = isYes ? who.reason : (who.reason ?? (await io.question?.('why not, for the model? ')) ?? null);
    await answer(call, isYes, { ...who, reason: why === '' ? null : why }, io);
  }
  return EXIT.clean;
}

async function answer(call: Found, approve: boolean, { by, reason }: Who, io: Io): Promise<ExitCode> {
  const fault = await call.take({ digest: call.digest, approve, by, reason });
  if (fault !== undefined) {
    io.err(`error: \`${call.id}\` was not answered: ${fault}\n`);
    return EXIT.findings;
  }
  io.err(`${approve ? 'approved' : 'denied'} ${call.id}\n`);
  return EXIT.clean;
}

function reportOf(found: readonly Found[]): ApprovalsReport {
  const waiting = found.map(({ id, agent, tool, arguments: values, digest, because, since, until }) => ({
    id,
    agent,
    tool,
    arguments: values,
    digest,
    because,
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
  }));
  return { schema: APPROVALS_SCHEMA, waiting, errors: [] };
}
