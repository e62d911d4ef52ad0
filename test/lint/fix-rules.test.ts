import { expect, test } from 'vitest';
import type { Linted } from '../../src/lint/fix/check.ts';
import type { Texts } from '../../src/lint/fix/write.ts';
import { fix } from '../../src/lint/fix.ts';
import { findingOfProblem, findingsOf } from '../../src/lint/run.ts';
import { createLoader } from '../../src/manifest/load.ts';
import { agentsOf } from '../../src/manifest/tree.ts';
import type { Rule } from '../../src/rules/define.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { subjectOf } from '../../src/rules/subject.ts';
import { commentsOf } from '../../src/source/edit/comments.ts';

const FILE = 'agent.yaml';

/** `checked`: the rules whose findings are looked for. */
function linter(checked: readonly Rule[]) {
  return (texts: Texts): Linted => {
    const loaded = createLoader({ cwd: '/', root: '/' }).loadText(FILE, texts.get(FILE) ?? '');
    if (loaded.state !== 'ok') return { findings: loaded.problems.map(findingOfProblem), agents: [] };
    const agents = loaded.value.flatMap(agentsOf);
    return {
      findings: findingsOf(loaded.value, checked),
      agents: agents.map((agent) => ({
        id: agent.id,
        file: agent.file,
        document: agent.document,
        tier: subjectOf(agent).tier,
      })),
    };
  };
}

const examples = rules.flatMap((rule) =>
  rule.examples.bad.map(({ manifest }, i) => [`${rule.id} ${i + 1}`, rule, manifest.trimStart()] as const),
);
const fixable = examples.filter(([, rule, text]) =>
  linter([rule])(new Map([[FILE, text]])).findings.some((finding) => finding.fix !== 'none'),
);

test('some rules have fixes', () => {
  expect(new Set(fixable.map(([, rule]) => rule.id)).size).toBeGreaterThan(5);
});

test.each(fixable)('the fix of %s mends it, and comments stay', (_, rule, example) => {
  const text = `# first\n${example.replace(/^tools:$/m, 'tools: # these')}# last\n`;
  const done = fix(new Map([[FILE, text]]), 'unsafe', linter([rule]));
  expect(done.dropped.map(({ finding, reason }) => `${finding.pointer}: ${reason}`)).toEqual([]);
  expect(done.linted.findings.filter((finding) => finding.fix !== 'none')).toEqual([]);
  const after = done.texts.get(FILE) ?? '';
  expect(commentsOf(after).map((comment) => comment.text)).toEqual(expect.arrayContaining(['# first', '# last']));
});
