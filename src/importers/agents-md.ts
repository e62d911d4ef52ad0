import type { Place, Problem } from '../model/place.ts';
import { locator } from '../source/locate.ts';
import { holdsSecret } from '../source/secrets.ts';
import { defineImporter } from './define.ts';
import { stubOf } from './parts/stub.ts';

const HOST = 'agents-md';
const MOST_LINES = 20_000;
const MOST_TOLD = 20;

export const importer = defineImporter({
  id: 'agents-md',
  since: '0.1.0',
  title: 'AGENTS.md',
  about:
    'That a coding agent is meant to work here, where no other file tells of one. What it says is prose, of which nothing is taken; which program it is, and what that may do, is asked for.',
  files: { project: ['AGENTS.md'] },
  read({ file, folder, text }) {
    if (text.trim() === '') return { parts: [], problems: [] };
    const place: Place = { file, ...locator(text)(0, 0), document: 0, pointer: '' };
    const stub = stubOf({
      host: HOST,
      folder,
      place,
      where: 'They are those of the coding agent that works here',
      notes: ['which program reads AGENTS.md here, and who approves what it does, is in no file of this folder'],
    });
    return { parts: [{ ...stub, isHint: true }], problems: secretsIn(file, text) };
  },
  examples: [
    {
      shows: 'that somebody works here; what it says is not read',
      files: { 'shop/AGENTS.md': '# Shop\r\n\r\nYou may read everything and change nothing. Run `npm test`.\r\n' },
      parts: [
        {
          host: 'agents-md',
          folder: 'shop',
          isHint: true,
          said: { agent: {}, tools: { 'agents-md/*': {} } },
          notes: {
            '/tools/agents-md~1*':
              'which tools are these, and what does each do? They are those of the coding agent that works here: list them in place of `agents-md/*`',
            '/agent': 'which program reads AGENTS.md here, and who approves what it does, is in no file of this folder',
          },
        },
      ],
    },
    { shows: 'an empty one', files: { 'AGENTS.md': ' \n' }, parts: [] },
    {
      shows: 'a secret that every agent here is given: told by its place, and not taken over',
      files: { 'AGENTS.md': `# Setup\n\nUse the key ${'sk-proj-'}abcdefghijklmnopqrstuvwx.\n` },
      parts: [
        {
          host: 'agents-md',
          folder: '',
          isHint: true,
          said: { agent: {}, tools: { 'agents-md/*': {} } },
          notes: {
            '/tools/agents-md~1*':
              'which tools are these, and what does each do? They are those of the coding agent that works here: list them in place of `agents-md/*`',
            '/agent': 'which program reads AGENTS.md here, and who approves what it does, is in no file of this folder',
          },
        },
      ],
      problems: ['literal-secret'],
    },
  ],
});

/** Line by line: what is written here goes to a model, and to whoever reads the repository. */
function secretsIn(file: string, text: string): Problem[] {
  // A search of the whole is one step, and nearly always the last.
  if (!holdsSecret(text)) return [];
  const locate = locator(text);
  const problems: Problem[] = [];
  let start = 0;
  for (const line of text.split('\n', MOST_LINES)) {
    if (problems.length < MOST_TOLD && holdsSecret(line)) {
      const place = { file, ...locate(start, start + line.length), document: 0, pointer: '' };
      const message = 'a secret is written out on this line, where every agent that works here reads it';
      problems.push({ code: 'literal-secret', message, help: 'revoke it, and take it out', place });
    }
    start += line.length + 1;
  }
  return problems;
}
