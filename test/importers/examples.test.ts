import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/import/assemble.ts';
import { findFiles } from '../../src/import/find.ts';
import { manifestOf, manifestText } from '../../src/import/write.ts';
import { IMPORT_SCOPES, type ImportExample, type Importer, type Part } from '../../src/importers/define.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { readAgents } from '../../src/manifest/read-agents.ts';
import type { Problem } from '../../src/model/place.ts';
import { filesIn } from './files.ts';

/** What one importer makes of an example. */
function readBy(importer: Importer, { files }: ImportExample): { parts: Part[]; problems: Problem[] } {
  const from = filesIn(files);
  const bounds = { from, cwd: '/project', within: '/project', follow: false };
  const all = IMPORT_SCOPES.flatMap((scope) => findFiles('/project', [importer], scope, bounds).files);
  // A file that several scopes know is read as the one that names most of its path.
  const found = [
    ...new Map(all.sort((a, b) => b.folder.length - a.folder.length).map((file) => [file.path, file])).values(),
  ];
  const readings = found.map(({ path, folder }) => {
    const file = path.replace('/project/', '');
    const text = from.read(path, file);
    if (text.state !== 'ok') throw new Error(`no text for ${file}`);
    const home = folder === '' ? '/project' : `/project/${folder}`;
    const beside = (other: string) => from.read(`${home}/${other}`, other);
    return importer.read({ file, folder, path: path.slice(home.length + 1), text: text.value, beside });
  });
  return { parts: readings.flatMap(({ parts }) => parts), problems: readings.flatMap(({ problems }) => problems) };
}

for (const importer of importers) {
  describe(importer.id, () => {
    test('has examples of what is well formed and of what is broken', () => {
      expect(importer.examples.some(({ problems }) => (problems ?? []).length > 0)).toBe(true);
      expect(importer.examples.some(({ parts }) => parts.length > 0)).toBe(true);
    });

    for (const example of importer.examples) {
      test(example.shows, () => {
        const { parts, problems } = readBy(importer, example);
        expect(parts.map(({ from, ...part }) => part)).toEqual(example.parts);
        expect(problems.map(({ code }) => code)).toEqual(example.problems ?? []);
        for (const problem of problems) expect(problem.place ?? problem.file, problem.code).toBeDefined();
        for (const { said, from } of parts)
          for (const pointer of Object.keys(from)) expect(hasPointer(said, pointer), pointer).toBe(true);
      });

      test(`${example.shows}: what is written is a manifest`, () => {
        const drafts = assemble(readBy(importer, example).parts, 'project');
        for (const draft of drafts) {
          const text = manifestText(
            manifestOf(draft, (id) => `./${id}.agent.yaml`),
            draft,
            './schema.json',
          );
          const read = readAgents(`${draft.id}.agent.yaml`, text);
          expect(read.state === 'ok' ? [] : read.problems.map(({ message }) => message)).toEqual([]);
        }
      });
    }
  });
}

function hasPointer(value: unknown, pointer: string): boolean {
  let current = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return false;
    current = (current as Record<string, unknown>)[key];
  }
  return true;
}
