import { expect, test } from 'vitest';
import { EXAMPLES, generatedFor, summaryOf } from '../stakes.ts';

const ANALYZE = '/usr/bin/systemd-analyze';
const EXAMPLE = 'docs-gardener.agent.yaml';
const AGENT = '.stakes/docs-gardener/systemd/stakes-docs-gardener.agent.service';

test.each(EXAMPLES)('%s is proven', (example) => {
  const { code, proofs } = generatedFor('systemd', example).prove('systemd', ANALYZE);
  expect(proofs.map(summaryOf)).toEqual(['units proven']);
  expect(code).toBe(0);
  const probes = proofs.flatMap((proof) => proof.probes);
  expect(probes.map(({ observed }) => observed)).toContain('refused');
  // What is looser than the policy is never explained away.
  expect(probes.filter(({ verdict }) => verdict === 'looser')).toEqual([]);
});

function saidAfter(from: string | RegExp, to: string): { code: number | null; said: string } {
  const one = generatedFor('systemd', EXAMPLE);
  const before = one.read(AGENT);
  const after = before.replace(from, to);
  expect(after, 'nothing to change').not.toBe(before);
  one.write(AGENT, after);
  const { code, proofs } = one.prove('systemd', ANALYZE);
  return { code, said: proofs.map(summaryOf).join('\n') };
}

test('a unit that was edited is found, by what then comes through', () => {
  const open = saidAfter(/^BindReadOnlyPaths=("-.*docs")$/m, 'BindPaths=$1\nBindReadOnlyPaths=');
  expect(open).toMatchObject({ code: 1, said: expect.stringContaining('has `BindPaths`') });
  const whole = saidAfter(/^BindReadOnlyPaths="-(.*project)\/docs"$/m, 'BindReadOnlyPaths="-$1"');
  expect(whole).toMatchObject({
    code: 1,
    said: expect.stringContaining('a file that is not listed: ran, not refused'),
  });
  const many = saidAfter('TasksMax=512', 'TasksMax=infinity');
  expect(many).toMatchObject({ code: 1, said: expect.stringContaining('712 processes at once: ran, not refused') });
});

test.each([
  ['a key that it does not know', 'NoNewPrivileges=yes', 'NoNewPrivilegs=yes', 'has `NoNewPrivilegs`'],
  ['a second process', 'Type=exec', 'Type=exec\nExecStartPre=+/bin/true', 'has `ExecStartPre`'],
  ['a value that it does not know', 'ProtectSystem=strict', 'ProtectSystem=strickt', 'systemd-analyze verify'],
  ['a group of system calls that is not there', '~@privileged', '~@privilged', 'systemd-analyze verify'],
  ['all capabilities', 'CapabilityBoundingSet=', 'CapabilityBoundingSet=~', 'systemd-analyze security'],
])('a unit with %s is not run', (_, from, to, reason) => {
  const { code, said } = saidAfter(from, to);
  expect(code).toBe(1);
  expect(said).toContain(reason);
});
