import { describe, expect, it } from 'vitest';
import type { DiffReport } from '../../model/diff.ts';
import { plainPaint } from '../context.ts';
import { added, busy, everything, fallen, removed, renamed, reportOf, risen, same } from '../diff.fixture.ts';
import { contextOf, markedPaint, unpainted, visible } from '../marked-paint.fixture.ts';
import { format } from './human.ts';

const print = (report: DiffReport, columns = 80) => format(report, contextOf(plainPaint, columns));
const first = (...agents: DiffReport['agents']) => print(reportOf(agents), 400).split('\n')[0];

describe('the first line', () => {
  it.each<[string, DiffReport['agents']]>([
    ['1 agent moves up: refund-desk from medium-plus to full', [risen]],
    ['1 of 3 agents moves up: refund-desk from medium-plus to full', [risen, same, same]],
    [
      '2 of 3 agents move up: refund-desk from medium-plus to full and pay from medium-plus to full; 1 moves down: refund-desk from full to medium-plus',
      [risen, { ...risen, agent: 'pay' }, fallen],
    ],
    ['1 of 3 agents is new: refund-desk at medium-plus; 1 is gone: refund-desk', [added, removed, same]],
    [
      "no agent's tier changes, but the reach of 1 of 2 agents does",
      [{ ...busy, tier: { base: 'full', head: 'full' } }, same],
    ],
    ["no agent's reach changes", [same]],
    ["no agent's reach changes", [{ ...same, was: { agent: 'refund-desk', file: 'old.yaml' } }]],
    ["no agent's reach changes", [renamed]],
    ['no agents to compare', []],
  ])('%s', (expected, agents) => {
    expect(first(...agents)).toBe(expected);
  });

  it('names a few of many', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...risen, agent: `desk-${index}` }));
    expect(first(...many)).toBe(
      '300 of 300 agents move up: desk-0 from medium-plus to full, desk-1 from medium-plus to full, desk-2 from medium-plus to full and 297 more',
    );
  });

  it('says that something could not be compared', () => {
    const errors = [{ code: 'x', message: 'y' }];
    expect(print(reportOf([same], { errors })).split('\n')[0]).toBe(
      "no agent's reach changes; 1 error, so not all was compared",
    );
    expect(print(reportOf([], { errors })).split('\n')[0]).toBe('nothing compared; 1 error');
  });
});

describe('what a change does to each agent, at 80 columns', () => {
  it('an agent that moves up', () => {
    expect(print(reportOf([risen, same, same]))).toMatchInlineSnapshot(`
      "1 of 3 agents moves up: refund-desk from medium-plus to full

      Refund desk (refund-desk) in refund-desk.agent.yaml:2
        moves from medium-plus to full, because \`gmail/send\` no longer asks
        ~ changed      gmail/send: no longer asks
        ~ approvals    about 42 a day → about 30 a day

      2 agents unchanged
      "
    `);
  });

  it('an agent that is new', () => {
    expect(print(reportOf([added]))).toMatchInlineSnapshot(`
      "1 agent is new: refund-desk at medium-plus

      Refund desk (refund-desk) in refund-desk.agent.yaml:2
        is new, at medium-plus
        ! disclosure   new: customers → strangers' text → gmail/send (asks)
        ! high-stakes  now stripe/list_charges: touches regulated data (\`customers\`)
                       (asks)
        ! high-stakes  now gmail/send: cannot be undone, exit of a disclosure path
                       (asks)
        + added        gmail/send: writes, cannot be undone, can send data anywhere
                       and asks
        + added        stripe/list_charges: reads and asks
        ~ approvals    about 42 a day
      "
    `);
  });

  it('an agent that is gone, and one that cannot be read any more', () => {
    const unread = { ...removed, change: 'changed' as const, agent: 'broken' };
    expect(print(reportOf([removed, unread, same]))).toMatchInlineSnapshot(`
      "1 of 3 agents is gone: refund-desk

      Refund desk (refund-desk) in refund-desk.agent.yaml:2
        is gone; it was at medium-plus

      Refund desk (broken) in refund-desk.agent.yaml:2
        cannot be read any more; it was at medium-plus

      1 agent unchanged
      "
    `);
  });

  it('a rename, in one line', () => {
    expect(print(reportOf([renamed]))).toBe("no agent's reach changes\n");
  });

  it('several causes', () => {
    const [cause] = risen.because;
    if (!cause) throw new Error('no cause');
    const because = Array.from({ length: 8 }, (_, index) => ({
      ...cause,
      pointer: `/limits/cap${index}`,
      from: index,
      to: index + 1,
    }));
    expect(
      print(reportOf([{ ...risen, because }]))
        .split('\n')
        .slice(3, 6),
    ).toMatchInlineSnapshot(`
      [
        "  moves from medium-plus to full, because \`limits.cap0\`: 0 → 1, \`limits.cap1\`: 1",
        "    → 2, \`limits.cap2\`: 2 → 3, \`limits.cap3\`: 3 → 4, \`limits.cap4\`: 4 → 5 and 3",
        "    more",
      ]
    `);
  });

  it('all there can be', () => {
    expect(print(everything)).toMatchInlineSnapshot(`
      "1 of 3 agents moves up: refund-desk from medium-plus to full; 1 error, so not
        all was compared
      settings, baseline, reviews and ignores are those of \`main\`

      Refund desk (refund-desk) in refund-desk.agent.yaml:2
        moves from medium-plus to full, because \`gmail/send\` no longer asks
        ~ changed      gmail/send: no longer asks
        ~ approvals    about 42 a day → about 30 a day
        ! ignored      a comment now ignores \`ungated-high-stakes\` at \`gmail/send\`,
                       because: the desk lead signs off each week
                       (refund-desk.agent.yaml:8:3)
        ! wider        the configuration ignores more of \`gated-read\`, because: tuning
                       (stakes.config.yaml:3:5)
        ✗ new          error[ungated-high-stakes]: \`stripe/create_refund\` cannot be
                       undone and no person approves it (too little control)
                       --> refund-desk.agent.yaml:9:17
                       help: set \`access: ask\` on this tool (about 12 approvals a
                       day), or bound it
        ! new          warning[gated-read]: a person approves every call of
                       \`stripe/list_charges\`, which only reads (too much control)
                       --> refund-desk.agent.yaml:10:48
                       help: set \`access: allow\` (safe fix: stakes lint --fix)
        ✓ fixed        warning[gated-read]: \`limits\` are not stated

      helpdesk in refund-desk.agent.yaml:2
        stays at medium-plus
        ! high-stakes  now stripe/refund: cannot be undone, high impact, touches
                       regulated data (\`customers\`) (asks)
        ✓ high-stakes  no longer zendesk/close
        + added        stripe/refund: writes, cannot be undone and asks
        - removed      zendesk/close
        ~ setting      \`notes\` is confidential now (was internal)
        ~ setting      \`limits.usdPerDay\`: 25 → 250
        ~ setting      \`limits.turnsPerSession\`: not set → 9
        ~ approvals    not known → about 46 a day

      this change hides 1 finding that \`main\` would show
        ✗ hidden       error[ungated-high-stakes]: \`gmail/send\` can carry \`customers\`
                       out (too little control)
                       --> refund-desk.agent.yaml:9:17
                       help: set \`access: ask\` on this tool (about 12 approvals a
                       day), or bound it

      Besides the agents
        ! loosened     \`ungated-high-stakes\` is a note now, and was an error
                       (stakes.config.yaml:2)
        ! wider        the configuration ignores more of \`gated-read\`, because: tuning
                       (stakes.config.yaml:3:5)
        ! new          warning[loosened-rule]: a person approves every call of
                       \`stripe/list_charges\`, which only reads (too much control)
                       --> stakes.config.yaml:10:48
                       help: set \`access: allow\` (safe fix: stakes lint --fix)

      1 agent unchanged

      error[unknown-key]: no key \`toolz\`
        --> broken.agent.yaml
         = help: write \`tools\`
      "
    `);
  });

  it('with paint', () => {
    expect(visible(format(everything, contextOf(markedPaint)))).toMatchInlineSnapshot(`
      "<bad:1 of 3 agents moves up: refund-desk from medium-plus to full; 1 error, so not>
        <bad:all was compared>
      <dim:settings, baseline, reviews and ignores are those of \`main\`>

      <strong:Refund desk (refund-desk)> in <dim:refund-desk.agent.yaml:2>
        <bad:moves from medium-plus to full>, because \`gmail/send\` no longer asks
        ~ changed      <strong:gmail/send>: no longer asks
        ~ approvals    about 42 a day → about 30 a day
        <warn:!> <warn:ignored>      a comment now ignores \`ungated-high-stakes\` at \`gmail/send\`,
                       because: the desk lead signs off each week
                       <dim:(refund-desk.agent.yaml:8:3)>
        <warn:!> <warn:wider>        the configuration ignores more of \`gated-read\`, because: tuning
                       <dim:(stakes.config.yaml:3:5)>
        <bad:✗> <bad:new>          <bad:error[ungated-high-stakes]>: \`stripe/create_refund\` cannot be
                       undone and no person approves it <dim:(too little control)>
                       <note:-->> refund-desk.agent.yaml:9:17
                       <strong:help:> set \`access: ask\` on this tool (about 12 approvals a
                       day), or bound it
        <warn:!> <warn:new>          <warn:warning[gated-read]>: a person approves every call of
                       \`stripe/list_charges\`, which only reads <dim:(too much control)>
                       <note:-->> refund-desk.agent.yaml:10:48
                       <strong:help:> set \`access: allow\` (safe fix: stakes lint --fix)
        <good:✓> <good:fixed>        warning[gated-read]: \`limits\` are not stated

      <strong:helpdesk> in <dim:refund-desk.agent.yaml:2>
        <note:stays at medium-plus>
        <warn:!> <warn:high-stakes>  now <strong:stripe/refund>: cannot be undone, high impact, touches
                       regulated data (\`customers\`) (asks)
        <good:✓> <good:high-stakes>  no longer <strong:zendesk/close>
        + added        <strong:stripe/refund>: writes, cannot be undone and asks
        - removed      <strong:zendesk/close>
        ~ setting      \`notes\` is confidential now (was internal)
        ~ setting      \`limits.usdPerDay\`: 25 → 250
        ~ setting      \`limits.turnsPerSession\`: not set → 9
        ~ approvals    not known → about 46 a day

      <bad:this change hides 1 finding that \`main\` would show>
        <bad:✗> <bad:hidden>       <bad:error[ungated-high-stakes]>: \`gmail/send\` can carry \`customers\`
                       out <dim:(too little control)>
                       <note:-->> refund-desk.agent.yaml:9:17
                       <strong:help:> set \`access: ask\` on this tool (about 12 approvals a
                       day), or bound it

      <strong:Besides the agents>
        <warn:!> <warn:loosened>     \`ungated-high-stakes\` is a note now, and was an error
                       <dim:(stakes.config.yaml:2)>
        <warn:!> <warn:wider>        the configuration ignores more of \`gated-read\`, because: tuning
                       <dim:(stakes.config.yaml:3:5)>
        <warn:!> <warn:new>          <warn:warning[loosened-rule]>: a person approves every call of
                       \`stripe/list_charges\`, which only reads <dim:(too much control)>
                       <note:-->> stakes.config.yaml:10:48
                       <strong:help:> set \`access: allow\` (safe fix: stakes lint --fix)

      <dim:1 agent unchanged>

      <bad:error[unknown-key]><strong:: no key \`toolz\`>
        <note:-->> broken.agent.yaml
         <note:=> <strong:help:> write \`tools\`
      "
    `);
    expect(unpainted(format(everything, contextOf(markedPaint)))).toBe(print(everything));
  });

  it('hundreds of agents, of which as many are told as somebody reads', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...risen, agent: `desk-${index}` }));
    const text = print(reportOf(many));
    expect(text.match(/moves from medium-plus to full, because/g)).toHaveLength(50);
    expect(text).toContain('\nand 250 more agents that changed: `stakes diff main --format json`\n');
  });
});
