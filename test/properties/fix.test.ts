import { expect, test } from 'vitest';
import type { Linted } from '../../src/lint/fix/check.ts';
import type { Texts } from '../../src/lint/fix/write.ts';
import { fix } from '../../src/lint/fix.ts';
import { findingOfProblem, findingsOf } from '../../src/lint/run.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { type Agent, agentsOf } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { subjectOf } from '../../src/rules/subject.ts';
import { CASES, holds } from '../arbitraries/cases.ts';
import { everyManifest } from '../arbitraries/sites.ts';
import { troubled } from '../arbitraries/troubled.ts';

const FILE = 'agent.yaml';
/** A case is written, read and linted many times over: so many times fewer of them. */
const COSTLY = 5;

function lint(texts: Texts): Linted {
  const loaded = createLoader({ cwd: '/', root: '/' }).loadText(FILE, texts.get(FILE) ?? '');
  if (loaded.state !== 'ok') return { findings: loaded.problems.map(findingOfProblem), agents: [] };
  return {
    findings: findingsOf(loaded.value, rules),
    agents: documents(loaded.value).map((agent) => ({
      id: agent.id,
      file: agent.file,
      document: agent.document,
      tier: subjectOf(agent).tier,
    })),
  };
}

/** An agent that is written inside another has no text of its own. */
const documents = (roots: readonly Agent[]) => roots.flatMap(agentsOf).filter(({ base }) => base === '');

const peopleOf = (manifest: Manifest) =>
  everyManifest(manifest).flatMap(
    ({ approvals }) => approvals?.approvers?.filter((name) => !name.startsWith('root')) ?? [],
  );

test('`--fix=unsafe` mends all that it says it can, and takes away nobody who is then to be asked', () => {
  let mended = 0;
  holds(
    troubled,
    (manifest) => {
      const done = fix(new Map([[FILE, JSON.stringify(manifest)]]), 'unsafe', lint);
      mended += done.fixed.length;
      const dropped = done.dropped.map(({ finding, reason }) => `${finding.rule} ${finding.pointer}: ${reason}`);
      const left = done.linted.findings.filter((finding) => finding.fix !== 'none').map(({ rule }) => rule);
      if (dropped.length + left.length > 0 || done.unfinished) expect({ dropped, left }).toEqual({ manifest });
      const lonely = done.linted.findings.some(({ rule }) => rule === 'nobody-to-ask');
      const after = JSON.parse(done.texts.get(FILE) ?? '') as Manifest;
      const kept = peopleOf(after);
      if (lonely)
        expect(
          peopleOf(manifest).filter((name) => !kept.includes(name)),
          JSON.stringify(manifest),
        ).toEqual([]);
    },
    Math.ceil(CASES / COSTLY),
  );
  expect(mended).toBeGreaterThan(0);
});
