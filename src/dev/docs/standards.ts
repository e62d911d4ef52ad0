import { framework as agentic } from '../../audit/pack/frameworks/owasp-agentic.ts';
import { ruleMetas } from '../../cli/rule-explanations.ts';
import { code } from '../../report/markdown-text.ts';
import { link, markdown, type Page, page, table } from './page.ts';

const PREFIX = agentic.source ?? '';

/** Which rules name which standard. */
export function standardsPage(): Page {
  const metas = ruleMetas();
  const rulesOf = (source: string) =>
    metas
      .filter(({ sources }) => sources.includes(source))
      .map(({ id }) => link(code(id), `rules/${id}.md`))
      .join(', ');
  const others = [...new Set(metas.flatMap(({ sources }) => sources))].filter((source) => !source.startsWith(PREFIX));
  return page(
    'standards',
    'Standards',
    'Which rules of the lint go with which risks of public standards. A rule that names a risk finds signs of it in a manifest; it does not mean that the risk is dealt with.',
    [
      `## ${link(agentic.title, agentic.url)}`,
      ...table(
        ['risk', 'title', 'rules'],
        agentic.requirements.map(({ id, title }) => [id, title, rulesOf(PREFIX + id) || 'none: no rule is about it']),
      ),
      '',
      '## Others',
      ...table(
        ['standard', 'rules'],
        others.sort().map((source) => [markdown(source), rulesOf(source)]),
      ),
    ],
  );
}
