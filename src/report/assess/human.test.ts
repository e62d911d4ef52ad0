import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../model/assessment.ts';
import { full, hostile, light, medium, mediumPlus, open, staging } from '../assessment.fixture.ts';
import { plainPaint } from '../context.ts';
import { anyAssessment } from '../hostile.fixture.ts';
import { contextOf, markedPaint, unpainted, visible } from '../marked-paint.fixture.ts';
import { widthOf } from '../wrap.ts';
import { format } from './human.ts';

const report = (...results: Assessment[]) => ({ schema: 'stakes/assessment@1' as const, results, errors: [] });
const plain = (columns: number, ...results: Assessment[]) => format(report(...results), contextOf(plainPaint, columns));
const runs = { numRuns: Number(process.env.STAKES_CASES ?? 200) };

describe('an assessment for people, at 80 columns', () => {
  it('light', () => {
    expect(plain(80, light)).toMatchInlineSnapshot(`
      "Release scout (release-scout) in release-scout.agent.yaml:4
      LIGHT: every tool in its reach only reads public data

        1  does it write, or read anything that is not public?
        └→ no, so light
        2  is every action reversible and low-impact, on unregulated data, with no
           disclosure path? Not asked.
        3  does any high-stakes action land without a person's approval? Not asked.

        High-stakes: none of 3 tools in reach; about 60 approvals a day
          rule of two  kept: reads strangers' text

        Controls: 3 of 3 required shown, 0 missing, 1 too much
        ! too much     approval-gates: a person approves reads of public data:
                       \`github/get_release\`, about 60 times a day (in place by access
                       of github/get_release)
        ✓ in place     sandbox (runbooks/scout.md), rate-limit, token-budget (limits)
          optional     scoped-tokens, audit-log
          not needed   signed-audit

        Next, to write the policy for your engines:
          stakes generate release-scout.agent.yaml
      "
    `);
  });

  it('medium', () => {
    expect(plain(80, medium)).toMatchInlineSnapshot(`
      "docs-gardener in docs-gardener.agent.yaml:6
      MEDIUM: it writes, but nothing in its reach is high-stakes

        1  does it write, or read anything that is not public?
        │  yes: \`filesystem/edit_file\` and 2 more write; 1 more reason
        2  is every action reversible and low-impact, on unregulated data, with no
        │  disclosure path?
        └→ yes, so medium
        3  does any high-stakes action land without a person's approval? Not asked.

        High-stakes: none of 7 tools in reach; no approvals
          rule of two  kept: acts

        Controls: 4 of 5 required shown, 1 missing, 0 too much
        ✗ missing      audit-log: \`controls.audit-log\` with \`evidence\`, or an
                       installed target that records
        ✓ in place     sandbox (docs-tooling/sandbox/README.md), rate-limit,
                       token-budget (limits), scoped-tokens (no credential)
          optional     deny-by-default, egress-allowlist (in place), signed-audit

        Next, to write what is missing: stakes generate docs-gardener.agent.yaml
      "
    `);
  });

  it('medium-plus', () => {
    expect(plain(80, mediumPlus)).toMatchInlineSnapshot(`
      "Refund desk (refund-desk) in desks/refund-desk.agent.yaml:2
      MEDIUM-PLUS: a person approves every call of its 5 high-stakes tools

        1  does it write, or read anything that is not public?
        │  yes: \`stripe/create_refund\` and 1 more write; 2 more reasons
        2  is every action reversible and low-impact, on unregulated data, with no
        │  disclosure path?
        │  no: \`stripe/create_refund\` and 1 more cannot be undone; 2 more reasons
        3  does any high-stakes action land without a person's approval?
        └→ no, so medium-plus

        High-stakes: 5 of 10 tools in reach; about 86 approvals a day
        ✓ asks         stripe/list_charges, zendesk/add_note: touches regulated data
                       (\`customers\`)
        ✓ asks         stripe/create_refund: cannot be undone, high impact
        ✓ asks         stripe/cancel_subscription: high impact
        ✓ asks         zendesk/reply: cannot be undone, exit of a disclosure path
        ✓ disclosure   customers → strangers' text → zendesk/reply (asks)
          rule of two  broken: reads strangers' text, reaches sensitive data and acts

        Controls: 8 of 8 required shown, 0 missing, 0 too much
        ✓ in place     sandbox (runbook/42), rate-limit, token-budget (limits),
                       scoped-tokens (credentials), audit-log (dashboard: agents /
                       refund-desk), approval-gates (autonomy), deny-by-default
                       (review SR-118), egress-allowlist (network)
          optional     spend-cap (in place), loop-limit, signed-audit

        To lower the tier, cheapest first:
        1. medium, about 14 fewer approvals a day: take \`stripe/create_refund\`,
           \`stripe/cancel_subscription\` and \`zendesk/reply\` away (\`access: deny\`);
           give it only confidential data in \`customers\` (masked or synthetic)

        Next, to write the policy for your engines:
          stakes generate desks/refund-desk.agent.yaml
      "
    `);
  });

  it('full', () => {
    expect(plain(80, full)).toMatchInlineSnapshot(`
      "Refund desk (refund-desk) in refund-desk.agent.yaml:2
      FULL ZERO TRUST: \`stripe/create_refund\` and 2 more tools land without a person

        1  does it write, or read anything that is not public?
        │  yes: \`stripe/create_refund\` and 1 more write; 2 more reasons
        2  is every action reversible and low-impact, on unregulated data, with no
        │  disclosure path?
        │  no: \`stripe/create_refund\` and 1 more cannot be undone; 2 more reasons
        3  does any high-stakes action land without a person's approval?
        └→ yes, so full: \`stripe/create_refund\` and 2 more run without asking

        High-stakes: 5 of 10 tools in reach; about 14 approvals a day
        ✗ unattended   stripe/create_refund: cannot be undone, high impact
        ✗ unattended   zendesk/reply: cannot be undone, exit of a disclosure path
        ✓ bounded      stripe/list_charges: touches regulated data (\`customers\`)
        ✓ asks         stripe/cancel_subscription: high impact
        ✓ asks         zendesk/add_note: touches regulated data (\`customers\`)
        ✗ disclosure   customers → strangers' text → zendesk/reply
          rule of two  broken: reads strangers' text, reaches sensitive data and acts

        Controls: 8 of 11 required shown, 3 missing, 0 too much
        ✗ missing      approval-gates: \`access: ask\` or \`autonomy.review\` for every
                       high-stakes tool (at full: if not bounded), with
                       \`approvals.approvers\` or a person who starts it
        ✗ missing      deny-by-default: \`controls.deny-by-default\` with \`evidence\`, or
                       an installed target that denies what is unlisted
        ✗ missing      signed-audit: \`controls.signed-audit\` with \`evidence\`
        ✓ in place     sandbox (runbook/42), rate-limit, token-budget, spend-cap,
                       loop-limit (limits), scoped-tokens (credentials), audit-log
                       (dashboard: agents / refund-desk), egress-allowlist (network)

        To lower the tier, cheapest first:
        1. medium-plus, about 72 more approvals a day: set \`access: ask\` on
           \`stripe/list_charges\`, \`stripe/create_refund\` and \`zendesk/reply\`
        2. medium, about 14 fewer approvals a day: take \`stripe/create_refund\`,
           \`stripe/cancel_subscription\` and \`zendesk/reply\` away (\`access: deny\`);
           give it only confidential data in \`customers\` (masked or synthetic)

        Next, to write what is missing: stakes generate refund-desk.agent.yaml
      "
    `);
  });

  it('with open facts', () => {
    expect(plain(80, open)).toMatchInlineSnapshot(`
      "Meeting scribe (meeting-scribe) in meeting-scribe.agent.yaml:5
      FULL ZERO TRUST: \`slack/get_channel_history\` and 3 more tools may land without a
        person
      floor medium … ceiling full; the ceiling counts until 3 questions are answered

        1  does it write, or read anything that is not public?
        │  yes: \`notion/post_page\` and \`notion/update_page\` write; 2 more reasons
        2  is every action reversible and low-impact, on unregulated data, with no
        │  disclosure path?
        │  not known, at worst no (at best yes, so medium): \`notion/post_page\` may
        │  have high impact; 3 more reasons
        3  does any high-stakes action land without a person's approval?
        └→ not known, at worst yes, so full (at best no, so medium-plus):
           \`slack/get_channel_history\` and 3 more may run without asking: no \`review\`
           is stated

        High-stakes: 4 of 5 tools in reach, only if an open fact turns out badly;
          approvals a day not known
        ? not known    slack/get_channel_history: touches perhaps regulated data
                       (\`meeting-threads\`)
        ? not known    notion/post_page: may have high impact
        ? not known    notion/update_page: may not be undoable, may be the exit of a
                       disclosure path
        ? not known    notion/*: may run whatever the caller supplies, may be the exit
                       of a disclosure path
        ? disclosure   meeting-threads → strangers' text → notion/update_page,
                       notion/* (if an open fact turns out so)
          rule of two  may be broken: acts; not known whether it reads strangers' text
                       or reaches sensitive data

        Controls: 3 of 11 required shown, 8 missing, 0 too much
        ✗ missing      sandbox: \`controls.sandbox\` with \`evidence\`, such as an
                       installed sandbox target
        ✗ missing      loop-limit: \`limits.repeatsPerCall\` or \`limits.turnsPerSession\`
        ✗ missing      scoped-tokens: for every agent in the tree,
                       \`credentials.*.scopes\` without a wildcard and
                       \`credentials.*.ttl\` of at most 1h (no credential: met)
        ✗ missing      audit-log: \`controls.audit-log\` with \`evidence\`, or an
                       installed target that records
        ✗ missing      approval-gates: \`access: ask\` or \`autonomy.review\` for every
                       high-stakes tool (at full: if not bounded), with
                       \`approvals.approvers\` or a person who starts it
        ✗ missing      deny-by-default: \`controls.deny-by-default\` with \`evidence\`, or
                       an installed target that denies what is unlisted
        ✗ missing      egress-allowlist: for every agent in the tree,
                       \`network.egress: none\`, or \`listed\` and in
                       \`network.allowedHosts\` no wildcard and no host where strangers
                       hold accounts
        ✗ missing      signed-audit: \`controls.signed-audit\` with \`evidence\`
        ✓ in place     rate-limit, token-budget, spend-cap (limits)

        To lower the tier, cheapest first:
        1. medium-plus, approvals a day not known: set \`access: ask\` on
           \`slack/get_channel_history\`, \`notion/post_page\`, \`notion/update_page\` and
           \`notion/*\`

        Open questions, each with the tier if it and those above are answered safely:
        1. who sees an action before it lands: a person each time, a person for
           high-stakes ones, or nobody? (autonomy.review) → medium-plus
        2. which tools does \`notion\` have, and what does each do? (notion/*)
           → medium-plus
        3. how is \`meeting-threads\` classified: public, internal, confidential or
           regulated? (data.meeting-threads.classification) → medium

        Next, to see the tier with your answers in the file:
          stakes assess meeting-scribe.agent.yaml
      "
    `);
  });

  it('staging only', () => {
    expect(plain(80, staging)).toMatchInlineSnapshot(`
      "Checkout walker (checkout-walker) in checkout-walker.agent.yaml:5
      FULL ZERO TRUST: \`playwright/browser_click\` lands without a person
      staging only: nothing of production is in reach, so a staging boundary and the
        light controls are enough until it graduates to full

        1  does it write, or read anything that is not public?
        │  yes: \`playwright/browser_click\` writes
        2  is every action reversible and low-impact, on unregulated data, with no
        │  disclosure path?
        │  no: \`playwright/browser_click\` cannot be undone
        3  does any high-stakes action land without a person's approval?
        └→ yes, so full: \`playwright/browser_click\` runs without asking:
           \`review: none\`

        High-stakes: 1 of 2 tools in reach; no approvals
        ✗ unattended   playwright/browser_click: cannot be undone
          rule of two  kept: acts

        Controls: 4 of 4 required in staging shown, 0 missing, 0 too much
        ✓ in place     sandbox (quality/runbooks/walker.md), rate-limit, token-budget
                       (limits), staging-boundary (network policy NP-7: no route from
                       staging to production)
          optional     spend-cap (in place), loop-limit (in place), scoped-tokens (in
                       place), audit-log
          graduation   spend-cap, loop-limit, scoped-tokens, audit-log,
                       approval-gates, deny-by-default, egress-allowlist, signed-audit

        Next, to write the policy for your engines:
          stakes generate checkout-walker.agent.yaml
      "
    `);
  });

  it('with hostile names', () => {
    expect(plain(80, hostile)).toMatchInlineSnapshot(`
      "Mal\\u{1b}]0;owned\\u{7}lory\\n# heading <img src=x onerror=alert(1)> @octocat
      (mallory) in agents/a b\\u{7};rm -rf\\u{202e}.agent.yaml:1
      FULL ZERO TRUST: \`evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone\` lands without a person

        1  does it write, or read anything that is not public?
        │  yes: \`evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone\` writes
        2  is every action reversible and low-impact, on unregulated data, with no
        │  disclosure path?
        │  no: \`evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone\` cannot be undone (in helper)
        3  does any high-stakes action land without a person's approval?
        └→ yes, so full: \`evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone\` runs without asking

        High-stakes: 2 of 2 tools in reach, 1 of them only if an open fact turns out
          badly; about 14 approvals a day
        ✗ unattended   evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone: cannot be undone,
                       touches regulated data (\`x\\u{1b}[31m\`)
        ✓ asks         server/very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_
                       (in helper): may have high impact
        ? disclosure   se\\u{0}cret → strangers' text (egress of web/fetch\\u{9b} in
                       helper) → evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone (if an open
                       fact turns out so)
          rule of two  broken: reads strangers' text, reaches sensitive data and acts

        Controls: 1 of 2 required shown, 1 missing, 0 too much
        ✗ missing      signed-audit: \`controls.signed-audit\` with \`evidence\`
        ✓ in place     sandbox (https://e.example/\\u{1b}[0m?q=1|2)

        To lower the tier, cheapest first:
        1. light, about 0.3 more approvals a day: take
           \`evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone\` away

        Open questions, each with the tier if it and those above are answered safely:
        1. does \`evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone\` read or write? (effect of
           evil/\\u{1b}[2Jwipe|\`code\`<b>@everyone in helper) → light

        Next, to see the tier with your answers in the file:
          stakes assess $'agents/a b\\007;rm -rf\\342\\200\\256.agent.yaml'
      "
    `);
  });

  it('fits a screen: ten tools, the highest tier, without advice', () => {
    const text = plain(80, { ...full, advice: [] });
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(32);
  });

  it('sums up several agents', () => {
    expect(plain(80, light, medium, full).trimEnd().split('\n').at(-1)).toBe('3 agents: 1 light, 1 medium, 1 full');
  });

  it('says what could not be read', () => {
    const errors = [{ code: 'not-found', message: 'no such file', file: 'a.agent.yaml' }];
    expect(format({ schema: 'stakes/assessment@1', results: [], errors }, contextOf(plainPaint))).toBe(
      'error[not-found]: no such file\n  --> a.agent.yaml\n',
    );
  });
});

describe('paint', () => {
  it('marks the tier, what is missing and what is too much', () => {
    const painted = visible(format(report(light), contextOf(markedPaint)));
    expect(painted).toContain('<good:LIGHT>: every tool');
    expect(painted).toContain('<warn:!> <warn:too much>');
    expect(visible(format(report(full), contextOf(markedPaint)))).toContain('<bad:✗> <bad:missing>');
  });

  it('changes no text', () => {
    fc.assert(
      fc.property(anyAssessment, fc.integer({ min: 30, max: 160 }), (assessment, columns) => {
        const painted = format(report(assessment), contextOf(markedPaint, columns));
        expect(unpainted(painted)).toBe(plain(columns, assessment));
      }),
      runs,
    );
  });
});

describe('hostile names', () => {
  it('bring no control character', () => {
    fc.assert(
      fc.property(anyAssessment, (assessment) => {
        expect(plain(80, assessment).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
      runs,
    );
  });

  it('overflow a line only as one word that stands at its start', () => {
    fc.assert(
      fc.property(anyAssessment, fc.integer({ min: 60, max: 160 }), (assessment, columns) => {
        for (const line of plain(columns, assessment)
          .split('\n')
          .filter((each) => !each.includes('stakes '))) {
          const start = line.length - (line.split(' ').at(-1) ?? '').length;
          expect(widthOf(line) <= columns || start <= 17, line).toBe(true);
        }
      }),
      runs,
    );
  });
});

it('puts texts beneath their labels where the terminal is narrow', () => {
  const lines = plain(40, mediumPlus).split('\n');
  expect(lines.filter((line) => widthOf(line) > 40)).toEqual(['    stakes generate desks/refund-desk.agent.yaml']);
  expect(lines.slice(-14).join('\n')).toMatchInlineSnapshot(`
    "
      To lower the tier, cheapest first:
      1. medium, about 14 fewer approvals a
         day: take \`stripe/create_refund\`,
         \`stripe/cancel_subscription\` and
         \`zendesk/reply\` away
         (\`access: deny\`); give it only
         confidential data in \`customers\`
         (masked or synthetic)

      Next, to write the policy for your
        engines:
        stakes generate desks/refund-desk.agent.yaml
    "
  `);
});
