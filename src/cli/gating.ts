import { randomBytes } from 'node:crypto';
import { platform } from 'node:os';
import { join, resolve } from 'node:path';
import { LogFault } from '../audit/fault.ts';
import type { Log } from '../audit/log.ts';
import { inboxFolder, openApprovals } from '../gate/approve/approvals.ts';
import { namedChannels } from '../gate/approve/terms.ts';
import { serverEnvironment } from '../gate/environment.ts';
import { followPolicy } from '../gate/in-force.ts';
import { hasNoToolPins } from '../gate/pins/quarantine.ts';
import { type GateName, type LogParts, openFreeLog } from '../gate/places.ts';
import { openRecords } from '../gate/records.ts';
import { refusesWhatItMust } from '../gate/self-test.ts';
import { serveStdio } from '../gate/stdio/serve.ts';
import { startServerWith } from '../gate/tokens/start.ts';
import { whichOf } from '../gate/which.ts';
import { shownAs } from '../manifest/paths.ts';
import type { Problem } from '../model/place.ts';
import { exitAs, untilSignal } from '../probe/groups.ts';
import { faultOf } from '../source/fault-code.ts';
import { onDisk } from '../source/files.ts';
import { stateFolder } from '../source/state-folder.ts';
import type { Invocation } from './command.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { documentsOf, tokensFor } from './gate-tokens.ts';
import { countsFor } from './gating-counts.ts';
import { listenOf, serverAt } from './gating-sides.ts';
import type { Io } from './io.ts';
import { webhookFor } from './webhook.ts';

interface Asked {
  policy: string;
  agent: string | undefined;
  server: string | undefined;
  records: string | undefined;
  durable: boolean;
  mode: 'enforce' | 'shadow';
  passed: readonly string[];
}

/** Serves until one side ends. Nothing is started before policy, ledger and records are known to hold. */
export async function gate({ arguments: command, options }: Invocation, io: Io): Promise<ExitCode> {
  const tell = (text: string) => io.err(`stakes gate: ${text}\n`);
  const clock = () => performance.now();
  const refuse = async (problems: readonly Problem[]): Promise<ExitCode> => {
    const { tellProblems } = await import('./tell-problems.ts');
    await tellProblems(problems, String(options.color), io);
    return EXIT.usage;
  };
  const asked = askedOf(options);
  if (asked === undefined)
    return refuse([{ code: 'no-policy', message: 'a gate needs a policy', help: 'say which: `--policy <file>`' }]);
  const listen = listenOf(options);
  if (listen !== undefined && 'code' in listen) return refuse([listen]);
  const at = serverAt(options.upstream, command);
  if ('code' in at) return refuse([at]);
  const named = resolve(io.cwd, asked.policy);
  const file = onDisk.isFolder(named) ? join(named, 'policy.json') : named;
  const followed = followPolicy(file, shownAs(file, io.cwd), clock, tell);
  if (followed.state !== 'ok') return refuse(followed.problems);
  const which = whichOf(followed.value.inForce().policy, asked, command, at.url);
  if ('wrong' in which) return refuse([{ code: 'which-server', message: which.wrong, help: which.help }]);
  const state = stateFolder({ platform: platform(), env: io.env, home: io.env.HOME ?? '' });
  if (state === undefined)
    return refuse([{ code: 'no-state-folder', message: NO_STATE, help: 'set `XDG_STATE_HOME` or `HOME`' }]);
  const webhook = await webhookFor(options, io);
  if (webhook !== undefined && 'wrong' in webhook)
    return refuse([{ code: 'no-webhook', message: webhook.wrong, help: webhook.help }]);
  if (webhook !== undefined && !namedChannels(which.agent).includes('webhook'))
    tell('the policy asks nobody by `webhook`, so the one that you gave is not used');
  const folder = asked.records === undefined ? undefined : resolve(io.cwd, asked.records);
  const { agent, server } = which;
  const name: GateName = { root: followed.value.inForce().policy.root, policy: onDisk.real(file), server };
  const tokens = await tokensFor(options, io, { agent, server, url: at.url, state, name, tell });
  if ('problem' in tokens) return refuse([tokens.problem]);
  // From here on there is something to be closed.
  const signal = untilSignal();
  const counts = await countsFor(options, io, { state, name, policy: () => followed.value.inForce().digest, tell });
  if ('code' in counts) return refuse([counts]);
  const kept = keep(name, { state, records: folder, durable: asked.durable, tell });
  if ('problem' in kept) {
    await counts.close();
    return refuse([kept.problem]);
  }
  const session = randomBytes(6).toString('hex');
  const approvals = await openApprovals({
    ...{ inboxes: inboxFolder(state), webhook, now: Date.now, tell },
    shared: counts.shared && { root: name.root, state: counts.shared },
  });
  const { ledger, close } = counts.open(session);
  const records = openRecords(kept.log, tell);
  const setting = {
    inForce: () => followed.value.inForce(),
    agent: agent.id,
    server,
    session,
    mode: asked.mode,
    ledger,
    log: records,
    clock,
    ...tokens,
    approve: approvals.approve,
  };
  try {
    if (!refusesWhatItMust(setting))
      return await refuse([
        { code: 'self-test', message: 'a call that the policy refuses was not refused', help: REPORT },
      ]);
    if (io.pipes === undefined) return EXIT.internal;
    const pipes = io.pipes();
    const { url } = at;
    const env = url === undefined ? serverEnvironment(io.env, agent, server, asked.passed, tell) : {};
    const open =
      url === undefined
        ? () => startServerWith(tokens.tokens, { command, env, cwd: io.cwd, error: pipes.error })
        : await (await import('./gating-upstream.ts')).upstreamServer({
            ...{ url, agent, server, env: io.env, tell },
            tokens: tokens.tokens,
            life: () => followed.value.inForce().policy.tokenTtlSeconds,
          });
    if ('code' in open) return await refuse([open]);
    if (hasNoToolPins(agent, server)) tell(NO_TOOL_PINS);
    tell(
      `${agent.id} → ${server}, ${asked.mode === 'shadow' ? 'shadow: nothing is stopped' : 'armed'}; records in ${kept.folder}`,
    );
    if (listen !== undefined) {
      const { serveClients } = await import('./gating-http.ts');
      const documents = documentsOf(tokens.tokens);
      const served = await serveClients(listen, {
        state,
        name,
        cwd: io.cwd,
        setting,
        counts,
        open,
        documents,
        tell,
        signal,
      });
      return typeof served === 'number' ? served : await refuse([served]);
    }
    const over = new AbortController();
    void signal.then((code) => {
      exitAs(code);
      over.abort();
    });
    const end = await serveStdio(setting, { ...pipes, over: over.signal }, open());
    if (over.signal.aborted) return EXIT.cancelled;
    if ('fault' in end) {
      if (url === undefined) return await refuse([notStarted(end.fault, command)]);
      tell(`there is no connection to the server any more: ${end.fault}`);
      return EXIT.findings;
    }
    return end.code === 0 || end.code === null ? EXIT.clean : EXIT.findings;
  } finally {
    approvals.close();
    close();
    records.flush();
    kept.log.close();
    await counts.close();
  }
}

function notStarted(fault: string, [program = '']: readonly string[]): Problem {
  return {
    code: 'not-started',
    message: `the server cannot be started (${fault})`,
    help: `is \`${program}\` installed?`,
  };
}

const NO_TOOL_PINS =
  'the policy pins this server as a whole and not each tool, so nothing is compared; `stakes generate` writes it anew';
const NO_STATE = 'there is no folder for records and counts';
const REPORT = 'nothing was started; this is a fault in stakes, please report it';

function askedOf({
  policy,
  agent,
  server,
  records,
  durable,
  shadow,
  passEnv,
}: Invocation['options']): Asked | undefined {
  if (typeof policy !== 'string') return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    policy,
    agent: text(agent),
    server: text(server),
    records: text(records),
    durable: durable === true,
    mode: shadow === true ? 'shadow' : 'enforce',
    passed: Array.isArray(passEnv) ? passEnv : [],
  };
}

function keep(name: GateName, parts: LogParts): { log: Log; folder: string } | { problem: Problem } {
  try {
    return openFreeLog(name, parts);
  } catch (error) {
    if (error instanceof LogFault) return { problem: { code: error.code, message: error.message, help: error.help } };
    const message = `records cannot be kept (${faultOf(error)})`;
    return { problem: { code: 'no-records', message, help: 'make their folder writable; nothing was started' } };
  }
}
