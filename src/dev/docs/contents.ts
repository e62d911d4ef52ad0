import { lexer, type Tokens } from 'marked';
import { link, type Page } from './page.ts';

/** What a reader meets first; pages that are not named come last, by their names. */
const GROUPS: readonly { title: string; pages: readonly string[] }[] = [
  { title: 'Start here', pages: ['tutorial', 'gate', 'model', 'limits'] },
  {
    title: 'Look up',
    pages: [
      'commands',
      'schema',
      'tiers',
      'controls',
      'questions',
      'rules/README',
      'targets',
      'importers',
      'standards',
      'output',
      'roi-inputs',
    ],
  },
  {
    title: 'For a team',
    pages: ['configuration', 'ci', 'editors', 'approvals', 'machines', 'audit', 'tune', 'tokens', 'roi'],
  },
];

/** `docs/README.md`: every page with its first sentence. */
export function contentsPage(pages: readonly Page[]): Page {
  const known = new Map(pages.map(({ path, content }) => [path.replace(/^docs\/|\.md$/g, ''), content]));
  const named = GROUPS.flatMap((group) => group.pages);
  const missing = named.find((name) => !known.has(name));
  if (missing !== undefined) throw new Error(`there is no docs/${missing}.md`);
  const rest = [...known.keys()].filter((name) => !name.includes('/') && name !== 'README' && !named.includes(name));
  const groups = [...GROUPS, { title: 'More', pages: rest.sort() }].filter((group) => group.pages.length > 0);
  const lines = groups.flatMap(({ title, pages: names }) => [
    `## ${title}`,
    '',
    ...names.map((name) => item(name, known.get(name) ?? '')),
    '',
  ]);
  const intro =
    'The [README](../README.md) shows what Stakes is in five minutes. Every page here is checked: what can be generated is, every command is run again with each change, and every link leads somewhere.';
  return { path: 'docs/README.md', content: ['# Documents', '', intro, '', ...lines].join('\n') };
}

function item(name: string, content: string): string {
  const tokens = lexer(content);
  const title = (tokens.find(({ type }) => type === 'heading') as Tokens.Heading | undefined)?.text ?? name;
  const first = (tokens.find(({ type }) => type === 'paragraph') as Tokens.Paragraph | undefined)?.text ?? '';
  const sentence = /^.*?[.](?= |$)/.exec(first.replaceAll('\n', ' '))?.[0] ?? first;
  // Its links are relative to another folder.
  const plain = sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return `- ${link(title, `${name}.md`)}: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`;
}
