import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../model/assessment.ts';
import { all, full, hostile, light, open } from '../assessment.fixture.ts';
import { plainPaint } from '../context.ts';
import { anyAssessment } from '../hostile.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { format } from './markdown.ts';

const render = (...results: Assessment[]) =>
  format({ schema: 'stakes/assessment@1', results, errors: [] }, contextOf(plainPaint));

/** A drawing of fixed words: no name is ever in it. */
const MERMAID = /```mermaid\n(?: {2}|flowchart)[^`\n]*\n(?: {2}[^`\n]*\n)+```\n/g;
const drawings = (text: string) => text.match(MERMAID) ?? [];

/** What is left once code, escapes and entities are gone: nothing in it may come from a name. */
const bare = (text: string) =>
  text
    .replace(MERMAID, '')
    .replace(/\\[^\n]/g, '')
    .replace(/<code>[^<\n]*<\/code>/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/&(#\d+|amp|lt|gt);/g, ' ');

describe('an assessment as Markdown', () => {
  it('of the highest tier', () => {
    expect(render(full)).toMatchInlineSnapshot(`
      "## Refund desk (\`refund-desk\`): Full zero trust

      \`refund-desk.agent.yaml:2\`: \`stripe/create_refund\` and 2 more tools land without a person.

      \`\`\`mermaid
      flowchart LR
        accTitle: How it got its tier
        accDescr: The walk ends at Full zero trust, and the table says the same in words
        writes["does it write, or read anything that is not public?"]
        reversible["is every action reversible and low-impact, on unregulated data, with no disclosure path?"]
        autonomous["does any high-stakes action land without a person's approval?"]
        light(["Light"])
        medium(["Medium"])
        medium_plus(["Medium-plus"])
        full(["Full zero trust"])
        writes -- no --> light
        writes == yes ==> reversible
        reversible == no ==> autonomous
        reversible -- yes --> medium
        autonomous -- no --> medium_plus
        autonomous == yes ==> full
        classDef lit stroke-width:3px,font-weight:bold
        class writes,reversible,autonomous,full lit
      \`\`\`

      |  | Question | Answer | Because |
      | --- | --- | --- | --- |
      | 1 | does it write, or read anything that is not public? | **yes** | \`stripe/list_charges\` reads regulated data (\`customers\`); \`stripe/create_refund\` and \`stripe/cancel_subscription\` write; \`zendesk/reply\` writes, says the catalogue |
      | 2 | is every action reversible and low-impact, on unregulated data, with no disclosure path? | **no** | \`stripe/list_charges\` and \`zendesk/add_note\` touch regulated data (\`customers\`); \`stripe/create_refund\` and \`zendesk/reply\` cannot be undone; \`stripe/cancel_subscription\` has high impact |
      | 3 | does any high-stakes action land without a person's approval? | **yes** → **full** | \`stripe/create_refund\`, \`stripe/list_charges\` and \`zendesk/reply\` run without asking |

      **High-stakes**: 5 of 10 tools in reach; about 14 approvals a day. **Rule of two** broken: reads strangers' text, reaches sensitive data and acts.

      | How it is held | Tools | Why |
      | --- | --- | --- |
      | unattended | \`stripe/create_refund\` | cannot be undone, high impact |
      | unattended | \`zendesk/reply\` | cannot be undone, exit of a disclosure path |
      | bounded | \`stripe/list_charges\` | touches regulated data (\`customers\`) |
      | asks | \`stripe/cancel_subscription\` | high impact |
      | asks | \`zendesk/add_note\` | touches regulated data (\`customers\`) |

      | Disclosure path: data | What comes in | Exit | Certain |
      | --- | --- | --- | --- |
      | \`customers\` by \`stripe/list_charges\` | strangers' text | \`zendesk/reply\` | yes |

      **Controls**: 8 of 11 required shown, 3 missing, 0 too much

      | Control | State | Because |
      | --- | --- | --- |
      | approval-gates | ✗ missing | shown by \`access: ask\` or \`autonomy.review\` for every high-stakes tool (at full: if not bounded), with \`approvals.approvers\` or a person who starts it |
      | deny-by-default | ✗ missing | shown by \`controls.deny-by-default\` with \`evidence\`, or an installed target that denies what is unlisted |
      | signed-audit | ✗ missing | shown by \`controls.signed-audit\` with \`evidence\` |
      | sandbox | ✓ in place | runbook/42 |
      | rate-limit | ✓ in place | limits.callsPerMinute |
      | token-budget | ✓ in place | limits.tokensPerSession |
      | spend-cap | ✓ in place | limits.usdPerDay |
      | loop-limit | ✓ in place | limits.repeatsPerCall |
      | scoped-tokens | ✓ in place | credentials.STRIPE\\_SECRET\\_KEY.ttl |
      | audit-log | ✓ in place | dashboard: agents / refund-desk |
      | egress-allowlist | ✓ in place | network.allowedHosts |

      **To lower the tier, cheapest first:**

      1. **medium-plus**, about 72 more approvals a day: set \`access: ask\` on \`stripe/list_charges\`, \`stripe/create_refund\` and \`zendesk/reply\`
      2. **medium**, about 14 fewer approvals a day: take \`stripe/create_refund\`, \`stripe/cancel_subscription\` and \`zendesk/reply\` away (\`access: deny\`); give it only confidential data in \`customers\` (masked or synthetic)

      Next, to write what is missing: \`stakes generate refund-desk.agent.yaml\`
      "
    `);
  });

  it('with open facts', () => {
    expect(render(open).split('\n').slice(0, 16)).toMatchInlineSnapshot(`
      [
        "## Meeting scribe (\`meeting-scribe\`): Full zero trust",
        "",
        "\`meeting-scribe.agent.yaml:5\`: \`slack/get_channel_history\` and 3 more tools may land without a person.",
        "",
        "> floor medium … ceiling full; the ceiling counts until 3 questions are answered.",
        "",
        "\`\`\`mermaid",
        "flowchart LR",
        "  accTitle: How it got its tier",
        "  accDescr: The walk ends at Full zero trust, and the table says the same in words",
        "  writes["does it write, or read anything that is not public?"]",
        "  reversible["is every action reversible and low-impact, on unregulated data, with no disclosure path?"]",
        "  autonomous["does any high-stakes action land without a person's approval?"]",
        "  light(["Light"])",
        "  medium(["Medium"])",
        "  medium_plus(["Medium-plus"])",
      ]
    `);
  });

  it('with hostile names', () => {
    expect(render(hostile)).toMatchInlineSnapshot(`
      "## Mal\\\\u{1b}\\]0;owned\\\\u{7}lory\\\\n# heading &lt;img src=x onerror=alert(1)&gt; @&#8203;octocat (\`mallory\`): Full zero trust

      <code>agents&#47;a b&#92;u&#123;7&#125;&#59;rm &#45;rf&#92;u&#123;202e&#125;&#46;agent&#46;yaml&#58;1</code>: <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;</code>code\`<b>@everyone\` lands without a person.

      \`\`\`mermaid
      flowchart LR
        accTitle: How it got its tier
        accDescr: The walk ends at Full zero trust, and the table says the same in words
        writes["does it write, or read anything that is not public?"]
        reversible["is every action reversible and low-impact, on unregulated data, with no disclosure path?"]
        autonomous["does any high-stakes action land without a person's approval?"]
        light(["Light"])
        medium(["Medium"])
        medium_plus(["Medium-plus"])
        full(["Full zero trust"])
        writes -- no --> light
        writes == yes ==> reversible
        reversible == no ==> autonomous
        reversible -- yes --> medium
        autonomous -- no --> medium_plus
        autonomous == yes ==> full
        classDef lit stroke-width:3px,font-weight:bold
        class writes,reversible,autonomous,full lit
      \`\`\`

      |  | Question | Answer | Because |
      | --- | --- | --- | --- |
      | 1 | does it write, or read anything that is not public? | **yes** | <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;</code>code\`<b>@everyone\` writes |
      | 2 | is every action reversible and low-impact, on unregulated data, with no disclosure path? | **no** | <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;</code>code\`<b>@everyone\` cannot be undone (in helper) |
      | 3 | does any high-stakes action land without a person's approval? | **yes** → **full** | <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;</code>code\`<b>@everyone\` runs without asking |

      **High-stakes**: 2 of 2 tools in reach, 1 of them only if an open fact turns out badly; about 14 approvals a day. **Rule of two** broken: reads strangers' text, reaches sensitive data and acts.

      | How it is held | Tools | Why |
      | --- | --- | --- |
      | unattended | <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;&#96;code&#96;&#60;b&#62;&#64;everyone</code> | cannot be undone, touches regulated data (<code>x&#92;u&#123;1b&#125;&#91;31m</code>) |
      | asks | \`server/very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_very_long_tool_name_ (in helper)\` | may have high impact |

      | Disclosure path: data | What comes in | Exit | Certain |
      | --- | --- | --- | --- |
      | <code>se&#92;u&#123;0&#125;cret</code> by <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;&#96;code&#96;&#60;b&#62;&#64;everyone &#40;in helper&#41;</code> | strangers' text (egress of web/fetch\\\\u{9b} in helper) | <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;&#96;code&#96;&#60;b&#62;&#64;everyone</code> | if an open fact turns out so |

      **Controls**: 1 of 2 required shown, 1 missing, 0 too much

      | Control | State | Because |
      | --- | --- | --- |
      | signed-audit | ✗ missing | shown by \`controls.signed-audit\` with \`evidence\` |
      | sandbox | ✓ in place | https:&#8203;//e.example/\\\\u{1b}\\[0m?q=1\\|2 |

      **To lower the tier, cheapest first:**

      1. **light**, about 0.3 more approvals a day: take <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;</code>code\`<b>@everyone\` away

      **Open questions, each with the tier if it and those above are answered safely:**

      1. does <code>evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;</code>code\`<b>@everyone\` read or write? (<code>effect of evil&#47;&#92;u&#123;1b&#125;&#91;2Jwipe&#124;&#96;code&#96;&#60;b&#62;&#64;everyone</code>) → **light**

      Next, to see the tier with your answers in the file: <code>stakes assess &#36;&#39;agents&#47;a b&#92;007&#59;rm &#45;rf&#92;342&#92;200&#92;256&#46;agent&#46;yaml&#39;</code>
      "
    `);
  });

  it('opens with a table when there are several agents', () => {
    expect(render(light, full).split('\n').slice(0, 7)).toMatchInlineSnapshot(`
      [
        "**2 agents**",
        "",
        "| Agent | Tier | Why |",
        "| --- | --- | --- |",
        "| \`release-scout\` | Light | every tool in its reach only reads public data |",
        "| \`refund-desk\` | Full zero trust | \`stripe/create_refund\` and 2 more tools land without a person |",
        "",
      ]
    `);
  });

  it('draws the tree from words of its own, whatever the names are', () => {
    const allowed = new Set(Object.values(all).flatMap((each) => drawings(render(each))));
    expect(allowed.size).toBeGreaterThan(4);
    fc.assert(
      fc.property(anyAssessment, (assessment) => {
        const found = drawings(render(assessment));
        expect(found).toHaveLength(1);
        expect(allowed).toContain(found[0]);
      }),
      { numRuns: Number(process.env.STAKES_CASES ?? 200) },
    );
  });

  it('draws no tree of each of many agents', () => {
    expect(drawings(render(...Array.from({ length: 9 }, () => full)))).toEqual([]);
  });

  it('lists what could not be read', () => {
    const errors = [{ code: 'not-found', message: 'no `a|b` here', file: 'a|b.yaml', help: 'ask @octocat' }];
    expect(
      format({ schema: 'stakes/assessment@1', results: [], errors }, contextOf(plainPaint)),
    ).toMatchInlineSnapshot(`
      "**Not assessed**: 1 error

      | Where | Error | What |
      | --- | --- | --- |
      | <code>a&#124;b&#46;yaml</code> | \`not-found\` | no <code>a&#124;b</code> here; ask @&#8203;octocat |
      "
    `);
  });

  it('holds no HTML, mention, link or table cell that a name brought in', () => {
    fc.assert(
      fc.property(anyAssessment, (assessment) => {
        for (const line of bare(render(assessment)).split('\n')) {
          expect(line).not.toMatch(/[<>](?!\s)[^ ]|@\w|#\d|\]\(|:\/\/|~~|`/);
          if (line.startsWith('|')) expect([3, 4, 5]).toContain(line.split('|').length - 2);
        }
      }),
      { numRuns: Number(process.env.STAKES_CASES ?? 200) },
    );
  });
});
