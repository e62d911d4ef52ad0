import type { Assessment, Because, ControlEntry, ReachAgent, ReachTool } from '../model/assessment.ts';
import { CONTROLS, type Control } from '../model/controls.ts';

/** Hand-made assessments for the tests of every format. */
const place = (file: string, line: number) => ({
  file,
  document: 0,
  pointer: '',
  line,
  column: 1,
  endLine: line + 1,
  endColumn: 1,
});

const tool = (name: string, field: string) => `/tools/${name.replaceAll('/', '~1')}/${field}`;
const fact = (
  agent: string,
  name: string,
  field: string,
  words: string,
  provenance: Because['provenance'] = 'declared',
): Because => ({
  agent,
  pointer: tool(name, field),
  fact: `\`${name}\` ${words}`,
  provenance,
});

const BEHIND = { data: [] as string[] | null, unnamedData: false, arbitrary: false, untrusted: false };
const reads = (agent: string, ...names: string[]): ReachTool[] =>
  names.map((name) => ({
    agent,
    tool: name,
    effect: 'read',
    reversible: null,
    egress: 'none',
    access: 'allow',
    highStakes: false,
    ...BEHIND,
  }));
const writes = (agent: string, name: string, change: Partial<ReachTool> = {}): ReachTool => ({
  agent,
  tool: name,
  effect: 'write',
  reversible: false,
  egress: 'none',
  access: 'allow',
  highStakes: true,
  ...BEHIND,
  ...change,
});

const single = (agent: string, name: string, untrusted: ReachAgent['untrusted']): ReachAgent[] => [
  { agent, name, startedBy: [], untrusted },
];

const because = 'the tier calls for it';
const entries = (shownBy: Partial<Record<Control, string>>): ControlEntry[] =>
  CONTROLS.filter((id) => id in shownBy).map((id) => ({ id, because, evidence: shownBy[id] ?? '' }));
const controls = (
  required: Partial<Record<Control, string>>,
  optional: Partial<Record<Control, string>>,
  excessive: ControlEntry[] = [],
) => ({
  required: entries(required),
  optional: entries(optional),
  excessive,
  present: [...entries(required), ...entries(optional)].filter(({ evidence }) => evidence !== ''),
  missing: entries(required).filter(({ evidence }) => evidence === ''),
});

const LIMITS = {
  'rate-limit': '/limits/callsPerMinute',
  'token-budget': '/limits/tokensPerSession',
  'spend-cap': '/limits/usdPerDay',
  'loop-limit': '/limits/repeatsPerCall',
} as const;

const SCOUT = 'release-scout';
export const light: Assessment = {
  file: 'release-scout.agent.yaml',
  document: 0,
  agent: SCOUT,
  name: 'Release scout',
  tier: 'light',
  floor: 'light',
  ceiling: 'light',
  stage: 'none',
  atGraduation: null,
  ruleOfTwo: { untrusted: true, sensitive: false, acts: false },
  trail: [{ question: 'writes', answer: 'no', best: 'no', worst: 'no', because: [] }],
  agents: single(SCOUT, 'Release scout', true),
  data: [],
  reach: reads(SCOUT, 'github/list_releases', 'github/get_release', 'WebFetch'),
  highStakes: [],
  disclosurePaths: [],
  controls: controls(
    { sandbox: 'runbooks/scout.md', 'rate-limit': LIMITS['rate-limit'], 'token-budget': LIMITS['token-budget'] },
    { 'scoped-tokens': '', 'audit-log': '' },
    [
      {
        id: 'approval-gates',
        because: 'a person approves reads of public data: `github/get_release`, about 60 times a day',
        evidence: '/tools/github~1get_release/access',
      },
      { id: 'signed-audit', because: 'nothing here needs a signed record', evidence: '' },
    ],
  ),
  questions: [],
  advice: [],
  approvalsPerDay: 60,
  place: place('release-scout.agent.yaml', 4),
};

const GARDENER = 'docs-gardener';
export const medium: Assessment = {
  ...light,
  file: 'docs-gardener.agent.yaml',
  agent: GARDENER,
  name: GARDENER,
  tier: 'medium',
  floor: 'medium',
  ceiling: 'medium',
  ruleOfTwo: { untrusted: false, sensitive: false, acts: true },
  trail: [
    {
      question: 'writes',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [
        ...['list_directory', 'search_files', 'read_text_file', 'directory_tree'].map((name) =>
          fact(GARDENER, `filesystem/${name}`, 'data', 'reads internal data (`handbook`)'),
        ),
        ...['edit_file', 'write_file', 'move_file'].map((name) =>
          fact(GARDENER, `filesystem/${name}`, 'effect', 'writes'),
        ),
      ],
    },
    { question: 'reversible', answer: 'yes', best: 'yes', worst: 'yes', because: [] },
  ],
  agents: single(GARDENER, GARDENER, false),
  data: [{ agent: GARDENER, name: 'handbook', classification: 'internal' }],
  reach: [
    ...reads(
      GARDENER,
      'filesystem/list_directory',
      'filesystem/search_files',
      'filesystem/read_text_file',
      'filesystem/directory_tree',
    ),
    ...['edit_file', 'write_file', 'move_file'].map((name) =>
      writes(GARDENER, `filesystem/${name}`, { reversible: true, highStakes: false, data: ['handbook'] }),
    ),
  ],
  controls: controls(
    {
      sandbox: 'docs-tooling/sandbox/README.md',
      'rate-limit': LIMITS['rate-limit'],
      'token-budget': LIMITS['token-budget'],
      'scoped-tokens': 'no credential',
      'audit-log': '',
    },
    { 'egress-allowlist': '/network/allowedHosts', 'deny-by-default': '', 'signed-audit': '' },
  ),
  approvalsPerDay: 0,
  place: place('docs-gardener.agent.yaml', 6),
};

const DESK = 'refund-desk';
export const full: Assessment = {
  file: 'refund-desk.agent.yaml',
  document: 0,
  agent: DESK,
  name: 'Refund desk',
  tier: 'full',
  floor: 'full',
  ceiling: 'full',
  stage: 'none',
  atGraduation: null,
  ruleOfTwo: { untrusted: true, sensitive: true, acts: true },
  trail: [
    {
      question: 'writes',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [
        fact(DESK, 'stripe/list_charges', 'data', 'reads regulated data (`customers`)'),
        fact(DESK, 'stripe/create_refund', 'effect', 'writes'),
        fact(DESK, 'stripe/cancel_subscription', 'effect', 'writes'),
        fact(DESK, 'zendesk/reply', 'effect', 'writes', 'catalog'),
      ],
    },
    {
      question: 'reversible',
      answer: 'no',
      best: 'no',
      worst: 'no',
      because: [
        fact(DESK, 'stripe/list_charges', 'data', 'touches regulated data (`customers`)'),
        fact(DESK, 'stripe/create_refund', 'reversible', 'cannot be undone'),
        fact(DESK, 'stripe/cancel_subscription', 'reversible', 'has high impact'),
        fact(DESK, 'zendesk/reply', 'reversible', 'cannot be undone'),
        fact(DESK, 'zendesk/add_note', 'data', 'touches regulated data (`customers`)'),
      ],
    },
    {
      question: 'autonomous',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [
        fact(DESK, 'stripe/create_refund', 'access', 'runs without asking'),
        fact(DESK, 'stripe/list_charges', 'access', 'runs without asking'),
        fact(DESK, 'zendesk/reply', 'access', 'runs without asking'),
      ],
    },
  ],
  agents: single(DESK, 'Refund desk', true),
  data: [{ agent: DESK, name: 'customers', classification: 'regulated' }],
  reach: [
    ...reads(DESK, 'stripe/list_charges').map((row) => ({ ...row, highStakes: true, data: ['customers'] })),
    ...reads(DESK, 'zendesk/list_tickets', 'zendesk/get_ticket', 'kb/search', 'kb/read', 'clock/now'),
    writes(DESK, 'stripe/create_refund'),
    writes(DESK, 'stripe/cancel_subscription', { access: 'ask' }),
    writes(DESK, 'zendesk/reply', { egress: 'open' }),
    writes(DESK, 'zendesk/add_note', { reversible: true, data: ['customers'] }),
  ],
  highStakes: [
    {
      agent: DESK,
      tool: 'stripe/list_charges',
      certain: true,
      access: 'allow',
      bounded: true,
      because: ['touches regulated data (`customers`)'],
    },
    {
      agent: DESK,
      tool: 'stripe/create_refund',
      certain: true,
      access: 'allow',
      bounded: false,
      because: ['cannot be undone', 'has high impact'],
    },
    {
      agent: DESK,
      tool: 'stripe/cancel_subscription',
      certain: true,
      access: 'ask',
      bounded: false,
      because: ['has high impact'],
    },
    {
      agent: DESK,
      tool: 'zendesk/reply',
      certain: true,
      access: 'allow',
      bounded: false,
      because: ['cannot be undone', 'is the exit of a disclosure path'],
    },
    {
      agent: DESK,
      tool: 'zendesk/add_note',
      certain: true,
      access: 'ask',
      bounded: false,
      because: ['touches regulated data (`customers`)'],
    },
  ],
  disclosurePaths: [
    {
      certain: true,
      data: { agent: DESK, tool: 'stripe/list_charges', scope: 'customers' },
      untrusted: { agent: DESK, pointer: '/inputs/untrusted' },
      exit: { agent: DESK, tool: 'zendesk/reply' },
    },
  ],
  controls: controls(
    {
      sandbox: 'runbook/42',
      ...LIMITS,
      'scoped-tokens': '/credentials/STRIPE_SECRET_KEY/ttl',
      'audit-log': 'dashboard: agents / refund-desk',
      'approval-gates': '',
      'deny-by-default': '',
      'egress-allowlist': '/network/allowedHosts',
      'signed-audit': '',
    },
    {},
  ),
  questions: [],
  advice: [
    {
      id: 'gate:refund-desk:stripe/create_refund',
      text: 'set `access: ask` on `stripe/list_charges`, `stripe/create_refund` and `zendesk/reply`',
      patch: [{ agent: DESK, op: 'replace', path: tool('stripe/create_refund', 'access'), value: 'ask' }],
      tier: 'medium-plus',
      approvalsPerDay: 72,
    },
    {
      id: 'drop:refund-desk:stripe/create_refund',
      text: 'take `stripe/create_refund`, `stripe/cancel_subscription` and `zendesk/reply` away (`access: deny`); give it only confidential data in `customers` (masked or synthetic)',
      patch: [{ agent: DESK, op: 'replace', path: tool('stripe/create_refund', 'access'), value: 'deny' }],
      tier: 'medium',
      approvalsPerDay: -14,
    },
  ],
  approvalsPerDay: 14,
  place: place('refund-desk.agent.yaml', 2),
};

const gated = full.highStakes.map((each) => ({ ...each, access: 'ask', bounded: false }) as const);
export const mediumPlus: Assessment = {
  ...full,
  file: 'desks/refund-desk.agent.yaml',
  tier: 'medium-plus',
  floor: 'medium-plus',
  ceiling: 'medium-plus',
  trail: [...full.trail.slice(0, 2), { question: 'autonomous', answer: 'no', best: 'no', worst: 'no', because: [] }],
  reach: full.reach.map((row) => (row.highStakes ? { ...row, access: 'ask' } : row)),
  highStakes: gated,
  controls: controls(
    {
      sandbox: 'runbook/42',
      'rate-limit': LIMITS['rate-limit'],
      'token-budget': LIMITS['token-budget'],
      'scoped-tokens': '/credentials/STRIPE_SECRET_KEY/ttl',
      'audit-log': 'dashboard: agents / refund-desk',
      'approval-gates': '/autonomy/review',
      'deny-by-default': 'review SR-118',
      'egress-allowlist': '/network/allowedHosts',
    },
    { 'spend-cap': '/limits/usdPerDay', 'loop-limit': '', 'signed-audit': '' },
  ),
  advice: full.advice.slice(1),
  approvalsPerDay: 86,
  place: place('desks/refund-desk.agent.yaml', 2),
};

const SCRIBE = 'meeting-scribe';
export const open: Assessment = {
  file: 'meeting-scribe.agent.yaml',
  document: 0,
  agent: SCRIBE,
  name: 'Meeting scribe',
  tier: 'full',
  floor: 'medium',
  ceiling: 'full',
  stage: 'none',
  atGraduation: null,
  ruleOfTwo: { untrusted: 'unknown', sensitive: 'unknown', acts: true },
  trail: [
    {
      question: 'writes',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [
        fact(SCRIBE, 'slack/get_channel_history', 'data', 'reads unclassified data (`meeting-threads`)'),
        fact(SCRIBE, 'notion/post_page', 'effect', 'writes'),
        fact(SCRIBE, 'notion/update_page', 'effect', 'writes'),
        fact(SCRIBE, 'notion/*', 'effect', 'may write: its effect is not stated', 'default'),
      ],
    },
    {
      question: 'reversible',
      answer: 'unknown',
      best: 'yes',
      worst: 'no',
      because: [
        fact(
          SCRIBE,
          'slack/get_channel_history',
          'data',
          'touches perhaps regulated data (`meeting-threads`)',
          'default',
        ),
        fact(SCRIBE, 'notion/post_page', 'impact', 'may have high impact', 'default'),
        fact(SCRIBE, 'notion/update_page', 'reversible', 'may not be undoable', 'default'),
        fact(SCRIBE, 'notion/*', 'reversible', 'may run whatever the caller supplies', 'default'),
      ],
    },
    {
      question: 'autonomous',
      answer: 'unknown',
      best: 'no',
      worst: 'yes',
      because: ['slack/get_channel_history', 'notion/post_page', 'notion/update_page', 'notion/*'].map((name) => ({
        agent: SCRIBE,
        pointer: '/autonomy/review',
        fact: `\`${name}\` may run without asking: no \`review\` is stated`,
        provenance: 'default' as const,
      })),
    },
  ],
  agents: single(SCRIBE, 'Meeting scribe', 'unknown'),
  data: [{ agent: SCRIBE, name: 'meeting-threads', classification: 'unknown' }],
  reach: [
    ...reads(SCRIBE, 'slack/get_channel_history', 'notion/search').map((row) => ({
      ...row,
      data: ['meeting-threads'],
    })),
    ...['notion/post_page', 'notion/update_page', 'notion/*'].map((name) =>
      writes(SCRIBE, name, { access: 'unknown', egress: 'unknown', data: null }),
    ),
  ],
  highStakes: [
    {
      agent: SCRIBE,
      tool: 'slack/get_channel_history',
      certain: false,
      access: 'unknown',
      bounded: false,
      because: ['touches perhaps regulated data (`meeting-threads`)'],
    },
    {
      agent: SCRIBE,
      tool: 'notion/post_page',
      certain: false,
      access: 'unknown',
      bounded: false,
      because: ['may have high impact'],
    },
    {
      agent: SCRIBE,
      tool: 'notion/update_page',
      certain: false,
      access: 'unknown',
      bounded: false,
      because: ['may not be undoable', 'may be the exit of a disclosure path'],
    },
    {
      agent: SCRIBE,
      tool: 'notion/*',
      certain: false,
      access: 'unknown',
      bounded: false,
      because: ['may run whatever the caller supplies', 'may be the exit of a disclosure path'],
    },
  ],
  disclosurePaths: ['notion/update_page', 'notion/*'].map((name) => ({
    certain: false,
    data: { agent: SCRIBE, tool: 'slack/get_channel_history', scope: 'meeting-threads' },
    untrusted: { agent: SCRIBE, pointer: '/inputs/untrusted' },
    exit: { agent: SCRIBE, tool: name },
  })),
  controls: controls(
    {
      sandbox: '',
      'rate-limit': LIMITS['rate-limit'],
      'token-budget': LIMITS['token-budget'],
      'spend-cap': '/limits/usdPerSession',
      'loop-limit': '',
      'scoped-tokens': '',
      'audit-log': '',
      'approval-gates': '',
      'deny-by-default': '',
      'egress-allowlist': '',
      'signed-audit': '',
    },
    {},
  ),
  questions: [
    {
      id: 'review:meeting-scribe',
      agent: SCRIBE,
      pointer: '/autonomy/review',
      text: 'who sees an action before it lands: a person each time, a person for high-stakes ones, or nobody?',
      closes: 'medium-plus',
    },
    {
      id: 'tools:meeting-scribe:notion/*',
      agent: SCRIBE,
      pointer: '/tools/notion~1*',
      text: 'which tools does `notion` have, and what does each do?',
      closes: 'medium-plus',
    },
    {
      id: 'classification:meeting-scribe:meeting-threads',
      agent: SCRIBE,
      pointer: '/data/meeting-threads/classification',
      text: 'how is `meeting-threads` classified: public, internal, confidential or regulated?',
      closes: 'medium',
    },
  ],
  advice: [
    {
      id: 'gate',
      text: 'set `access: ask` on `slack/get_channel_history`, `notion/post_page`, `notion/update_page` and `notion/*`',
      patch: [],
      tier: 'medium-plus',
      approvalsPerDay: null,
    },
  ],
  approvalsPerDay: null,
  place: place('meeting-scribe.agent.yaml', 5),
};

const WALKER = 'checkout-walker';
export const staging: Assessment = {
  ...full,
  file: 'checkout-walker.agent.yaml',
  agent: WALKER,
  name: 'Checkout walker',
  stage: 'staging-only',
  atGraduation: entries({
    sandbox: 'gVisor',
    ...LIMITS,
    'scoped-tokens': '',
    'audit-log': '',
    'approval-gates': '',
    'deny-by-default': '',
    'egress-allowlist': '',
    'signed-audit': '',
  }),
  ruleOfTwo: { untrusted: false, sensitive: false, acts: true },
  trail: [
    {
      question: 'writes',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [fact(WALKER, 'playwright/browser_click', 'effect', 'writes')],
    },
    {
      question: 'reversible',
      answer: 'no',
      best: 'no',
      worst: 'no',
      because: [fact(WALKER, 'playwright/browser_click', 'reversible', 'cannot be undone')],
    },
    {
      question: 'autonomous',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [
        {
          agent: WALKER,
          pointer: '/autonomy/review',
          fact: '`playwright/browser_click` runs without asking: `review: none`',
          provenance: 'declared',
        },
      ],
    },
  ],
  agents: single(WALKER, 'Checkout walker', false),
  data: [],
  reach: [...reads(WALKER, 'playwright/browser_snapshot'), writes(WALKER, 'playwright/browser_click')],
  highStakes: [
    {
      agent: WALKER,
      tool: 'playwright/browser_click',
      certain: true,
      access: 'allow',
      bounded: false,
      because: ['cannot be undone'],
    },
  ],
  disclosurePaths: [],
  controls: controls(
    {
      sandbox: 'quality/runbooks/walker.md',
      'rate-limit': LIMITS['rate-limit'],
      'token-budget': LIMITS['token-budget'],
      'staging-boundary': 'network policy NP-7: no route from staging to production',
    },
    {
      'spend-cap': '/limits/usdPerDay',
      'loop-limit': '/limits/repeatsPerCall',
      'scoped-tokens': '/credentials/SHOPPER_STATE_FILE',
      'audit-log': '',
    },
  ),
  advice: [],
  approvalsPerDay: 0,
  place: place('checkout-walker.agent.yaml', 5),
};

const LONG = `server/${'very_long_tool_name_'.repeat(8)}`;
const NASTY = 'evil/\u001b[2Jwipe|`code`<b>@everyone';
export const hostile: Assessment = {
  ...full,
  file: 'agents/a b\u0007;rm -rf\u202e.agent.yaml',
  agent: 'mallory',
  name: 'Mal\u001b]0;owned\u0007lory\n# heading <img src=x onerror=alert(1)> @octocat',
  trail: [
    {
      question: 'writes',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [fact('mallory', NASTY, 'effect', 'writes')],
    },
    {
      question: 'reversible',
      answer: 'no',
      best: 'no',
      worst: 'no',
      because: [fact('helper', NASTY, 'reversible', 'cannot be undone')],
    },
    {
      question: 'autonomous',
      answer: 'yes',
      best: 'yes',
      worst: 'yes',
      because: [fact('mallory', NASTY, 'access', 'runs without asking')],
    },
  ],
  agents: [
    ...single('mallory', 'Mal\u001b]0;owned\u0007lory\n# heading <img src=x onerror=alert(1)> @octocat', true),
    { agent: 'helper', name: '"><script>alert(1)</script>', startedBy: ['mallory'], untrusted: 'unknown' },
  ],
  data: [{ agent: 'helper', name: 'se\u0000cret', classification: 'unknown' }],
  reach: [writes('mallory', NASTY, { data: ['x\u001b[31m'] }), writes('helper', LONG, { access: 'ask' })],
  highStakes: [
    {
      agent: 'mallory',
      tool: NASTY,
      certain: true,
      access: 'allow',
      bounded: false,
      because: ['cannot be undone', 'touches regulated data (`x\u001b[31m`)'],
    },
    { agent: 'helper', tool: LONG, certain: false, access: 'ask', bounded: false, because: ['may have high impact'] },
  ],
  disclosurePaths: [
    {
      certain: false,
      data: { agent: 'helper', tool: NASTY, scope: 'se\u0000cret' },
      untrusted: { agent: 'helper', pointer: '/tools/web~1fetch\u009b/egress' },
      exit: { agent: 'mallory', tool: NASTY },
    },
  ],
  advice: [{ id: 'x', text: `take \`${NASTY}\` away`, patch: [], tier: 'light', approvalsPerDay: 0.25 }],
  questions: [
    {
      id: 'q',
      agent: 'helper',
      pointer: `/tools/${NASTY.replaceAll('/', '~1')}/effect`,
      text: `does \`${NASTY}\` read or write?`,
      closes: 'light',
    },
  ],
  controls: controls({ sandbox: 'https://e.example/\u001b[0m?q=1|2', 'signed-audit': '' }, {}),
  place: place('agents/a b\u0007;rm -rf\u202e.agent.yaml', 1),
};

export const all: Record<string, Assessment> = {
  light,
  medium,
  'medium-plus': mediumPlus,
  full,
  open,
  staging,
  hostile,
};
