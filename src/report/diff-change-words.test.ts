import { describe, expect, it } from 'vitest';
import { agentDiff } from '../diff/agent.ts';
import { changesOf } from '../diff/changes.ts';
import { agentOf } from '../manifest/tree.ts';
import type { Manifest } from '../model/manifest.ts';
import { changePhrases } from './diff-change-words.ts';
import { toolChangeWords } from './diff-tool-words.ts';
import { markdown } from './markdown-text.ts';

type Part = Partial<Manifest>;

const manifest = (part: Part): Manifest => ({ agent: { id: 'desk' }, tools: { base: { effect: 'read' } }, ...part });
const sides = (base: Part, head: Part) => ({ base: agentOf(manifest(base)), head: agentOf(manifest(head)) });

function phrases(base: Part, head: Part): string[] {
  const pair = sides(base, head);
  const diff = agentDiff(pair);
  return changesOf(pair.base, pair.head).flatMap((change) => changePhrases(change, diff));
}

const tool = (facts: Manifest['tools'][string]): Part => ({ tools: { 'gmail/send': facts } });
const pay = { effect: 'write', reversible: false, impact: 'high', egress: 'none' } as const;
const listed: Part = { network: { egress: 'listed', allowedHosts: ['a.example'] } };
const inner = (facts: Manifest['tools'][string], id = 'helper'): Part => ({
  subagents: { aid: { manifest: { agent: { id }, tools: { 'a/b': facts }, data: {} } } },
});

describe('a change in words that stand alone', () => {
  it.each<[Part, Part, string[]]>([
    [tool({ ...pay, access: 'ask' }), tool({ ...pay, access: 'allow' }), ['`gmail/send` no longer asks']],
    [tool({ ...pay, access: 'allow' }), tool({ ...pay, access: 'ask' }), ['`gmail/send` asks now']],
    [
      tool({ ...pay, access: 'deny' }),
      tool({ ...pay, access: 'allow' }),
      ['`gmail/send` is no longer denied, and it writes, cannot be undone and does not ask'],
    ],
    [tool({ ...pay, access: 'allow' }), tool({ ...pay, access: 'deny' }), ['`gmail/send` is denied now']],
    [tool({ ...pay, access: 'ask' }), tool(pay), ['`gmail/send` may no longer ask']],
    [
      { ...tool({ ...pay, access: 'ask' }), autonomy: { review: 'high-stakes' } },
      { ...tool(pay), autonomy: { review: 'high-stakes' } },
      ['`access` of `gmail/send`: `ask` → not set'],
    ],
    [tool({ effect: 'read' }), tool({ effect: 'write' }), ['`gmail/send` writes now']],
    [tool(pay), tool({ ...pay, effect: 'read' }), ['`gmail/send` only reads now']],
    [tool({ ...pay, reversible: true }), tool(pay), ['`gmail/send` can no longer be undone']],
    [tool(pay), tool({ ...pay, reversible: true }), ['`gmail/send` can be undone now']],
    [tool({ ...pay, impact: 'low' }), tool({ ...pay, impact: 'high' }), ['`gmail/send` has high impact now (was low)']],
    [
      tool({ effect: 'write' }),
      tool({ effect: 'write', impact: 'low' }),
      ['`gmail/send` has low impact now (was not stated)'],
    ],
    [
      tool({ ...pay, impact: 'low' }),
      tool({ effect: 'write', reversible: false, egress: 'none' }),
      ['`impact` of `gmail/send`: `low` → not set'],
    ],
    [tool(pay), tool({ ...pay, egress: 'open' }), ['`gmail/send` can send data anywhere now']],
    [tool({ ...pay, egress: 'open' }), tool(pay), ['`gmail/send` cannot send data out now']],
    [
      { ...tool({ ...pay, egress: 'open' }), ...listed },
      { ...tool({ ...pay, egress: 'listed' }), ...listed },
      ['`gmail/send` sends data to listed hosts only now'],
    ],
    [
      tool({ ...pay, arbitrary: false }),
      tool({ ...pay, arbitrary: true }),
      ['`gmail/send` runs whatever the caller supplies now'],
    ],
    [
      tool({ ...pay, arbitrary: true }),
      tool({ ...pay, arbitrary: false }),
      ['`gmail/send` no longer runs what the caller supplies'],
    ],
    [
      tool({ ...pay, data: ['a', 'b'] }),
      tool({ ...pay, data: ['b', 'c', 'd'] }),
      ['`gmail/send` touches `c` and `d` now and no longer touches `a`'],
    ],
    [
      tool({ ...pay, maxCallsPerDay: 10 }),
      tool({ ...pay, maxCallsPerDay: 100 }),
      ['`maxCallsPerDay` of `gmail/send`: 10 → 100'],
    ],
    [
      tool({ ...pay, arguments: { type: 'object', properties: { usd: { type: 'number', maximum: 10 } } } }),
      tool({ ...pay, arguments: { type: 'object', properties: { usd: { type: 'number', maximum: 99 } } } }),
      ['`arguments.properties.usd.maximum` of `gmail/send`: 10 → 99'],
    ],
    [tool(pay), tool({ ...pay, arguments: { type: 'object' } }), ['`arguments` of `gmail/send` is new']],
    [
      tool({ ...pay, because: 'x'.repeat(50) }),
      tool({ ...pay, because: 'y'.repeat(50) }),
      ['`because` of `gmail/send` changed'],
    ],
    [{ tools: {} }, tool({ ...pay, access: 'ask' }), ['`gmail/send` is new, and it writes, cannot be undone and asks']],
    [{ tools: {} }, tool({}), ['`gmail/send` is new, and it may write, may send data anywhere and may not ask']],
    [{ tools: {} }, tool({ ...pay, access: 'deny' }), ['`gmail/send` is new, and denied']],
    [tool(pay), { tools: {} }, ['`gmail/send` is gone']],
    [
      { autonomy: { review: 'each-action' } },
      { autonomy: { review: 'none' } },
      ['no call is reviewed now (was `each-action`)'],
    ],
    [
      { autonomy: { review: 'each-action' } },
      { autonomy: { review: 'high-stakes' } },
      ['only high-stakes calls are reviewed now (was `each-action`)'],
    ],
    [
      { autonomy: { review: 'none' } },
      { autonomy: { review: 'each-action' } },
      ['each action is reviewed now (was `none`)'],
    ],
    [{}, { autonomy: { review: 'high-stakes' } }, ['high-stakes calls are reviewed now (was not stated)']],
    [{ autonomy: { review: 'none' } }, {}, ['`autonomy.review`: `none` → not set']],
    [
      { autonomy: { initiation: 'human' } },
      { autonomy: { initiation: 'event' } },
      ['`autonomy.initiation`: `human` → `event`'],
    ],
    [{ inputs: { untrusted: false } }, { inputs: { untrusted: true } }, ["it reads strangers' text now"]],
    [{ inputs: { untrusted: true } }, { inputs: { untrusted: false } }, ["it no longer reads strangers' text"]],
    [{ inputs: { untrusted: true } }, {}, ["whether it reads strangers' text is no longer stated"]],
    [
      { data: { customers: { classification: 'internal' } } },
      { data: { customers: { classification: 'regulated' } } },
      ['`customers` is regulated now (was internal)'],
    ],
    [
      { data: { customers: { classification: 'internal' } } },
      { data: { customers: {} } },
      ['`data.customers.classification`: `internal` → not set'],
    ],
    [
      { data: { customers: { source: 'staging' } } },
      { data: { customers: { source: 'production' } } },
      ['`customers` holds production data now (was staging)'],
    ],
    [
      {},
      { data: { a: { classification: 'public' }, b: {} } },
      ['data `a` is new, and public', 'data `b` is new, and unclassified'],
    ],
    [{ data: { a: {} } }, {}, ['data `a` is gone']],
    [
      { network: { egress: 'listed', allowedHosts: ['a.example'] } },
      { network: { egress: 'open', allowedHosts: ['b.example', 'c.example'] } },
      [
        'any host can be reached now (was `listed`)',
        '`b.example` and `c.example` can be reached now and `a.example` can no longer be reached',
      ],
    ],
    [{ network: { egress: 'open' } }, { network: { egress: 'none' } }, ['it has no network now (was `open`)']],
    [
      { servers: { gmail: { network: { allowedHosts: ['a.example'] } } } },
      { servers: { gmail: { network: { allowedHosts: ['a.example', 'b.example'] } } } },
      ['`b.example` can be reached now by server `gmail`'],
    ],
    [{ filesystem: { write: [] } }, { filesystem: { write: ['/srv'] } }, ['`/srv` can be written now']],
    [{ filesystem: { read: ['/srv'] } }, { filesystem: { read: [] } }, ['`/srv` can no longer be read']],
    [
      { credentials: { STRIPE_KEY: { mode: 'test' } } },
      { credentials: { STRIPE_KEY: { mode: 'live' } } },
      ['credential `STRIPE_KEY` is live now (was test)'],
    ],
    [
      { credentials: { KEY: { scopes: ['read'] } } },
      { credentials: { KEY: { scopes: ['read', 'write'] } } },
      ['credential `KEY` has scope `write` now'],
    ],
    [{}, { credentials: { KEY: { mode: 'live' } } }, ['credential `KEY` is new, and live']],
    [
      { credentials: { KEY: { ttl: '15m' } } },
      { credentials: { KEY: { ttl: '8h' } } },
      ['`credentials.KEY.ttl`: `15m` → `8h`'],
    ],
    [
      { agent: { id: 'desk', environment: 'staging' } },
      { agent: { id: 'desk', environment: 'production' } },
      ['it runs in production now (was staging)'],
    ],
    [{ limits: { usdPerDay: 25 } }, { limits: { usdPerDay: 250 } }, ['`limits.usdPerDay`: 25 → 250']],
    [
      { limits: { usdPerDay: 25, turnsPerSession: 9 } },
      {},
      ['`limits.usdPerDay`: 25 → not set', '`limits.turnsPerSession`: 9 → not set'],
    ],
    [
      { approvals: { approvers: ['ann', 'bob'] } },
      { approvals: { approvers: ['bob', 'carl'] } },
      ['`approvals.approvers` gains `carl` and loses `ann`'],
    ],
    [{ mcpServers: {} }, { mcpServers: { gmail: { command: 'npx' } } }, ['server `gmail` is new']],
    [
      { mcpServers: { gmail: { command: 'npx', args: ['a@1'] } } },
      { mcpServers: { gmail: { command: 'npx', args: ['a@2'] } } },
      ['`mcpServers.gmail.args` gains `a@2` and loses `a@1`'],
    ],
    [{ models: [{ provider: 'a', id: 'b' }] }, { models: [{ provider: 'a', id: 'c' }] }, ['`models` changed']],
    [{}, { controls: { sandbox: { by: 'srt' } } }, ['control `sandbox` is declared now']],
    [{ controls: { sandbox: {} } }, {}, ['control `sandbox` is no longer declared']],
    [{}, inner({ effect: 'read' }), ['subagent `aid` is new']],
    [inner({ effect: 'read' }), {}, ['subagent `aid` is gone']],
    [inner({ ...pay, access: 'ask' }), inner({ ...pay, access: 'allow' }), ['`a/b` (in helper) no longer asks']],
  ])('%j → %j', (base, head, expected) => {
    expect(phrases(base, head)).toEqual(expected);
    // No sentence may change its meaning or lose its words on the way into a comment.
    for (const phrase of expected)
      expect(markdown(phrase).replaceAll('\\', '')).toContain(phrase.split('`')[1] ?? phrase);
  });

  it('keeps a name from ending its code, repainting a terminal or running on for ever', () => {
    const name = `\`x\` <b>@all\n\u001b[31m\u202e${'w'.repeat(10_000)}`;
    const [phrase = ''] = phrases({ tools: {} }, { tools: { [name]: { ...pay, access: 'ask' } } });
    expect(phrase.slice(0, 63)).toBe('`\\u{60}x\\u{60} <b>@all\\n\\u{1b}[31m\\u{202e}wwwwwwwwwwwwwwwwwwwww');
    expect(phrase).toMatch(/w…` is new, and it writes, cannot be undone and asks$/);
    expect(phrase.length).toBeLessThan(250);
  });
});

describe('a tool that changed', () => {
  it('tells facts that come from around it, and of its own fields what they do not say', () => {
    const pair = sides(
      { ...tool({ ...pay, maxCallsPerDay: 5 }), autonomy: { review: 'high-stakes' } },
      { ...tool({ ...pay, maxCallsPerDay: 50 }), autonomy: { review: 'none' } },
    );
    expect(agentDiff(pair).tools.changed.map(toolChangeWords)).toEqual([
      ['no longer asks', '`maxCallsPerDay`: 5 → 50'],
    ]);
  });

  it('that only reads now is not said to be undoable as well', () => {
    const pair = sides(tool({ ...pay, access: 'ask' }), tool({ ...pay, effect: 'read', access: 'ask' }));
    expect(agentDiff(pair).tools.changed.map(toolChangeWords)).toEqual([['only reads now']]);
  });
});
