import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Observation } from '../../../model/proof.ts';
import { asRecord, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import type { Workspace } from '../../../probe/workspace.ts';
import { converse } from './converse.ts';

const LIMIT_MS = 60_000;
/** Fewer than a gate lets wait for people at once. */
const MOST_AT_ONCE = 50;

export interface Attempt {
  /** As the server calls it. */
  name: string;
  arguments: unknown;
}

/** What the gate made of each attempt, in their order. `start`: its words up to the server's. */
export async function played(
  program: string,
  start: readonly string[],
  server: string,
  attempts: readonly Attempt[],
  workspace: Workspace,
): Promise<Observation[]> {
  const seen: Observation[] = [];
  for (let at = 0; at < attempts.length; at += MOST_AT_ONCE)
    seen.push(...(await playSome(program, start, server, attempts.slice(at, at + MOST_AT_ONCE), workspace)));
  return seen;
}

async function playSome(
  program: string,
  [gate = '', ...options]: readonly string[],
  server: string,
  attempts: readonly Attempt[],
  workspace: Workspace,
): Promise<Observation[]> {
  const names = [...new Set(attempts.map(({ name }) => name))];
  const stub = stubEntry(server, names, workspace.log);
  const state = join(workspace.root, `state-${readdirSync(workspace.root).length}`);
  const own = ['--records', join(state, 'records')];
  // A gate hands no variable on that its policy does not name.
  const told = Object.entries(asRecord(stub.env)).map(([name, value]) => `${name}=${String(value)}`);
  const start = [String(stub.command), ...(Array.isArray(stub.args) ? stub.args.map(String) : [])];
  const pretending = ['/usr/bin/env', ...told, ...start];
  const calls = attempts.map(({ name, arguments: values }, id) =>
    request(id, 'tools/call', { name, arguments: values }),
  );
  const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'stakes', version: '1' } };
  // The pretended server answers in order: with this one, it has answered all.
  const lines = [request('hello', 'initialize', hello), INITIALIZED, ...calls, request(LAST, 'tools/list', {})];
  const said = await converse({
    command: program,
    args: [gate, ...own, ...options, '--', ...pretending],
    env: {
      HOME: workspace.home,
      XDG_STATE_HOME: state,
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    },
    cwd: workspace.project,
    limitMs: LIMIT_MS,
    lines: lines.map((line) => JSON.stringify(line)),
    last: `"id":"${LAST}"`,
  });
  const answers = answersIn(said.lines);
  if (answers.size === 0) throw new Error(said.timedOut ? 'it gave no answer in time' : said.error.slice(0, 300));
  const asked = askedIn(join(state, 'records'));
  return attempts.map(({ name }, id) => observed(answers.get(id), `${server}/${name}`, asked));
}

const LAST = 'last';
const request = (id: number | string, method: string, params: object) => ({ jsonrpc: '2.0', id, method, params });
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };

function observed(answer: JsonRecord | undefined, tool: string, asked: ReadonlySet<string>): Observation {
  if (answer === undefined) return 'untried';
  const result = asRecord(answer.result);
  if (result.isError === true) return 'refused';
  if (answer.result !== undefined) return JSON.stringify(result).includes(`EXECUTED ${tool}`) ? 'ran' : 'untried';
  // What waited for a person when the client left: the record says that it did.
  const { message } = asRecord(answer.error);
  if (message !== 'the server has ended') return 'refused';
  return asked.has(tool) ? 'asked' : 'untried';
}

function answersIn(lines: readonly string[]): Map<number, JsonRecord> {
  const whole = lines.filter((line) => line.startsWith('{'));
  return new Map(
    whole.flatMap((line) => {
      const answer = asRecord(parseJson(line));
      return typeof answer.id === 'number' ? [[answer.id, answer] as const] : [];
    }),
  );
}

/** Tools of which a call waited for a person, by the records. */
function askedIn(folder: string): Set<string> {
  const asked = new Set<string>();
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  for (const file of files.filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const { kind, decision, tool } = line === '' ? {} : asRecord(parseJson(line));
      if (kind === 'intent' && decision === 'ask') asked.add(String(tool));
    }
  }
  return asked;
}
