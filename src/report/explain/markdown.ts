import type { Format } from '../context.ts';
import { byKind, type ExplainView } from '../explain.ts';
import { capital, explanationPage } from '../explain-markdown.ts';
import { code, markdown, table } from '../markdown-text.ts';

export const format: Format<ExplainView> = ({ results, list }) => {
  const lines = list
    ? byKind(results).flatMap(({ kind, results: some }, index) => [
        ...(index > 0 ? [''] : []),
        `# ${capital(kind)}s`,
        ...table(
          ['id', 'what it is'],
          some.map(({ id, title }) => [code(id), markdown(title)]),
        ),
      ])
    : results.flatMap((result, index) => [...(index > 0 ? [''] : []), ...explanationPage(result)]);
  return lines.map((line) => `${line}\n`).join('');
};
