import { describe, expect, it } from 'vitest';
import type { DiffReport } from '../../model/diff.ts';
import { plainPaint } from '../context.ts';
import { added, busy, everything, fallen, removed, renamed, reportOf, risen, same } from '../diff.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { format } from './markdown.ts';

const print = (report: DiffReport) => format(report, contextOf(plainPaint));

describe('the comment on a pull request', () => {
  it('of an agent that moves up', () => {
    expect(print(reportOf([risen, same]))).toMatchInlineSnapshot(`
      "<!-- stakes diff -->

      ### 1 of 2 agents moves up: \`refund-desk\` from medium-plus to full

      ---

      ⬆️ \`refund-desk\` moves from **medium-plus** to **full**, because \`gmail/send\` no longer asks. (\`refund-desk.agent.yaml:2\`)

      - **Approvals**: about 42 a day → about 30 a day

      **Tools**: 1 changed

      |  | Tool | What |
      | --- | --- | --- |
      | changed | \`gmail/send\` | no longer asks |

      <sub>1 agent unchanged.</sub>
      "
    `);
  });

  it('of agents that are new, gone and lower', () => {
    expect(print(reportOf([added, fallen, removed, { ...removed, agent: 'other' }]))).toMatchInlineSnapshot(`
      "<!-- stakes diff -->

      ### 1 of 4 agents is new: \`refund-desk\` at medium-plus; 1 moves down: \`refund-desk\` from full to medium-plus; 2 are gone: \`refund-desk\` and \`other\`

      ---

      🆕 \`refund-desk\` is new, at **medium-plus**. (\`refund-desk.agent.yaml:2\`)

      - **New disclosure path**: \`customers\` → strangers' text → \`gmail/send\` (asks)
      - **Now high-stakes**: \`stripe/list_charges\` (asks): touches regulated data (\`customers\`)
      - **Now high-stakes**: \`gmail/send\` (asks): cannot be undone, exit of a disclosure path
      - **Approvals**: about 42 a day

      **Tools**: 2 added

      |  | Tool | What |
      | --- | --- | --- |
      | added | \`gmail/send\` | writes, cannot be undone, can send data anywhere and asks |
      | added | \`stripe/list_charges\` | reads and asks |

      ---

      ⬇️ \`refund-desk\` moves from **full** to **medium-plus**, because \`gmail/send\` asks now. (\`refund-desk.agent.yaml:2\`)

      - **Approvals**: about 30 a day → about 42 a day

      **Tools**: 1 changed

      |  | Tool | What |
      | --- | --- | --- |
      | changed | \`gmail/send\` | asks now |

      ---

      ➖ \`refund-desk\` is gone; it was at **medium-plus**. (\`refund-desk.agent.yaml:2\`)

      ➖ \`other\` is gone; it was at **medium-plus**. (\`refund-desk.agent.yaml:2\`)
      "
    `);
  });

  it('is a line where nothing changes, and where something got another name', () => {
    for (const still of [[same], [renamed], [{ ...same, was: { agent: 'refund-desk', file: 'old.yaml' } }]])
      expect(print(reportOf(still))).toBe("<!-- stakes diff -->\n\nNo agent's reach changes.\n");
  });

  it('of all there can be', () => {
    expect(print(everything)).toMatchInlineSnapshot(`
      "<!-- stakes diff -->

      ### 1 of 3 agents moves up: \`refund-desk\` from medium-plus to full; 1 error, so not all was compared

      **What could not be compared**

      - ❌ error: no key \`toolz\` (\`broken.agent.yaml\`)

      > ⚠️ **This change hides 1 finding that \`main\` would show**

      - **❌ error**: \`gmail/send\` can carry \`customers\` out (\`refund-desk.agent.yaml:9\`, \`ungated-high-stakes\`, too little control)
        - help: set \`access: ask\` on this tool (about 12 approvals a day), or bound it

      **Settings that hold less than they did**

      - ⚠️ \`ungated-high-stakes\` is a note now, and was an error (\`stakes.config.yaml:2\`)

      **Findings that are held back now**

      - ⚠️ the configuration ignores more of \`gated-read\`, because: tuning (\`stakes.config.yaml:3:5\`)

      **1 new finding**

      - **⚠️ warning**: a person approves every call of \`stripe/list_charges\`, which only reads (\`stakes.config.yaml:10\`, \`loosened-rule\`, too much control)
        - help: set \`access: allow\` (safe fix: stakes lint --fix)

      ---

      ⬆️ \`refund-desk\` moves from **medium-plus** to **full**, because \`gmail/send\` no longer asks. (\`refund-desk.agent.yaml:2\`)

      - **Approvals**: about 42 a day → about 30 a day

      **Tools**: 1 changed

      |  | Tool | What |
      | --- | --- | --- |
      | changed | \`gmail/send\` | no longer asks |

      **Findings that are held back now**

      - ⚠️ a comment now ignores \`ungated-high-stakes\` at \`gmail/send\`, because: the desk lead signs off each week (\`refund-desk.agent.yaml:8:3\`)
      - ⚠️ the configuration ignores more of \`gated-read\`, because: tuning (\`stakes.config.yaml:3:5\`)

      **2 new findings**

      - **❌ error**: \`stripe/create_refund\` cannot be undone and no person approves it (\`refund-desk.agent.yaml:9\`, \`ungated-high-stakes\`, too little control)
        - help: set \`access: ask\` on this tool (about 12 approvals a day), or bound it
      - **⚠️ warning**: a person approves every call of \`stripe/list_charges\`, which only reads (\`refund-desk.agent.yaml:10\`, \`gated-read\`, too much control)
        - help: set \`access: allow\` (safe fix: stakes lint --fix)

      **1 finding fixed**

      - ✅ \`limits\` are not stated (\`gated-read\`)

      ---

      \`helpdesk\` stays at **medium-plus**. (\`refund-desk.agent.yaml:2\`)

      - **Now high-stakes**: \`stripe/refund\` (asks): cannot be undone, high impact, touches regulated data (\`customers\`)
      - **No longer high-stakes**: \`zendesk/close\`
      - **Approvals**: not known → about 46 a day

      **Tools**: 1 added, 1 removed

      |  | Tool | What |
      | --- | --- | --- |
      | added | \`stripe/refund\` | writes, cannot be undone and asks |
      | removed | \`zendesk/close\` |  |

      **Settings**

      - \`notes\` is confidential now (was internal)
      - \`limits.usdPerDay\`: 25 → 250
      - \`limits.turnsPerSession\`: not set → 9

      <sub>1 agent unchanged. Settings, baseline, reviews and ignores are those of \`main\`.</sub>
      "
    `);
  });

  it('folds long tables, the worst first', () => {
    const reads = Array.from({ length: 8 }, (_, index) => ({
      ...busy.tools.added[0],
      tool: `crm/list_${index}`,
      effect: 'read',
      reversible: null,
      highStakes: false,
    })) as typeof busy.tools.added;
    const text = print(reportOf([{ ...busy, tools: { ...busy.tools, added: [...reads, ...busy.tools.added] } }]));
    expect(text).toContain(
      '\n<details><summary>Tools: 9 added, 1 removed</summary>\n\n|  | Tool | What |\n| --- | --- | --- |\n| added | `stripe/refund` |',
    );
    expect(text).toMatch(/\n\n<\/details>\n/);
  });
});
