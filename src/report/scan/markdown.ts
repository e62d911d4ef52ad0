import type { ScanReport } from '../../model/scan-report.ts';
import type { Format } from '../context.ts';
import { code, markdown, table } from '../markdown-text.ts';
import { manifestWords } from '../scan-manifests.ts';
import { deedOf, pinWord, tierWords, whyOf } from '../scan-words.ts';

export const format: Format<ScanReport> = ({ servers, changes, manifests, errors }) => {
  const tables = servers.flatMap(({ name, tools }) => [
    '',
    `### ${markdown(name)}`,
    ...table(
      ['tool', 'does', 'pin', 'why'],
      tools.map((tool) => [code(tool.name), deedOf(tool), pinWord(tool.pin), markdown(whyOf(tool))]),
    ),
  ]);
  const moved = changes.map(({ server, tool, change, says, tier }) => [
    code(`${server}/${tool}`),
    change,
    markdown([...says, ...tierWords(tier)].join('; ')),
  ]);
  return [
    '## Tools of MCP servers',
    ...tables,
    ...(moved.length > 0 ? ['', '### Not as it was pinned'] : []),
    ...table(['tool', 'change', 'what'], moved),
    ...(manifests.length > 0 ? ['', '### Manifests'] : []),
    ...table(
      ['manifest', 'agent', 'what'],
      manifests.map((one) => [code(one.file), code(one.agent), markdown(manifestWords(one).join('; '))]),
    ),
    ...(errors.length > 0 ? ['', '### Not scanned', ''] : []),
    ...errors.map(({ message, help }) => `- ${markdown(message)}${help === undefined ? '' : ` (${markdown(help)})`}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
};
