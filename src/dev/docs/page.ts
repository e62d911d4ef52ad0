import { markdown, table } from '../../report/markdown-text.ts';

export interface Page {
  path: string;
  content: string;
}

/** A page of the reference. `intro` is one paragraph of Markdown; the index shows its first sentence. */
export function page(name: string, title: string, intro: string, lines: readonly string[]): Page {
  const up = name.includes('/') ? '../' : '';
  const all = [`# ${title}`, '', intro, '', ...lines, '', `[All documents](${up}README.md)`, ''];
  const content = all.join('\n').replace(/\n{3,}/g, '\n\n');
  return { path: `docs/${name}.md`, content };
}

export function link(text: string, to: string): string {
  return `[${text}](${to})`;
}

export { markdown, table };
