/** Every control a tier can call for, in the order they are listed to people. */
export const CONTROLS = [
  'sandbox',
  'rate-limit',
  'token-budget',
  'spend-cap',
  'loop-limit',
  'scoped-tokens',
  'audit-log',
  'approval-gates',
  'deny-by-default',
  'egress-allowlist',
  'signed-audit',
  'staging-boundary',
] as const;
export type Control = (typeof CONTROLS)[number];

/** Controls that no manifest field can show, so that the manifest may declare them with evidence. */
export const DECLARABLE_CONTROLS = [
  'sandbox',
  'audit-log',
  'signed-audit',
  'deny-by-default',
  'staging-boundary',
] as const satisfies readonly Control[];
export type DeclarableControl = (typeof DECLARABLE_CONTROLS)[number];

export const CONTROL_DOCS: Record<Control, { summary: string; shownBy: string }> = {
  sandbox: {
    summary: 'the process can touch only the files and hosts that the manifest lists',
    shownBy: '`controls.sandbox` with `evidence`, such as an installed sandbox target',
  },
  'rate-limit': { summary: 'a ceiling on calls a minute', shownBy: '`limits.callsPerMinute`' },
  'token-budget': {
    summary: 'a ceiling on model tokens a session',
    shownBy: '`limits.tokensPerSession`, or `limits.usdPerSession` with `limits.turnsPerSession`',
  },
  'spend-cap': { summary: 'a ceiling on money', shownBy: '`limits.usdPerDay` or `limits.usdPerSession`' },
  'loop-limit': {
    summary: 'a ceiling on turns, or on the same call repeated',
    shownBy: '`limits.repeatsPerCall` or `limits.turnsPerSession`',
  },
  'scoped-tokens': {
    summary: 'every credential carries named scopes and lives at most an hour',
    shownBy:
      'for every agent in the tree, `credentials.*.scopes` without a wildcard and `credentials.*.ttl` of at most 1h (no credential: met)',
  },
  'audit-log': {
    summary: 'every call leaves a record',
    shownBy: '`controls.audit-log` with `evidence`, or an installed target that records',
  },
  'approval-gates': {
    summary: 'a person approves the call before it runs',
    shownBy:
      '`access: ask` or `autonomy.review` for every high-stakes tool (at full: if not bounded), with `approvals.approvers` or a person who starts it',
  },
  'deny-by-default': {
    summary: 'tools, arguments, paths and hosts that are not listed are refused',
    shownBy: '`controls.deny-by-default` with `evidence`, or an installed target that denies what is unlisted',
  },
  'egress-allowlist': {
    summary: 'the process reaches only named hosts',
    shownBy:
      'for every agent in the tree, `network.egress: none`, or `listed` and in `network.allowedHosts` no wildcard and no host where strangers hold accounts',
  },
  'signed-audit': {
    summary: 'records are signed and chained, so that a missing or changed one shows',
    shownBy: '`controls.signed-audit` with `evidence`',
  },
  'staging-boundary': {
    summary: 'nothing inside can reach production data, credentials or systems',
    shownBy: '`controls.staging-boundary` with `evidence`',
  },
};
