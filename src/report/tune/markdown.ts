import type { TuneAgent, TuneProposal, TuneReport } from '../../model/tune.ts';
import type { Format } from '../context.ts';
import { code, markdown, table } from '../markdown-text.ts';
import { effectWords, heldByReason, leftOutWords, recordWords, strangerWords, togetherWords } from '../tune-words.ts';

/** For a pull request that tunes a manifest. */
export const format: Format<TuneReport> = (report) => {
  const { agents, proposals, held, strangers, errors } = report;
  const counted = agents.filter(({ calls }) => calls > 0);
  return `${[
    '# What the records say about the grants',
    ...counted.flatMap((agent) =>
      blockOf(
        agent,
        proposals.filter((each) => each.agent === agent.agent),
      ),
    ),
    ...(proposals.length > 0 ? ['', `All together: ${markdown(togetherWords(report))}.`] : []),
    ...listed(
      'Held back',
      heldByReason(held).map(({ reason, items }) => `${items.map(({ text }) => text).join('; ')}: ${reason}`),
    ),
    ...listed('On record, and in no manifest here', strangers.map(strangerWords)),
    ...listed(
      'Not read',
      errors.map(({ message }) => message),
    ),
  ].join('\n')}\n`;
};

function blockOf(agent: TuneAgent, proposals: readonly TuneProposal[]): string[] {
  return [
    '',
    `## ${code(agent.agent)}`,
    '',
    `${code(agent.file)}: ${markdown([recordWords(agent), ...leftOutWords(agent)].join('; '))}.`,
    ...(proposals.length === 0 ? ['', 'Nothing to propose.'] : []),
    ...table(
      ['', 'change', 'evidence', 'not on record', 'effect'],
      proposals.map((each) => [
        each.direction,
        markdown(each.text),
        markdown(each.because),
        markdown(each.unknown.join('; ')),
        markdown(effectWords(each)),
      ]),
    ),
  ];
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `## ${title}`, '', ...items.map((text) => `- ${markdown(text)}`)];
}
