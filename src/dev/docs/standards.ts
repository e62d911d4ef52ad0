import { ruleMetas } from '../../cli/rule-explanations.ts';
import { code } from '../../report/markdown-text.ts';
import { link, markdown, type Page, page, table } from './page.ts';

/** OWASP Top 10 for Agentic Applications 2026: every risk, so that those without a rule show. */
const AGENTIC: Readonly<Record<string, string>> = {
  ASI01: 'Agent Goal Hijack',
  ASI02: 'Tool Misuse and Exploitation',
  ASI03: 'Identity and Privilege Abuse',
  ASI04: 'Agentic Supply Chain Vulnerabilities',
  ASI05: 'Unexpected Code Execution',
  ASI06: 'Memory and Context Poisoning',
  ASI07: 'Insecure Inter-Agent Communication',
  ASI08: 'Cascading Failures',
  ASI09: 'Human-Agent Trust Exploitation',
  ASI10: 'Rogue Agents',
};
const PREFIX = 'OWASP Agentic ';
const LIST = 'https://genai.owasp.org/resource/owasp-top-10-for-agentic-applications-for-2026/';

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
      `## ${link('OWASP Top 10 for Agentic Applications 2026', LIST)}`,
      ...table(
        ['risk', 'title', 'rules'],
        Object.entries(AGENTIC).map(([id, title]) => [id, title, rulesOf(PREFIX + id) || 'none: no rule is about it']),
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
