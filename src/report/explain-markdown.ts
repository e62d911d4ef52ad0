import type { Explanation } from './explain.ts';
import { code, markdown } from './markdown-text.ts';

/** One thing as a page. */
export function explanationPage({ kind, id, title, facts, examples, sources }: Explanation, level = 1): string[] {
  const mark = '#'.repeat(level);
  return [
    `${mark} ${code(id)}`,
    '',
    `A ${kind}: ${markdown(title)}${title.endsWith('?') ? '' : '.'}`,
    '',
    ...facts.map(({ name, text }) => `- **${markdown(name)}**: ${markdown(text)}`),
    ...(sources.length === 0 ? [] : [`- **sources**: ${sources.map(markdown).join('; ')}`]),
    ...examples.flatMap((example) => [
      '',
      `${mark}# ${capital(markdown(example.title))}`,
      '',
      '```yaml',
      example.manifest.trim(),
      '```',
    ]),
  ];
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
