import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { type Pair, reachOf } from '../../src/assess/reach.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import { interval } from '../arbitraries/sites.ts';

/** An agent that has only the one tool, reaches no data and is shielded from everything that is not said. */
const shielded: Manifest = {
  schemaVersion: 1,
  agent: { id: 'a' },
  autonomy: { review: 'none' },
  inputs: { untrusted: false },
  data: {},
  filesystem: { read: [] },
  tools: {},
};
const mild: ToolFacts = { effect: 'write', reversible: true, impact: 'low', egress: 'none' };

const ends = (manifest: Partial<Manifest>): string => {
  const { floor, ceiling } = interval({ ...shielded, ...manifest });
  return floor === ceiling ? ceiling : `${floor} to ${ceiling}`;
};
const tool = (facts: ToolFacts, manifest: Partial<Manifest> = {}): string =>
  ends({ ...manifest, tools: { 's/t': facts } });

function pairOf(facts: ToolFacts, manifest: Partial<Manifest> = {}, name = 's/t'): Pair {
  const [pair] = reachOf(agentOf({ ...shielded, ...manifest, tools: { [name]: facts } })).pairs;
  if (!pair) throw new Error('denied');
  return pair;
}
const said = ({ best, worst }: { best: unknown; worst: unknown }) => (best === worst ? worst : 'unknown');

describe('effect: unknown, at worst a write', () => {
  test.each<[ToolFacts, string]>([
    [{ effect: 'read', egress: 'none' }, 'light'],
    [{ ...mild }, 'medium'],
    [{ reversible: true, impact: 'low', egress: 'none', arbitrary: false }, 'light to medium'],
    [{}, 'light to full'],
  ])('%j is %s', (facts, expected) => expect(tool(facts)).toBe(expected));
});

describe('reversible and impact: unknown on a write, ignored on a read', () => {
  test.each<[ToolFacts, string]>([
    [{ effect: 'write', impact: 'low', egress: 'none' }, 'medium to full'],
    [{ effect: 'write', reversible: true, egress: 'none' }, 'medium to full'],
    [{ effect: 'write', reversible: false, impact: 'low', egress: 'none' }, 'full'],
    [{ effect: 'write', reversible: true, impact: 'high', egress: 'none' }, 'full'],
    [{ effect: 'read', reversible: false, impact: 'high', egress: 'none' }, 'light'],
  ])('%j is %s', (facts, expected) => expect(tool(facts)).toBe(expected));
});

describe('arbitrary: no where an effect is declared, else unknown', () => {
  test('with an effect', () => expect(said(pairOf({ effect: 'write' }).arbitrary)).toBe(false));
  test('without one', () => expect(said(pairOf({}).arbitrary)).toBe('unknown'));
  test('declared', () => expect(said(pairOf({ arbitrary: true, effect: 'read' }).arbitrary)).toBe(true));

  test('true means write, irreversible, high and open', () => {
    const { writes, irreversible, highImpact, exits } = pairOf({ arbitrary: true });
    expect([writes, irreversible, highImpact, exits].map(said)).toEqual([true, true, true, true]);
  });
  test('a contradiction without `because` is ignored', () => {
    const { writes, irreversible, highImpact, exits } = pairOf({ arbitrary: true, ...mild, effect: 'read' });
    expect([writes, irreversible, highImpact, exits].map(said)).toEqual([true, true, true, true]);
    expect(tool({ arbitrary: true, ...mild })).toBe('full');
  });
  test('with `because` it stands, field by field', () => {
    expect(tool({ arbitrary: true, ...mild, because: 'a toy shell' })).toBe('medium');
    expect(tool({ arbitrary: true, ...mild, effect: 'read', because: 'read-only SQL' })).toBe('light');
    expect(said(pairOf({ arbitrary: true, reversible: true, because: 'snapshots' }).irreversible)).toBe(false);
    expect(said(pairOf({ arbitrary: true, reversible: true, because: 'snapshots' }).highImpact)).toBe(true);
  });
  test('while it is open, what it would contradict counts at its worst', () => {
    const facts: ToolFacts = { reversible: true, impact: 'low', egress: 'none' };
    expect(tool(facts)).toBe('light to full');
    expect(tool({ ...facts, because: 'it was looked at' })).toBe('light to medium');
    expect(tool({ ...facts, effect: 'write' })).toBe('medium');
  });
});

describe('data: every scope of the manifest', () => {
  const data = { kb: { classification: 'public' }, customers: { classification: 'regulated' } } as const;
  const read: ToolFacts = { effect: 'read', egress: 'none' };
  test('absent on the tool', () => expect(tool(read, { data })).toBe('full'));
  test('named', () => expect(tool({ ...read, data: ['kb'] }, { data })).toBe('light'));
  test('an empty list: none', () => expect(tool({ ...read, data: [] }, { data })).toBe('light'));
  test('an empty map: none', () => expect(tool(read, { data: {} })).toBe('light'));
  test('no map at all: one unknown scope', () => {
    const { data: _, ...rest } = shielded;
    expect(interval({ ...rest, tools: { 's/t': read } })).toEqual({ floor: 'light', ceiling: 'full' });
    expect(interval({ ...rest, tools: { 's/t': { ...read, data: [] } } })).toEqual({
      floor: 'light',
      ceiling: 'light',
    });
  });
  test('a name that is not in the map is unknown', () =>
    expect(tool({ ...read, data: ['ghost'] }, { data })).toBe('light to full'));
  test('a write tool reads its data too', () => expect(tool({ ...mild, data: ['customers'] }, { data })).toBe('full'));
});

describe('egress: unknown, at worst open', () => {
  const exits = (facts: ToolFacts, allowedHosts?: string[]) =>
    said(pairOf(facts, allowedHosts ? { network: { allowedHosts } } : {}).exits);
  const listed: ToolFacts = { effect: 'write', egress: 'listed' };
  test('absent', () => expect(exits({ effect: 'write' })).toBe('unknown'));
  test('none', () => expect(exits({ effect: 'write', egress: 'none' })).toBe(false));
  test('open', () => expect(exits({ effect: 'write', egress: 'open' })).toBe(true));
  test('listed without hosts is open', () => expect(exits(listed)).toBe(true));
  test('listed with no host at all reaches none', () => expect(exits(listed, [])).toBe(false));
  test('listed with good hosts', () => expect(exits(listed, ['docs.example.com', 'api.example.com:8443'])).toBe(false));
  test('listed with a wildcard is open', () => expect(exits(listed, ['docs.example.com', '*.example.com'])).toBe(true));
  test.each(['api.github.com', 'API.GitHub.com', 'hooks.slack.com:443', 'someone.github.io', 'deep.down.ngrok.io'])(
    'listed with %s, where strangers hold accounts, is open',
    (host) => expect(exits(listed, ['docs.example.com', host])).toBe(true),
  );
  test('the network of the process never lowers it', () => {
    expect(said(pairOf({ effect: 'write', egress: 'open' }, { network: { egress: 'none' } }).exits)).toBe(true);
    expect(said(pairOf({ effect: 'write' }, { network: { egress: 'none' } }).exits)).toBe('unknown');
  });
});

describe('access: from the review, and without one unknown, at worst allow', () => {
  const sharp: ToolFacts = { ...mild, reversible: false };
  test.each([
    ['none', 'full'],
    ['high-stakes', 'medium-plus'],
    ['each-action', 'medium-plus'],
  ] as const)('review %s: %s', (review, expected) => expect(tool(sharp, { autonomy: { review } })).toBe(expected));
  test('no review', () => expect(tool(sharp, { autonomy: {} })).toBe('medium-plus to full'));
  test('its own word wins', () => {
    expect(tool({ ...sharp, access: 'ask' }, { autonomy: { review: 'none' } })).toBe('medium-plus');
    expect(tool({ ...sharp, access: 'allow' }, { autonomy: { review: 'each-action' } })).toBe('full');
  });
  test('one that lands is enough', () => {
    expect(ends({ tools: { 's/a': { ...sharp, access: 'ask' }, 's/b': { ...sharp, access: 'allow' } } })).toBe('full');
  });
});

describe('classification: unknown, at worst regulated', () => {
  const read: ToolFacts = { effect: 'read', egress: 'none' };
  test.each([
    ['public', 'light'],
    ['internal', 'medium'],
    ['confidential', 'medium'],
    ['regulated', 'full'],
  ] as const)('%s: %s', (classification, expected) =>
    expect(tool(read, { data: { kb: { classification } } })).toBe(expected),
  );
  test('absent', () => expect(tool(read, { data: { kb: {} } })).toBe('light to full'));
});

describe('source and mode: at worst production and live', () => {
  const stage = (manifest: Partial<Manifest>) =>
    assess(
      agentOf({
        ...shielded,
        agent: { id: 'a', environment: 'staging' },
        tools: { 's/t': { effect: 'read', egress: 'none' } },
        ...manifest,
      }),
    ).stage;
  test.each([
    ['synthetic', 'staging-only'],
    ['staging', 'staging-only'],
    ['production', 'none'],
  ] as const)('source %s: %s', (source, expected) => expect(stage({ data: { kb: { source } } })).toBe(expected));
  test('no source', () => expect(stage({ data: { kb: {} } })).toBe('none'));
  test('data behind a denied tool is not in reach', () => {
    const tools: Manifest['tools'] = { 's/t': { effect: 'read', data: [], egress: 'none' }, 's/u': { access: 'deny' } };
    expect(stage({ data: { kb: { source: 'production' } }, tools })).toBe('staging-only');
  });
  test.each([
    [{ mode: 'test' }, 'staging-only'],
    [{ mode: 'live' }, 'none'],
    [{}, 'none'],
  ] as const)('credential %j: %s', (KEY, expected) => expect(stage({ credentials: { KEY } })).toBe(expected));
});

describe('inputs.untrusted: unknown, at worst yes', () => {
  const path: Manifest['tools'] = {
    'kb/read': { effect: 'read', egress: 'none' },
    'mail/send': { ...mild, egress: 'open', data: [] },
  };
  const data = { kb: { classification: 'confidential' } } as const;
  test('absent', () => expect(ends({ tools: path, data, inputs: {} })).toBe('medium to full'));
  test('yes', () => expect(ends({ tools: path, data, inputs: { untrusted: true } })).toBe('full'));
  test('no', () => expect(ends({ tools: path, data, inputs: { untrusted: false } })).toBe('medium'));
  test('yes anywhere in the tree', () => {
    const helper: Manifest = { ...shielded, agent: { id: 'b' }, inputs: { untrusted: true } };
    expect(ends({ tools: path, data, subagents: { helper: { manifest: helper } } })).toBe('full');
  });
  test('yes through any reachable read with open egress', () => {
    const web: ToolFacts = { effect: 'read', egress: 'open', data: [] };
    expect(ends({ tools: { ...path, 'web/fetch': web }, data })).toBe('full');
    expect(ends({ tools: { ...path, 'web/fetch': { ...web, access: 'deny' } }, data })).toBe('medium');
    expect(ends({ tools: { ...path, 'web/post': { ...mild, egress: 'open', data: [] } }, data })).toBe('medium');
  });
});

describe('annotations move only the floor', () => {
  test.each<[ToolFacts['annotations'], string]>([
    [{}, 'light to full'],
    [{ readOnlyHint: true }, 'light to full'],
    [{ readOnlyHint: false }, 'medium to full'],
    [{ readOnlyHint: false, destructiveHint: true }, 'full'],
    [{ destructiveHint: false }, 'light to full'],
    [{ destructiveHint: true }, 'light to full'],
  ])('%j is %s', (annotations, expected) => expect(tool(annotations ? { annotations } : {})).toBe(expected));
  test('an annotated write still may bring text in, where a declared one does not', () => {
    const data = { kb: { classification: 'confidential' } } as const;
    const open: ToolFacts = { ...mild, egress: 'open', arbitrary: false, data: [] };
    const { effect: _, ...unstated } = open;
    const tools = (facts: ToolFacts): Manifest['tools'] => ({
      's/t': facts,
      'kb/read': { effect: 'read', egress: 'none' },
    });
    expect(ends({ data, tools: tools(open) })).toBe('medium');
    expect(ends({ data, tools: tools(unstated) })).toBe('medium to full');
    expect(ends({ data, tools: tools({ ...unstated, annotations: { readOnlyHint: false } }) })).toBe('medium to full');
  });
  test('a declared fact is stronger', () => {
    expect(tool({ effect: 'read', egress: 'none', annotations: { readOnlyHint: false, destructiveHint: true } })).toBe(
      'light',
    );
  });
});

describe('`server/*` counts only at best', () => {
  const star = (facts: ToolFacts, rest: Manifest['tools'] = {}) => ends({ tools: { 's/*': facts, ...rest } });
  test('mild facts do not lower the ceiling', () => {
    expect(star({ effect: 'read', egress: 'none', data: [] })).toBe('light to full');
    expect(star({ ...mild, data: [], because: 'it was looked at' })).toBe('medium to full');
  });
  test('bad facts raise the floor', () => expect(star({ effect: 'write', reversible: false })).toBe('full'));
  test('its access counts', () => {
    expect(star({ access: 'ask' })).toBe('light to medium-plus');
    expect(star({ access: 'deny' }, { 's/t': { effect: 'read', egress: 'none' } })).toBe('light');
  });
});

describe('what no scope names', () => {
  const hidden = (facts: ToolFacts, manifest: Partial<Manifest>, name = 's/t') =>
    said(pairOf(facts, manifest, name).hidden);
  const sandbox = { controls: { sandbox: { evidence: 'runbook/42' } } };
  const live = { credentials: { KEY: { mode: 'live' } } } as const;
  const shell: ToolFacts = { arbitrary: true };

  test('a live credential in arbitrary hands is confidential', () => {
    expect(hidden(shell, { ...live, ...sandbox })).toBe(true);
    expect(hidden(shell, { credentials: { KEY: {} }, ...sandbox })).toBe('unknown');
    expect(hidden(shell, { credentials: { KEY: { mode: 'test' } }, ...sandbox })).toBe(false);
    expect(hidden({ effect: 'write' }, live)).toBe(false);
    expect(hidden({}, { ...live, ...sandbox })).toBe('unknown');
  });
  test('so are files that nothing holds an arbitrary tool to', () => {
    expect(hidden(shell, {})).toBe('unknown');
    expect(hidden(shell, sandbox)).toBe(false);
    expect(hidden(shell, { controls: { sandbox: { by: 'gVisor' } } })).toBe('unknown');
  });
  test("and files of the machine to a host's file reader", () => {
    const read: ToolFacts = { effect: 'read', egress: 'none' };
    expect(hidden(read, { filesystem: {} }, 'Read')).toBe('unknown');
    expect(hidden(read, { filesystem: { read: ['./kb'] } }, 'Read')).toBe(false);
    expect(hidden(read, { filesystem: {} }, 'WebFetch')).toBe(false);
    expect(hidden(read, { filesystem: {} }, 'Oracle')).toBe('unknown');
  });
  test('a shell with a live credential, strangers and a way out is a disclosure path', () => {
    const { tier, disclosurePaths } = assess(
      agentOf({ ...shielded, ...live, inputs: { untrusted: true }, tools: { Bash: shell } }),
    );
    expect(tier).toBe('full');
    expect(disclosurePaths).toMatchObject([
      { certain: true, data: { scope: 'credentials or files in reach' }, exit: { tool: 'Bash' } },
    ]);
  });
  test('an agent on public data alone is not light with such a path', () => {
    const tools: Manifest['tools'] = {
      Read: { effect: 'read', egress: 'none' },
      WebFetch: { effect: 'read', egress: 'open' },
    };
    expect(ends({ tools, filesystem: {} })).toBe('light to full');
    expect(ends({ tools, filesystem: { read: ['./kb'] } })).toBe('light');
  });
});

describe('a denied pair is outside the reach', () => {
  const repository: Partial<Manifest> = {
    data: { code: { classification: 'confidential' } },
    inputs: { untrusted: true },
    tools: {
      'github/get_file': { effect: 'read', egress: 'none' },
      'github/merge_pull_request': { ...mild, reversible: false, access: 'deny' },
      'github/create_comment': { ...mild, egress: 'open', access: 'deny' },
    },
  };
  test('it is neither high-stakes nor an exit', () => {
    const { tier, highStakes, disclosurePaths, reach } = assess(agentOf({ ...shielded, ...repository }));
    expect({ tier, highStakes, disclosurePaths }).toEqual({ tier: 'medium', highStakes: [], disclosurePaths: [] });
    expect(reach.map((row) => row.tool)).toEqual(['github/get_file']);
  });
  test('but only for the agent that denies it', () => {
    const helper: Manifest = {
      ...shielded,
      agent: { id: 'b' },
      tools: { 'github/merge_pull_request': { ...mild, reversible: false } },
    };
    expect(ends({ ...repository, subagents: { helper: { manifest: helper } } })).toBe('full');
  });
  test('an agent without tools is light', () => expect(ends({})).toBe('light'));
});

describe('initiation, environment: counted at their worst for controls', () => {
  const required = (manifest: Partial<Manifest>) =>
    assess(agentOf({ ...shielded, ...manifest })).controls.required.map(({ id }) => id);
  test('what starts it is not stated: cost counts', () => expect(required({})).toContain('spend-cap'));
  test('a person starts it', () => expect(required({ autonomy: { initiation: 'human' } })).not.toContain('spend-cap'));
  test('no environment: no boundary', () => expect(required({})).not.toContain('staging-boundary'));
});
