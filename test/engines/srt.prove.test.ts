import { expect, test } from 'vitest';
import { srtCli } from './srt.ts';
import { EXAMPLES, generated, summaryOf } from './stakes.ts';

const smoke = process.env.STAKES_SMOKE === '1';

test('every example is proven', () => {
  const chosen = smoke ? ['docs-gardener.agent.yaml'] : EXAMPLES;
  const { code, proofs } = generated(...chosen).prove('srt', srtCli, '--require', 'srt');
  expect(proofs.map(summaryOf)).toEqual(chosen.map(() => 'settings proven'));
  expect(code).toBe(0);
  expect(proofs.flatMap(({ probes }) => probes).filter(({ observed }) => observed === 'ran')).not.toEqual([]);
});

test('a sandbox that was opened by hand is found', () => {
  const one = generated('docs-gardener.agent.yaml');
  const file = '.stakes/docs-gardener/srt/agent.json';
  const settings = JSON.parse(one.read(file)) as { filesystem: Record<string, string[]> };
  one.write(
    file,
    JSON.stringify({ ...settings, filesystem: { denyRead: [], allowRead: [], allowWrite: ['.'], denyWrite: [] } }),
  );
  const { code, proofs } = one.prove('srt', srtCli);
  const said = proofs.map(summaryOf)[0];
  expect(code).toBe(1);
  expect(said).toContain("the agent's process a key in the home folder: ran, not refused");
  expect(said).toContain("the agent's process a write into `.stakes`: ran, not refused");
});

test('a file with a key that could start a program is not used', () => {
  const one = generated('docs-gardener.agent.yaml');
  const file = '.stakes/docs-gardener/srt/agent.json';
  one.write(file, JSON.stringify({ ...(JSON.parse(one.read(file)) as object), ripgrep: { command: 'touch' } }));
  expect(one.prove('srt', srtCli).proofs.map(summaryOf)[0]).toContain('has `ripgrep`');
});
