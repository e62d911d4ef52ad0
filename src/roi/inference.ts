import type { Pair } from '../assess/reach.ts';
import { serverOf } from '../manifest/names.ts';
import type { Agent } from '../manifest/tree.ts';
import type { RoiBill, RoiCalls, RoiInference, RoiModel, RoiSaving } from '../model/roi.ts';
import { ROI_INPUTS, type RoiInput } from '../model/roi-inputs.ts';
import { callsOfPairs } from './calls.ts';
import { pertQuantile } from './distributions.ts';
import type { PriceList } from './prices/define.ts';
import { type Priced, pricedModel } from './prices.ts';
import { randomOf } from './random.ts';
import type { Drawing } from './simulate.ts';
import { spreadOf } from './spread.ts';
import { callsOf, type Values } from './year.ts';

/** How one agent calls its model. */
interface Caller {
  agent: Agent;
  calls: RoiCalls;
  /** Tools that it may call, those it is shown and may not call, and the servers that may show it more. */
  tools: number;
  denied: number;
  servers: number;
  most: number | null;
}

/** The inputs that bear on the bill alone, and those it shares with the rest. */
export const BILL_INPUTS = [
  'daysPerYear',
  'unstatedCalls',
  'openFactsBad',
  'turnsPerCall',
  'contextTokens',
  'outputTokens',
  'toolTokens',
  'idleTools',
  'contextCut',
  'smallerShare',
] as const satisfies RoiInput[];

/** What the models cost, and what narrower tools, a smaller context and smaller models would save, each by itself. */
export function inferenceOf(
  agents: readonly Agent[],
  pairs: readonly Pair[],
  inputs: RoiModel['inputs'],
  lists: readonly PriceList[],
  { draws, seed }: Drawing,
): RoiInference {
  const bills: RoiBill[] = [];
  const savings: RoiSaving[] = [];
  const drawn = drawnValues(inputs, draws, seed);
  const spread = (of: (v: Values) => number) => spreadOf(Float64Array.from(drawn, of));
  for (const agent of agents) {
    const [model] = agent.manifest.models ?? [];
    if (!model) continue;
    const caller = callerOf(agent, pairs);
    const priced = pricedModel(model, lists);
    const name = `${model.provider}/${model.id}`;
    const usdPerYear = priced ? spread((v) => billOf(caller, v, priced).all) : null;
    bills.push({ agent: agent.id, model: name, price: priced?.price ?? null, usdPerYear });
    if (!priced) continue;
    for (const { id, text, share } of changesOf(priced)) {
      const saved = spread((v) => share(v, billOf(caller, v, priced)));
      if (saved.p90 >= 1) savings.push({ id, agent: agent.id, text, usdPerYear: saved });
    }
  }
  return { bills, savings: savings.sort((a, b) => b.usdPerYear.mean - a.usdPerYear.mean) };
}

interface Bill {
  all: number;
  /** Parts of it. */
  idleTools: number;
  context: number;
}

function changesOf({ price, smaller }: Priced) {
  const changes: { id: RoiSaving['id']; text: string; share(v: Values, bill: Bill): number }[] = [
    {
      id: 'narrower-tools',
      text: 'show it only the tools that it may call and does call',
      share: (_, bill) => bill.idleTools,
    },
    {
      id: 'smaller-context',
      text: 'trim its context, and begin a fresh session sooner',
      share: (v, bill) => bill.context * v.contextCut,
    },
  ];
  if (!smaller) return changes;
  const ratio = (smaller.price.input + smaller.price.output) / (price.input + price.output);
  return [
    ...changes,
    {
      id: 'smaller-model' as const,
      text: `run what \`${smaller.id}\` can do on it`,
      share: (v: Values, bill: Bill) => bill.all * v.smallerShare * Math.max(0, 1 - ratio),
    },
  ];
}

function callerOf(agent: Agent, pairs: readonly Pair[]): Caller {
  const own = pairs.filter((pair) => pair.agent === agent);
  const tools = Object.entries(agent.manifest.tools);
  return {
    agent,
    calls: callsOfPairs(own, () => true),
    tools: own.length,
    denied: tools.filter(([, { access }]) => access === 'deny').length,
    servers: new Set(tools.map(([tool]) => serverOf(tool)).filter((server) => server !== undefined)).size,
    most: agent.manifest.limits?.usdPerDay ?? null,
  };
}

/** US dollars a year, in all and by part. */
function billOf({ calls, tools, denied, servers, most }: Caller, v: Values, { price }: Priced): Bill {
  const turns = callsOf(calls, v) * v.turnsPerCall * v.daysPerYear;
  const idle = turns * (denied + servers * v.idleTools) * v.toolTokens * (price.input / 1e6);
  const context = turns * v.contextTokens * (price.input / 1e6);
  const rest = turns * (tools * v.toolTokens * price.input + v.outputTokens * price.output) * 1e-6;
  const all = idle + context + rest;
  // A declared cap holds whatever the rest of the estimate says.
  const capped = most !== null && all > most * v.daysPerYear ? (most * v.daysPerYear) / all : 1;
  return { all: all * capped, idleTools: idle * capped, context: context * capped };
}

function drawnValues(inputs: RoiModel['inputs'], draws: number, seed: number): Values[] {
  const streams = BILL_INPUTS.map((name) => ({
    name,
    quantile: pertQuantile(inputs[name]),
    random: randomOf(seed, name),
  }));
  return Array.from({ length: draws }, () => {
    const values = {} as Values;
    for (const { name, quantile, random } of streams) values[name] = quantile(random());
    return values;
  });
}

/** Whether an input only says what the models cost. */
export const isOfBill = (input: RoiInput): boolean =>
  BILL_INPUTS.some((name) => name === input) && ['tokens', 'turns', 'tools'].includes(ROI_INPUTS[input].unit);
