import { expect, test } from 'vitest';
import type { AgentProof, EngineProof, Probe } from '../../model/proof.ts';
import { engineSums, nothingWords } from '../proof-words.ts';

const probe = (verdict: Probe['verdict']): Probe => ({
  agent: 'desk',
  tool: 'pay/list',
  attempt: '',
  expected: 'runs',
  observed: 'ran',
  by: '',
  verdict,
  because: '',
});

const proof = (title: string, state: EngineProof['state'], probes: Probe[] = []): EngineProof => ({
  target: title.toLowerCase(),
  title,
  engine: title.toLowerCase(),
  way: 'a file',
  state,
  version: state === 'not-proven' ? null : '1.2.3',
  path: null,
  reason: '',
  install: '',
  probes,
});

const agent = (id: string, engines: EngineProof[]): AgentProof => ({
  file: `${id}.agent.yaml`,
  agent: id,
  folder: `.stakes/${id}`,
  policy: null,
  engines,
});

test('each engine once, with its version, over all agents; one failure is a failure', () => {
  const sums = engineSums([
    agent('a', [proof('Zebra', 'proven', [probe('holds')]), proof('Ape', 'not-proven')]),
    agent('b', [
      proof('Zebra', 'proven', [probe('holds'), probe('stricter')]),
      proof('Zebra', 'failed', [probe('mismatch'), probe('looser')]),
    ]),
  ]);
  expect(sums).toEqual([
    { name: 'Ape', state: 'not-proven', agents: [0, 1], asked: 0, asPolicy: 0, stricter: 0, looser: 0 },
    { name: 'Zebra 1.2.3', state: 'failed', agents: [1, 2], asked: 5, asPolicy: 2, stricter: 1, looser: 1 },
  ]);
});

test('where nothing is proven, it is told whether an engine was there', () => {
  const absent = proof('Ape', 'not-proven');
  expect(nothingWords([absent])).toBe('nothing proven: no engine of its targets is here');
  expect(nothingWords([absent, { ...absent, path: '/usr/bin/ape' }])).toContain('could show nothing');
});
