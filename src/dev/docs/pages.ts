import { readdirSync, readFileSync } from 'node:fs';
import { commandsPage } from './commands.ts';
import { contentsPage } from './contents.ts';
import { importersPage } from './importers.ts';
import { outputPage, outputsAmong } from './output.ts';
import type { Page } from './page.ts';
import { roiInputsPage } from './roi-inputs.ts';
import { schemaPage } from './schema.ts';
import { standardsPage } from './standards.ts';
import { targetPages } from './targets.ts';
import { freshPage } from './transcripts.ts';
import { vocabularyPages } from './vocabulary.ts';

/** Everything in `docs/` but the rules: generated pages, those that people write with what they really print, and the index. */
export async function docPages(files: readonly Page[]): Promise<Page[]> {
  const outputs = outputsAmong(files);
  const generated = [
    ...vocabularyPages(),
    commandsPage(outputs),
    outputPage(outputs),
    schemaPage(),
    importersPage(),
    standardsPage(),
    roiInputsPage(),
    ...(await targetPages()),
  ];
  const taken = new Set(generated.map(({ path }) => path));
  const written = writtenPages().filter(({ path }) => !taken.has(path));
  const fresh: Page[] = [];
  for (const { path, content } of [...generated, ...written]) fresh.push({ path, content: await freshPage(content) });
  const rules = files.filter(({ path }) => path.startsWith('docs/rules/'));
  return [...fresh, contentsPage([...fresh, ...rules])];
}

/** What lies directly in `docs/`: a page that a folder of pages belongs to is generated. */
function writtenPages(): Page[] {
  return readdirSync('docs')
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => ({ path: `docs/${name}`, content: readFileSync(`docs/${name}`, 'utf8') }));
}
