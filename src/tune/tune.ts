import type { FoundLog } from '../audit/query/find-logs.ts';
import type { Trust } from '../audit/verify/log.ts';
import type { Texts } from '../lint/fix/write.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Loaded } from '../model/place.ts';
import type { Policy } from '../model/policy.ts';
import {
  TUNE_SCHEMA,
  TUNE_TRUSTS,
  type TuneAgent,
  type TuneDirection,
  type TuneReport,
  type TuneTrust,
} from '../model/tune.ts';
import type { Given } from '../roi/given.ts';
import type { TuneSettings } from './define.ts';
import type { AgentUse } from './observe/use.ts';
import { startObserving, type Watched } from './observe.ts';
import { propose } from './propose.ts';
import { type LogTaken, takeLog } from './read.ts';
import { doubles, policiesOf, type Seat, seatsOf } from './views.ts';
import { startPricing } from './worth.ts';
import { obstacleIn } from './write.ts';

export interface Tuning {
  roots: readonly Agent[];
  logs: readonly { log: FoundLog; keys: Trust['keys'] }[];
  /** Policies that decided, by the digest of their file. */
  policies: ReadonlyMap<string, Policy>;
  /** Milliseconds since 1970; the second one is not part of it. */
  period: { since: number; until: number };
  settings: TuneSettings;
  directions: readonly TuneDirection[];
  /** Only these proposals; empty: all. */
  ids: readonly string[];
  /** What is known of the costs of an agent. */
  costs: (agent: string) => Given;
  /** Texts of the manifests, to see whether a change can be written into them. Absent: they come from no file. */
  texts?: Texts;
}

export interface Tuned {
  report: TuneReport;
  /** The manifests with all proposals applied. */
  roots: readonly Agent[];
}

/** Reads all records, then compares what was granted with what was used. */
export function tune(tuning: Tuning): Loaded<Tuned> {
  const { roots, policies, period } = tuning;
  const twice = doubles(roots);
  if (twice.length > 0) return { state: 'invalid', problems: twice };
  const now = policiesOf(roots);
  if (now.state !== 'ok') return now;
  const seats = seatsOf(roots);
  const [since, until] = [new Date(period.since).toISOString(), new Date(period.until).toISOString()];
  const observing = startObserving({ agents: watched(seats, now.value), policies, since, until });
  const taken = tuning.logs.map(({ log, keys }, index) => takeLog(log, index, keys, observing));
  const observed = observing.end();
  const errors = taken.flatMap((each) => each.errors);
  const trustOf = (id: string) => trustIn(taken, observed.agents.get(id), seats.get(id)?.roots ?? []);
  const obstacle = obstacleIn(tuning.texts, roots);
  const wanted = { ...tuning, observed, trustOf, obstacle, worth: startPricing(observed, tuning.costs) };
  // Where a file of records cannot be read, nobody knows what is missing.
  const proposed = errors.length === 0 ? propose(roots, wanted) : { roots, proposals: [], held: [], tiers: [] };
  const agents = roots.flatMap(agentsOf);
  return {
    state: 'ok',
    value: {
      roots: proposed.roots,
      report: {
        schema: TUNE_SCHEMA,
        since,
        until,
        agents: [...new Set(agents.map(({ id }) => id))].flatMap((id) => {
          const [seat, use] = [seats.get(id), observed.agents.get(id)];
          return seat && use ? [agentOf(seat.agent, use, trustOf(id))] : [];
        }),
        proposals: proposed.proposals,
        held: proposed.held,
        strangers: observed.strangers,
        tiers: proposed.tiers,
        logs: taken.map(({ log }) => log),
        remarks: taken.flatMap(({ remarks }) => remarks),
        errors,
      },
    },
  };
}

/** What of the records is looked for. */
export function watched(seats: ReadonlyMap<string, Seat>, now: readonly Policy[]): Watched['agents'] {
  return new Map(
    [...seats].map(([id, { roots }]) => {
      const tools = now.find(({ agents }) => Object.hasOwn(agents, id))?.agents[id]?.tools ?? {};
      return [id, { now: { tools }, roots: roots.map((root) => root.id) }];
    }),
  );
}

/** The evidence about an agent is worth what the weakest of its logs is. */
function trustIn(taken: readonly LogTaken[], use: AgentUse | undefined, roots: readonly Agent[]): TuneTrust {
  const own = taken.filter(
    ({ log, trust }, index) => use?.logs.has(index) === true || (trust === 'broken' && concerns(log, roots)),
  );
  return TUNE_TRUSTS[Math.max(0, ...own.map(({ trust }) => TUNE_TRUSTS.indexOf(trust)))] ?? 'broken';
}

/** May a broken log have had calls of these agents? Gates name theirs `stakes/<root>/<server>`; of another name, where none can be read, perhaps. */
function concerns({ origin, calls }: LogTaken['log'], roots: readonly Agent[]): boolean {
  const named = /^stakes\/([^/]+)\//.exec(origin ?? '')?.[1];
  return named === undefined ? calls === 0 : roots.some(({ id }) => id === named);
}

function agentOf({ id, file, document, manifest }: Agent, use: AgentUse, trust: TuneTrust): TuneAgent {
  const { calls, shadow, first, last, unknownPolicy, later, days } = use;
  const unseen = ['usdPerDay', 'usdPerSession', 'tokensPerSession', 'turnsPerSession', 'sessionMinutes'] as const;
  const limits = unseen.filter((limit) => manifest.limits?.[limit] !== undefined);
  return {
    agent: id,
    file,
    document,
    trust,
    calls,
    days: new Set([...days.values()].flatMap((own) => [...own.keys()])).size,
    first: first?.time ?? null,
    last: last?.time ?? null,
    shadow,
    unknownPolicy,
    later,
    unknown: limits.map((limit) => `\`${limit}\`: what the model used is not on record`),
  };
}
