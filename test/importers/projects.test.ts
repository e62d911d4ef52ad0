import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { collectWith } from '../../src/cli/collect.ts';
import { planOf } from '../../src/import/plan.ts';
import { importFrom } from '../../src/import/run.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { onDisk } from '../../src/source/files.ts';

const PROJECTS = resolve('fixtures/import');

/** Everything an import of the folder would write, with the tiers and what is told. */
function outcomeOf(root: string): string {
  // What servers are known to do has tests of its own, and changes with what is known.
  const { drafts, problems } = importFrom(root, { cwd: root, from: onDisk, importers, catalog: false });
  const { planned, problems: more } = planOf(drafts, {
    root,
    cwd: root,
    from: onDisk,
    schema: './agent.schema.json',
    scope: 'project',
  });
  const overlay = new Map(planned.map(({ shown, text }) => [shown, text]));
  const { agents } = collectWith(
    planned.map(({ path }) => path),
    root,
    { overlay },
  );
  const tiers = planned.map(({ shown }) => {
    const agent = agents.find(({ file }) => file === shown);
    const assessment = agent ? assess(agent) : undefined;
    return `${shown}: ${assessment ? `${assessment.floor} … ${assessment.ceiling}` : 'not a manifest'}`;
  });
  const told = [...problems, ...more].map(
    ({ code, place }) => `${code} ${place?.file}:${place?.line}:${place?.column}`,
  );
  return [...tiers, '', ...told, '', ...planned.flatMap(({ shown, text }) => [`--- ${shown}`, text])].join('\n');
}

describe('projects as people have them', () => {
  test('have traps that editors and version control take away: ends of lines, and marks at the start', () => {
    const texts = readdirSync(PROJECTS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(texts.filter((text) => /\r\n/.test(text))).toHaveLength(4);
    expect(texts.filter((text) => text.startsWith('\uFEFF'))).toHaveLength(3);
  });

  for (const name of readdirSync(PROJECTS)) {
    test(name, async () => {
      const outcome = outcomeOf(join(PROJECTS, name));
      expect(outcome).not.toMatch(/not a manifest|importer-failed/);
      await expect(outcome).toMatchFileSnapshot(`projects/${basename(name)}.txt`);
    });
  }
});
