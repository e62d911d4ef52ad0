import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { planOf } from '../../src/import/plan.ts';
import { importFrom } from '../../src/import/run.ts';
import { manifestOf, manifestText } from '../../src/import/write.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { readAgents } from '../../src/manifest/read-agents.ts';
import { redactAll } from '../../src/source/secrets.ts';
import { holds } from '../arbitraries/cases.ts';
import { mutations, planted } from '../arbitraries/mutated.ts';
import { filesIn } from '../importers/files.ts';

type Texts = Readonly<Record<string, string>>;

const EXAMPLES: readonly Texts[] = importers.flatMap(({ examples }) => examples.map(({ files }) => files));

/** Some files of an importer's examples, one of which is changed. */
const changedFiles = (change: fc.Arbitrary<(text: string) => string>): fc.Arbitrary<Texts> =>
  fc.tuple(fc.constantFrom(...EXAMPLES), fc.nat(), change).map(([files, turn, by]) => {
    const names = Object.keys(files);
    const name = names[turn % names.length] ?? '';
    return { ...files, [name]: by(files[name] ?? '') };
  });

/** Everything that an import says and would write. */
function imported(files: Texts) {
  const from = filesIn(files);
  const { drafts, problems } = importFrom('/project', { cwd: '/project', from, importers, catalog: true });
  const plan = planOf(drafts, {
    root: '/project',
    cwd: '/project',
    scope: 'project',
    from,
    schema: './agent.schema.json',
  });
  return { drafts, problems: [...problems, ...plan.problems], planned: plan.planned };
}

let [slowest, what]: [number, string] = [0, ''];
afterAll(() => console.info(`the slowest took ${Math.round(slowest)} ms: ${what}`));

function timed<T>(files: Texts, run: () => T): T {
  const start = performance.now();
  const result = run();
  const took = performance.now() - start;
  if (took > slowest) [slowest, what] = [took, Object.keys(files).join(', ')];
  return result;
}

/** Alone: what its subagents can do would only raise it. */
function ceilingOf(draft: ReturnType<typeof imported>['drafts'][number]): string {
  const alone = { ...draft, subagents: [] };
  const text = manifestText(manifestOf(alone, String), alone, './agent.schema.json');
  const read = readAgents(`${draft.id}.agent.yaml`, text);
  if (read.state !== 'ok') throw new Error(`${read.problems[0]?.message}\n${text.slice(0, 2000)}`);
  const [agent] = read.value;
  return agent ? assess(agent).ceiling : 'nothing';
}

test('files that are broken in any way are told or read, as manifests that are never light', () => {
  holds(changedFiles(mutations), (files) => {
    const { drafts, problems } = timed(files, () => imported(files));
    expect(problems.map(({ code }) => code)).not.toContain('importer-failed');
    for (const draft of drafts) expect(['medium', 'medium-plus', 'full']).toContain(ceilingOf(draft));
    for (const { message, place, file } of problems) {
      expect(message).not.toMatch(/[\0\u202e]|undefined|\[object/);
      expect(message.length).toBeLessThan(1000);
      expect(place ?? file).toBeDefined();
    }
  });
});

/** Of shapes that are known anywhere; none of them is real. */
const BODY = 'Zq7Xw3Vt9Rs5Pn1Mk8Jh4Gf6Dc2Ba0Ye7Uo3';
const SECRETS = [`ghp_${BODY}`, `sk-proj-${BODY}`, `xoxb-${BODY}`, `glpat-${BODY}`];
const plants = fc.constantFrom(...SECRETS).chain(planted);

test('a secret stays out of what is written and said, wherever in a file it stands', () => {
  holds(
    fc.oneof(
      changedFiles(plants),
      changedFiles(
        fc.tuple(mutations, plants).map(
          ([one, other]) =>
            (text) =>
              other(one(text)),
        ),
      ),
    ),
    (files) => {
      const { problems, planned } = imported(files);
      const written = planned.map(({ path, text, memory }) => [path, text, memory.text]);
      const all = JSON.stringify([redactAll(problems), written]).toLowerCase();
      for (let start = 0; start + 12 <= BODY.length; start += 4)
        expect(all).not.toContain(BODY.slice(start, start + 12).toLowerCase());
    },
  );
});
