import { expect, test } from 'vitest';
import type { Observation } from '../../src/model/proof.ts';
import type { JsonRecord } from '../../src/probe/json.ts';
import { target } from '../../src/targets/cedar/target.ts';
import { decideCedar, openCedar } from './cedar.ts';
import { type Ask, compare } from './generated-policies.ts';

const ask: Ask = async (_policy, files, questions) => {
  const { bundle, requestFor } = await openCedar(files);
  return questions.map(({ agent, tool, arguments: input }): Observation => {
    const allows = (approved: boolean) => {
      const request = requestFor({ agent, tool, input: input as JsonRecord, approved });
      if (request === null) return false;
      const { decision, errors } = decideCedar(bundle, request);
      // As the bundle's README says: an answer with errors is a deny.
      return decision === 'allow' && errors.length === 0;
    };
    if (allows(false)) return 'ran';
    return allows(true) ? 'asked' : 'refused';
  });
};

test('generated policies: the same verdict, or a loss that says so', async () => {
  const seen = await compare({ target, ask });
  expect(seen.decisions).toBeGreaterThanOrEqual(10_000);
});

test('the comparison sees an engine that says yes too often, and one that says no', async () => {
  const yes: Ask = (_policy, _files, questions) => questions.map(() => 'ran');
  const no: Ask = (_policy, _files, questions) => questions.map(() => 'refused');
  await expect(compare({ target, ask: yes, decisions: 100 })).rejects.toThrow('"expected"');
  await expect(compare({ target, ask: no, decisions: 100 })).rejects.toThrow('"expected"');
});
