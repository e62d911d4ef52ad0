import { describe, expect, it } from 'vitest';
import { plainPaint } from '../context.ts';
import { added, everything, fallen, reportOf, risen, same } from '../diff.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { format } from './github.ts';

const lines = (...args: Parameters<typeof reportOf>) => format(reportOf(...args), contextOf(plainPaint)).split('\n');

describe('notes beside the lines of a pull request', () => {
  it('stand where the change is that moved the tier', () => {
    expect(lines([risen])).toMatchInlineSnapshot(`
      [
        "::warning file=refund-desk.agent.yaml,line=8,endLine=8,col=101,endColumn=106,title=tier-up::\`refund-desk\` moves from medium-plus to full, because \`gmail/send\` no longer asks",
        "",
      ]
    `);
  });

  it('stand at a new agent', () => {
    expect(lines([added])).toMatchInlineSnapshot(`
      [
        "::warning file=refund-desk.agent.yaml,line=2,endLine=2,col=14,endColumn=25,title=new-agent::\`refund-desk\` is new, at medium-plus",
        "",
      ]
    `);
  });

  it('are silent where nothing goes up', () => {
    expect(lines([fallen, same])).toEqual(['']);
  });

  it('tell what cannot be compared, what went up and what is hidden before any finding', () => {
    expect(format(everything, contextOf(plainPaint)).split('\n')).toMatchInlineSnapshot(`
      [
        "::error file=broken.agent.yaml,title=unknown-key::no key \`toolz\`%0Ahelp: write \`tools\`",
        "::warning file=refund-desk.agent.yaml,line=8,endLine=8,col=101,endColumn=106,title=tier-up::\`refund-desk\` moves from medium-plus to full, because \`gmail/send\` no longer asks",
        "::error file=refund-desk.agent.yaml,line=9,endLine=9,col=17,endColumn=22,title=ungated-high-stakes::hidden by this change; \`main\` would show it%0A\`gmail/send\` can carry \`customers\` out%0Ahelp: set \`access: ask\` on this tool (about 12 approvals a day), or bound it",
        "::warning file=stakes.config.yaml,line=2,endLine=2,col=3,endColumn=9,title=loosened::\`ungated-high-stakes\` is a note now, and was an error",
        "::warning file=refund-desk.agent.yaml,line=8,endLine=8,col=3,endColumn=13,title=ignored::a comment now ignores \`ungated-high-stakes\` at \`gmail/send\`, because: the desk lead signs off each week",
        "::warning file=stakes.config.yaml,line=3,endLine=3,col=5,endColumn=20,title=ignored::the configuration ignores more of \`gated-read\`, because: tuning",
        "::warning file=stakes.config.yaml,line=3,endLine=3,col=5,endColumn=20,title=ignored::the configuration ignores more of \`gated-read\`, because: tuning",
        "::error file=refund-desk.agent.yaml,line=9,endLine=9,col=17,endColumn=22,title=ungated-high-stakes::\`stripe/create_refund\` cannot be undone and no person approves it%0Ahelp: set \`access: ask\` on this tool (about 12 approvals a day), or bound it",
        "::warning file=refund-desk.agent.yaml,line=10,endLine=10,col=48,endColumn=51,title=gated-read::a person approves every call of \`stripe/list_charges\`, which only reads%0Ahelp: set \`access: allow\` (safe fix: stakes lint --fix)",
        "::warning file=stakes.config.yaml,line=10,endLine=10,col=48,endColumn=51,title=loosened-rule::a person approves every call of \`stripe/list_charges\`, which only reads%0Ahelp: set \`access: allow\` (safe fix: stakes lint --fix)",
        "",
      ]
    `);
  });
});
