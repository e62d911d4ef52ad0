import { reading } from '../assess/bound.ts';
import { isBounded } from '../assess/bounded.ts';
import { accessOf } from '../assess/describe.ts';
import { hasApprover } from '../assess/evidence.ts';
import type { Pair } from '../assess/reach.ts';
import type { Walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Grant } from '../model/policy.ts';
import type { Access } from '../model/vocabulary.ts';

interface Decided {
  decision: Access;
  because: string;
  /** Set when the decision is stricter than the manifest's word. */
  note?: string;
}

export interface GrantContext {
  worst: Walk;
  /** Reasons why a pair is high-stakes; empty when it is not. */
  reasons: string[];
  /** The agent that a session starts with. */
  root: Agent;
}

/** The grant of one pair, and what was turned stricter on the way. */
export function grantOf(pair: Pair, context: GrantContext): { grant: Grant; note?: string } {
  const { decision, because, note } = decide(pair, context);
  const { facts } = pair;
  const writes = reading(pair.writes);
  const exits = reading(pair.exits);
  const grant: Grant = {
    decision,
    because,
    effect: writes === 'unknown' ? 'unknown' : writes ? 'write' : 'read',
    highStakes: context.reasons,
    bounded: isBounded(pair, context.worst),
    egress: exits === 'unknown' ? 'unknown' : exits ? 'open' : (facts.egress ?? 'none'),
    data: pair.scopes.map(({ name }) => name),
    arguments: facts.arguments ?? null,
    scopes: facts.scopes ?? [],
    maxCallsPerDay: facts.maxCallsPerDay ?? null,
    cost: facts.cost ?? null,
    record: facts.record ?? [],
  };
  return note === undefined ? { grant } : { grant, note };
}

function decide(pair: Pair, { worst, reasons, root }: GrantContext): Decided {
  const access = accessOf(pair, worst);
  const about = `\`${pair.tool}\` of \`${pair.agent.id}\``;
  const stakes = reasons.length > 0 ? `it ${reasons.join(' and ')}` : undefined;
  if (access === 'deny') return { decision: 'deny', because: 'the manifest denies it' };
  if (access === 'allow')
    return {
      decision: 'allow',
      because: stakes ? `the manifest allows it, although ${stakes}` : 'the manifest allows it',
    };
  if (access === 'unknown') {
    if (!stakes && !pair.writes.worst) return { decision: 'allow', because: 'a read that is not high-stakes' };
    const asks = ask(pair, root, stakes ?? 'who reviews it is not stated');
    return {
      ...asks,
      note: `${about}: the manifest does not say who reviews it, so it is ${asks.decision === 'ask' ? 'asked for' : 'denied'}`,
    };
  }
  const asks = ask(pair, root, stakes ?? 'the manifest asks for a person');
  return asks.decision === 'ask'
    ? asks
    : { ...asks, note: `${about}: it asks, and there is nobody to ask, so it is denied` };
}

/** Without an approver and without a person who starts the session, a question would wait for ever or be answered by nobody. */
function ask(pair: Pair, root: Agent, because: string): Decided {
  return hasApprover(pair.agent, root)
    ? { decision: 'ask', because }
    : { decision: 'deny', because: `${because}, and nobody is there to approve it` };
}
