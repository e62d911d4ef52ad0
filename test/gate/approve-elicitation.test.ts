import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApprovals } from '../../src/gate/approve/approvals.ts';
import type { Channel } from '../../src/gate/approve/define.ts';
import { channel as elicitation } from '../../src/gate/approve/elicitation/channel.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import type { ApprovalPolicy } from '../../src/model/policy.ts';
import { paper, yes } from './approve.fixture.ts';
import { got, refusal, request, result, type Trial, trial } from './gate.fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const terms = (more: Partial<ApprovalPolicy> = {}): ApprovalPolicy => ({
  approvers: [],
  channel: 'elicitation',
  expiresSeconds: 600,
  singleUse: true,
  boundToArguments: true,
  ...more,
});

/** A gate whose policy takes the client's user for the approver, unless it says something else. */
async function gateFor(more: Partial<ApprovalPolicy> = {}, attended = true) {
  const inbox = paper();
  const kinds: Channel[] = [elicitation, { id: 'inbox', suits: () => true, open: async () => inbox }];
  let current = more;
  const inForce = () => {
    const tools = { 'pay/refund': grant('ask', { because: 'money leaves' }) };
    return { policy: policy([agent('desk', { attended, tools, approvals: terms(current) })]), digest: 'sha256:0' };
  };
  const told: string[] = [];
  const surroundings = { inboxes: '', webhook: undefined, now: Date.now, tell: (text: string) => void told.push(text) };
  const approvals = await openApprovals(surroundings, kinds);
  const gate = trial({ approve: approvals.approve, inForce });
  return { gate, inbox, told, approvals, change: (next: Partial<ApprovalPolicy>) => (current = next) };
}

const values = { amount: 120, note: 'for \u202eadA\u0007' };
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('2025-11-25: a request of the gate', () => {
  const call = (id: number, of: unknown = values) => request(id, 'tools/call', { name: 'refund', arguments: of });

  function hello(gate: Trial, capabilities: unknown = { elicitation: {} }) {
    gate.client(request(0, 'initialize', { protocolVersion: '2025-11-25', capabilities }));
    gate.server(result(0, { capabilities: {} }));
  }

  /** The gate's own requests to the client. */
  const questions = (gate: Trial) =>
    gate.late.map((sent) => got(sent, 'client')).filter((message) => message?.method === 'elicitation/create');

  async function asked(more: Partial<ApprovalPolicy> = {}) {
    const of = await gateFor(more);
    hello(of.gate);
    of.gate.client(call(1));
    const [question = {}] = questions(of.gate);
    return { ...of, question, id: String(question.id) };
  }
  const answer = (id: string, value: unknown) => ({ jsonrpc: '2.0', id, result: value });
  const approve = { action: 'accept', content: { answer: 'approve', reason: 'checked' } };

  test('shows the tool and the exact arguments, and what cannot be seen', async () => {
    const { question } = await asked();
    const { message, requestedSchema } = question.params as { message: string; requestedSchema: unknown };
    expect(message).toContain('`desk` wants to call `pay/refund`');
    expect(message).toContain('"amount": 120,');
    expect(message).toContain('"note": "for \\u{202e}adA\\u0007"');
    expect(message).toContain('You are asked because: money leaves.');
    expect(requestedSchema).toMatchObject({ required: ['answer'] });
    expect(JSON.stringify(requestedSchema)).not.toContain('default');
  });

  test('an approval runs the call, is on record, and its answer never reaches the server', async () => {
    const { gate, id } = await asked();
    expect(gate.client(answer(id, approve))).toBeUndefined();
    await settle();
    expect(got(gate.late.at(-1), 'server')).toEqual(call(1));
    expect(gate.intents).toMatchObject([
      { approval: { answer: 'approved', by: "the client's user", channel: 'elicitation', reason: 'checked' } },
    ]);
    const toServer = gate.late.map((sent) => JSON.stringify(got(sent, 'server') ?? null)).join('');
    expect(toServer).not.toContain('stakes-approval');
    expect(JSON.stringify(gate.intents)).not.toContain(id);
  });

  test.each([
    ['declined', { action: 'decline' }, "the client's user refused this call of `pay/refund`"],
    [
      'denied',
      { action: 'accept', content: { answer: 'deny', reason: 'twice the price' } },
      'pay/refund`: twice the price',
    ],
    ['closed', { action: 'cancel' }, 'closed without an answer'],
    ['sent as it was', { action: 'accept', content: {} }, 'closed without an answer'],
    ['filled with something else', { action: 'accept', content: { answer: 'yes' } }, 'closed without an answer'],
    ['answered with nothing', undefined, 'closed without an answer'],
  ])('a question that is %s runs nothing, and the model is told', async (_, said, why) => {
    const { gate, id } = await asked();
    const message = said === undefined ? { jsonrpc: '2.0', id, error: { code: -1, message: 'no' } } : answer(id, said);
    gate.client(message);
    await settle();
    expect(refusal(gate.late.at(-1))).toContain(why);
    expect(gate.intents).toMatchObject([{ decision: 'ask', approval: { answer: 'denied', channel: 'elicitation' } }]);
  });

  test('an answer with another id, a second one and a late one are dropped', async () => {
    const { gate, id } = await asked();
    gate.client(answer(`${id}x`, approve));
    gate.client(answer('stakes-approval-1', approve));
    await settle();
    expect(gate.intents).toEqual([]);
    gate.client(answer(id, { action: 'decline' }));
    expect(gate.client(answer(id, approve))).toBeUndefined();
    await settle();
    expect(gate.told.filter((text) => text.includes('no question'))).toHaveLength(3);
    expect(gate.intents).toMatchObject([{ approval: { answer: 'denied' } }]);

    const late = await asked();
    await vi.advanceTimersByTimeAsync(601_000);
    expect(refusal(late.gate.late.findLast((sent) => got(sent, 'client')?.id === 1))).toContain('in time');
    expect(late.gate.client(answer(late.id, approve))).toBeUndefined();
    await settle();
    expect(late.gate.intents).toMatchObject([{ approval: { answer: 'expired', by: null } }]);
  });

  test('the server cannot use an id of this kind, and so never gets the answer', async () => {
    const { gate, id } = await asked();
    expect(got(gate.server({ jsonrpc: '2.0', id, method: 'ping' }), 'server')).toMatchObject({ id, error: {} });
    gate.client(answer(id, approve));
    await settle();
    expect(got(gate.late.at(-1), 'server')).toMatchObject({ method: 'tools/call' });
  });

  test.each([
    ['declares nothing', {}],
    ['takes URLs only', { elicitation: { url: {} } }],
  ])('a client that %s is not asked, and the inbox is', async (_, capabilities) => {
    const { gate, inbox } = await gateFor();
    hello(gate, capabilities);
    gate.client(call(1));
    expect(questions(gate)).toEqual([]);
    expect(inbox.open()).toHaveLength(1);
  });

  test.each([
    ['names another channel', { channel: 'inbox' }, true],
    ['names other approvers', { approvers: ['oncall'] }, true],
    ['knows of no person who starts it', {}, false],
  ])(
    'a client is not asked where the policy %s, and what it answers by itself is worth nothing',
    async (_, more, attended) => {
      const { gate, inbox } = await gateFor(more, attended);
      hello(gate);
      gate.client(call(1));
      expect(questions(gate)).toEqual([]);
      gate.client(answer('stakes-approval-1', approve));
      await settle();
      expect(gate.late).toEqual([]);
      expect(inbox.open()).toHaveLength(1);
    },
  );

  test('arguments that are too long to be read are not asked about in a form', async () => {
    const { gate, inbox } = await gateFor();
    hello(gate);
    gate.client(call(1, { note: 'x'.repeat(9_000) }));
    expect(questions(gate)).toEqual([]);
    expect(inbox.open()).toHaveLength(1);
  });

  test('the inbox is faster: the form is taken back, and its answer dropped', async () => {
    const { gate, inbox, id } = await asked({ channel: 'inbox, elicitation' });
    inbox.asked[0]?.answer(yes);
    await settle();
    const [cancelled] = gate.late
      .map((sent) => got(sent, 'client'))
      .filter((one) => one?.method === 'notifications/cancelled');
    expect(cancelled).toMatchObject({ params: { requestId: id } });
    gate.client(answer(id, { action: 'decline' }));
    await settle();
    expect(gate.intents).toMatchObject([{ approval: { answer: 'approved', by: 'ada', channel: 'inbox' } }]);
  });

  test('a call that is cancelled takes its form back; made again, it is asked about again', async () => {
    const { gate, id } = await asked();
    gate.client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    await settle();
    gate.client(answer(id, approve));
    gate.client(call(2));
    const [, again] = questions(gate);
    expect(again?.id).not.toBe(id);
    gate.client(answer(String(again?.id), approve));
    await settle();
    expect(got(gate.late.at(-1), 'server')).toMatchObject({ id: 2 });
  });

  test('a policy that no longer takes the user for the approver has the last word', async () => {
    const { gate, id, change } = await asked();
    change({ approvers: ['oncall'] });
    gate.client(answer(id, approve));
    await settle();
    expect(refusal(gate.late.at(-1))).toContain('the policy changed');
    expect(gate.intents).toMatchObject([{ approval: { answer: 'denied' } }]);
  });
});

describe('2026-07-28: a result that asks for input', () => {
  const meta = (capabilities: unknown = { elicitation: { form: {} } }) => ({
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': capabilities,
  });
  const call = (id: number, more: Record<string, unknown> = {}) =>
    request(id, 'tools/call', { name: 'refund', arguments: values, _meta: meta(), ...more });
  /** As the server sees it, which may not ask the client for input itself. */
  const forwarded = (id: number, more: Record<string, unknown> = {}) => call(id, { _meta: meta({}), ...more });
  const approval = (content: unknown, action = 'accept') => ({ inputResponses: { approval: { action, content } } });
  const approve = approval({ answer: 'approve' });

  type Required = {
    resultType: string;
    inputRequests: Record<string, { method: string; params: { message: string } }>;
    requestState: string;
  };
  const lastResult = (gate: Trial) => got(gate.late.at(-1), 'client')?.result as Required;

  async function asked(more: Partial<ApprovalPolicy> = {}, params: Record<string, unknown> = {}) {
    const of = await gateFor(more);
    expect(of.gate.client(call(1, params))).toBeUndefined();
    await settle();
    const required = lastResult(of.gate);
    return { ...of, required, state: required?.requestState };
  }

  test('ends the call with the question; called again with the answer it runs, without a trace of either', async () => {
    const { gate, required, state } = await asked();
    expect(required).toMatchObject({
      resultType: 'input_required',
      inputRequests: { approval: { method: 'elicitation/create' } },
    });
    expect(required.inputRequests.approval?.params.message).toContain('"amount": 120,');
    expect(gate.session.pending.size).toBe(0);
    expect(gate.intents).toEqual([]);
    gate.client(call(2, { ...approve, requestState: state }));
    await settle();
    expect(got(gate.late.at(-1), 'server')).toEqual(forwarded(2));
    expect(gate.intents).toMatchObject([{ approval: { answer: 'approved', channel: 'elicitation' } }]);
    expect(JSON.stringify([gate.intents, gate.outcomes])).not.toContain(state);
  });

  test('a state is of one call, once: other arguments, a replay, another state and a guess are refused', async () => {
    const { gate, state } = await asked();
    const tried = async (params: Record<string, unknown>, id: number) => {
      gate.client(call(id, params));
      await settle();
      return refusal(gate.late.at(-1));
    };
    const used = 'was used before, is over, or is of another call';
    expect(await tried({ ...approve, requestState: `${state}x` }, 2)).toContain(used);
    expect(await tried({ ...approve, requestState: 'stakes-approval-' }, 3)).toContain(used);
    expect(await tried({ ...approve, arguments: { amount: 9000 }, requestState: state }, 4)).toContain(used);
    expect(await tried({ ...approve, requestState: state }, 5), 'it was used up').toContain(used);
    expect(gate.late.some((sent) => got(sent, 'server') !== undefined)).toBe(false);

    const twice = await asked();
    twice.gate.client(call(2, { ...approve, requestState: twice.state }));
    await settle();
    twice.gate.client(call(3, { ...approve, requestState: twice.state }));
    await settle();
    expect(refusal(twice.gate.late.at(-1))).toContain(used);
    expect(twice.gate.late.filter((sent) => got(sent, 'server') !== undefined)).toHaveLength(1);
  });

  test('its time is over: refused, and on record as asked for and not answered', async () => {
    const { gate, state } = await asked();
    await vi.advanceTimersByTimeAsync(601_000);
    expect(gate.intents).toMatchObject([{ decision: 'ask', approval: { answer: 'expired', by: null } }]);
    expect(gate.outcomes).toEqual([]);
    gate.client(call(2, { ...approve, requestState: state }));
    await settle();
    expect(refusal(gate.late.at(-1))).toMatch(/in time|is over/);
  });

  test.each([
    ['declines', approval(undefined, 'decline'), "the client's user refused"],
    ['gives a reason', approval({ answer: 'deny', reason: 'twice the price' }), 'twice the price'],
    ['closes the form', approval(undefined, 'cancel'), 'closed without an answer'],
    ['brings no answer', {}, 'closed without an answer'],
  ])('the user %s: the call is refused, and the model told', async (_, said, why) => {
    const { gate, state } = await asked();
    gate.client(call(2, { ...said, requestState: state }));
    await settle();
    expect(refusal(gate.late.at(-1))).toContain(why);
    expect(gate.intents).toMatchObject([{ approval: { answer: 'denied' } }]);
  });

  test('a client that answers what it was not asked is asked', async () => {
    const { gate, inbox } = await gateFor({ channel: 'inbox' });
    gate.client(call(1, { ...approve, requestState: 'of the server' }));
    await settle();
    expect(gate.late).toEqual([]);
    expect(inbox.open()).toHaveLength(1);
    gate.client(call(2, { ...approve, requestState: 'stakes-approval-AAAA' }));
    await settle();
    expect(refusal(gate.late.at(-1))).toContain("needs a person's approval");
  });

  test('two of the same calls at once are two questions', async () => {
    const { gate, state } = await asked();
    gate.client(call(2));
    await settle();
    const other = lastResult(gate).requestState;
    expect(other).not.toBe(state);
    gate.client(call(3, { ...approve, requestState: state }));
    gate.client(call(4, { ...approval(undefined, 'decline'), requestState: other }));
    await settle();
    expect(gate.intents.map(({ approval: of }) => of?.answer).sort()).toEqual(['approved', 'denied']);
  });

  test('the inbox is faster: its answer is there when the call comes again', async () => {
    const { gate, inbox, state } = await asked({ channel: 'elicitation, inbox' });
    inbox.asked[0]?.answer({ ...yes, approve: false, reason: 'not today' });
    gate.client(call(2, { ...approve, requestState: state }));
    await settle();
    expect(refusal(gate.late.at(-1))).toContain('not today');
  });

  test('the form is closed while the inbox still asks: the call waits for it', async () => {
    const { gate, inbox, state } = await asked({ channel: 'elicitation, inbox' });
    gate.client(call(2, { ...approval(undefined, 'cancel'), requestState: state }));
    await settle();
    expect(gate.session.pending.size).toBe(1);
    inbox.asked[0]?.answer(yes);
    await settle();
    expect(got(gate.late.at(-1), 'server')).toEqual(forwarded(2));
  });

  test('what the call had of the server comes along with it', async () => {
    const server = {
      inputResponses: { name: { action: 'accept', content: { name: 'x' } } },
      requestState: 'of the server',
    };
    const { gate, state } = await asked({}, server);
    gate.client(call(2, { ...approve, requestState: state }));
    await settle();
    expect(got(gate.late.at(-1), 'server')).toEqual(forwarded(2, server));
  });

  test('a client that declares no forms is not asked, and the inbox is', async () => {
    const { gate, inbox } = await gateFor();
    gate.client(call(1, { _meta: meta({}) }));
    await settle();
    expect(gate.late).toEqual([]);
    expect(inbox.open()).toHaveLength(1);
  });

  test('an approval that no call has used is on record as not run', async () => {
    const { gate, inbox } = await asked({ channel: 'elicitation, inbox' });
    inbox.asked[0]?.answer(yes);
    await vi.advanceTimersByTimeAsync(601_000);
    expect(gate.intents).toMatchObject([
      { decision: 'ask', approval: { answer: 'approved', by: 'ada' }, reservedUsd: 0 },
    ]);
    expect(gate.outcomes).toMatchObject([{ intent: 0, outcome: 'refused', settledUsd: 0 }]);
  });
});
