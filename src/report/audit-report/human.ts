import type { AgentSummary, AuditSummaryReport, ToolTally } from '../../model/audit-summary.ts';
import {
  answerWords,
  decidedWords,
  headWords,
  highStakesWords,
  MOST_LISTED,
  outcomeWords,
  periodWords,
  stakesWord,
  usdWords,
  verdictWords,
} from '../audit-report-words.ts';
import type { Format, ReportContext } from '../context.ts';
import { row } from '../row.ts';
import { shown } from '../shown.ts';
import { count, firstOf, prose } from '../words.ts';
import { wrap } from '../wrap.ts';

/** One page: each agent, then what the answer stands on. */
export const format: Format<AuditSummaryReport> = (report, context) => {
  const { agents, logs, calls, policies } = report;
  if (calls === 0 && agents.length === 0) return 'no call in this time\n';
  const line = (label: string, text: string) => row({ label: { text: label }, text: [prose(text)] }, context);
  const unknown = policies.filter(({ file, calls: some }) => file === null && some > 0);
  const foot = [
    ...logs.flatMap(({ path, lines, verdict }) =>
      line('records', `${shown(path, 200)}: ${count(lines, 'line')}, ${verdictWords(verdict)}`),
    ),
    ...(unknown.length > 0
      ? line(
          'policies',
          `${count(unknown.length, 'policy', 'policies')} that decided calls and ${unknown.length === 1 ? 'was' : 'were'} not given`,
        )
      : []),
  ];
  const head = wrap([{ text: `What agents did ${periodWords(report)}`, style: 'strong' }], context);
  const blocks = agents.map((agent) => blockOf(agent, context));
  return `${[head, ...blocks, foot].map((lines) => lines.join('\n')).join('\n\n')}\n`;
};

function blockOf(agent: AgentSummary, context: ReportContext): string[] {
  const { decisions, outcomes, highStakes, usd, shadow, others } = agent;
  const line = (label: string, text: string, style?: 'warn') =>
    row({ label: { text: label, ...(style ? { style } : {}) }, text: [prose(text)] }, context);
  const head = wrap([headWords(agent)], {
    ...context,
    first: [{ text: shown(agent.agent, 100), style: 'strong' }, '  '],
    rest: ['  '],
  });
  if (agent.calls === 0) return [...head, ...quietLines(agent, line)];
  const spent = `${usdWords(usd.settled)}${usd.open > 0 ? `; ${usdWords(usd.open)} set aside for calls without an outcome` : ''}`;
  const refused = firstOf(agent.denials, MOST_LISTED);
  return [
    ...head,
    ...line('decided', decidedWords(decisions)),
    ...line('became', outcomeWords(outcomes)),
    ...line('high-stakes', highStakesWords(highStakes), highStakes.unknown > 0 ? 'warn' : undefined),
    ...(usd.settled + usd.open > 0 ? line('spent', spent) : []),
    ...(shadow > 0 ? line('shadow', `${count(shadow, 'call')} that a gate in shadow mode did not stop`, 'warn') : []),
    ...listed(agent.tools, 'tools', 'more tool', toolWords, line),
    ...listed(agent.approvals, 'asked', 'more approver', answerWords, line),
    ...(refused.items.length > 0
      ? line('refused', refused.items.map(({ rule, calls }) => `${shown(rule, 60)} ${calls}`).join(', '))
      : []),
    ...quietLines(agent, line),
    ...(others > 0 ? line('others', `${others} that are not counted one by one`) : []),
  ];
}

type Line = (label: string, text: string) => string[];

function listed<T>(all: readonly T[], label: string, more: string, words: (item: T) => string, line: Line): string[] {
  const some = firstOf(all, MOST_LISTED);
  return [
    ...some.items.flatMap((item, index) => line(index === 0 ? label : '', words(item))),
    ...(some.more > 0 ? line('', `and ${count(some.more, more)}`) : []),
  ];
}

function toolWords(tool: ToolTally): string {
  const stakes = stakesWord(tool);
  const spent = tool.usd > 0 ? `, ${usdWords(tool.usd)}` : '';
  return `${shown(tool.tool, 100)}: ${decidedWords(tool.decisions)}${spent}${stakes === 'high-stakes' ? ' (high-stakes)' : ''}`;
}

function quietLines({ quiet }: AgentSummary, line: Line): string[] {
  if (quiet === null) return line('quiet', 'no policy of this agent was given, so nobody knows (`--policy`)');
  if (quiet.length === 0) return line('quiet', 'every tool that it may call was called');
  const some = firstOf(quiet, MOST_LISTED);
  const more = some.more > 0 ? `, and ${some.more} more` : '';
  return line('quiet', `may call and did not: ${some.items.map((tool) => shown(tool, 100)).join(', ')}${more}`);
}
