import type { AgentSummary, AuditSummaryReport } from '../../model/audit-summary.ts';
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
import type { Format } from '../context.ts';
import { code, markdown, table } from '../markdown-text.ts';
import { count, firstOf } from '../words.ts';

/** One page for a person who was not there. */
export const format: Format<AuditSummaryReport> = (report) => {
  const { agents, logs, policies } = report;
  const lines = [
    '# What agents did',
    '',
    `${count(report.calls, 'call')} ${periodWords(report)}.`,
    ...agents.flatMap(section),
    '',
    '## What this stands on',
    ...table(
      ['records', 'lines', 'calls', 'verification'],
      logs.map(({ path, lines, calls, verdict }) => [code(path), String(lines), String(calls), verdictWords(verdict)]),
    ),
    ...table(
      ['policy', 'file', 'calls'],
      policies.map(({ digest, file, calls }) => [
        code(digest.slice(0, 19)),
        file === null ? 'not given' : code(file),
        String(calls),
      ]),
    ),
    ...(report.remarks.length > 0
      ? [
          '',
          ...report.remarks.map(
            ({ code: id, message, count: times }) => `- ${code(id)} (${times}): ${markdown(message)}`,
          ),
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
};

function section(agent: AgentSummary): string[] {
  const tools = firstOf(agent.tools, MOST_LISTED);
  const { decisions, outcomes, highStakes, usd, shadow, quiet, others } = agent;
  return [
    '',
    `## ${markdown(agent.agent)}`,
    '',
    `${markdown(headWords(agent))}.`,
    ...(agent.calls === 0
      ? []
      : table(
          ['what', 'how much'],
          [
            ['decided', decidedWords(decisions)],
            ['became', outcomeWords(outcomes)],
            ['high-stakes', markdown(highStakesWords(highStakes))],
            ['spent', `${usdWords(usd.settled)}, and ${usdWords(usd.open)} set aside for calls without an outcome`],
            ...(shadow > 0 ? [['not stopped, in shadow mode', count(shadow, 'call')]] : []),
            ...(others > 0 ? [['not counted one by one', String(others)]] : []),
          ],
        )),
    ...table(
      ['tool', 'calls', 'decided', 'spent', 'stakes'],
      tools.items.map((tool) => [
        code(tool.tool),
        String(tool.calls),
        decidedWords(tool.decisions),
        usdWords(tool.usd),
        stakesWord(tool),
      ]),
    ),
    ...(tools.more > 0 ? ['', `And ${count(tools.more, 'more tool')}.`] : []),
    ...bullets('Who answered', agent.approvals.map(answerWords)),
    ...bullets(
      'Refused',
      agent.denials.map(({ rule, calls }) => `${rule}: ${count(calls, 'call')}`),
    ),
    ...(quiet === null
      ? ['', 'No policy of this agent was given, so its quiet tools are not known.']
      : bullets(
          'May call and did not',
          quiet.map((tool) => `\`${tool.replaceAll('`', '')}\``),
        )),
  ];
}

function bullets(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const some = firstOf(items, MOST_LISTED);
  return [
    '',
    `${title}:`,
    '',
    ...some.items.map((item) => `- ${markdown(item)}`),
    ...(some.more > 0 ? [`- and ${some.more} more`] : []),
  ];
}
