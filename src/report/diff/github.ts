import type { AgentDiff, DiffReport } from '../../model/diff.ts';
import type { Format } from '../context.ts';
import { named, quoted } from '../diff-value-words.ts';
import { causeWords, ignoreWords, isTold, moveOf, tierMove } from '../diff-words.ts';
import { bySeverity } from '../lint-words.ts';
import { findingCommand, problemCommand, workflowCommand } from '../workflow-command.ts';

/** Beside the lines of a pull request: what went up or shows less first, as only so many are drawn. */
export const format: Format<DiffReport> = (report) => {
  const { agents, findings, ignores, silenced, loosened, errors, trusted, base } = report;
  const told = agents.filter(isTold);
  const found = [...told.flatMap((agent) => agent.findings.new), ...findings.new];
  const hidden = `hidden by this change; \`${named(trusted ?? base)}\` would show it`;
  const commands = [
    ...errors.map(problemCommand),
    ...told.flatMap(riseCommand),
    ...bySeverity(silenced).map((finding) => findingCommand(finding, [hidden])),
    ...loosened.map(({ message, file, place }) => workflowCommand('warning', 'loosened', [message], file, place)),
    ...[...told.map((agent) => agent.ignores), ignores].flatMap(ignoreCommands),
    ...bySeverity(found).map((finding) => findingCommand(finding)),
  ];
  return commands.map((line) => `${line}\n`).join('');
};

/** Beside the first line that made it so. */
function riseCommand(diff: AgentDiff): string[] {
  const move = moveOf(diff);
  if (move !== 'up' && !(move === 'new' && diff.tier.head !== 'light')) return [];
  const because = causeWords(diff);
  const words = `${quoted(diff.agent)} ${tierMove(diff, (tier) => tier)}${because === '' ? '' : `, because ${because}`}`;
  const at = diff.because.find(({ place }) => place !== undefined) ?? diff;
  return [workflowCommand('warning', move === 'up' ? 'tier-up' : 'new-agent', [words], at.file, at.place)];
}

function ignoreCommands({ new: added, wider }: AgentDiff['ignores']): string[] {
  return [
    ...added.map((ignore) => ({ ignore, words: ignoreWords(ignore, false) })),
    ...wider.map((ignore) => ({ ignore, words: ignoreWords(ignore, true) })),
  ].map(({ ignore: { file, place }, words }) =>
    workflowCommand('warning', 'ignored', [words], place?.file ?? file, place),
  );
}
