import { describe, expect, test } from 'vitest';
import type { Loss } from '../model/policy.ts';
import type { Expectation, Observation } from '../model/proof.ts';
import { lossOf } from './explained.ts';

const UNCHECKED: Loss = { what: 'arguments', agent: 'desk', tool: 'pay/refund', message: 'not checked', instead: '' };
const NARROWER: Loss = { ...UNCHECKED, what: 'name', message: 'stricter: denied, because of its name' };
const OPEN: Loss = { ...UNCHECKED, what: 'built-in', message: 'runs where another tool does' };

const WRONG = 'with `/amount` outside of its schema';
const said = (loss: Loss, expected: Expectation, observed: Observation, attempt = '') =>
  lossOf([loss], { agent: 'desk', tool: 'pay/refund', attempt, expected }, observed);

describe('a loss explains what was seen', () => {
  test.each<[string, Loss, Expectation, Observation, string?]>([
    ['wrong arguments that run, where none is checked', UNCHECKED, 'refused', 'ran', WRONG],
    ['a call that is refused, where the target holds back more', NARROWER, 'runs', 'refused'],
    ['a call that runs, where the target lets more through', OPEN, 'refused', 'ran'],
  ])('%s', (_, loss, expected, observed, attempt) => {
    expect(said(loss, expected, observed, attempt)).toBe(loss.message);
  });
});

describe('and nothing else', () => {
  test.each<[string, Loss, Expectation, Observation, string?]>([
    ['a call with right arguments that runs unasked, because arguments are not checked', UNCHECKED, 'asks', 'ran'],
    ['a denied call that runs, because arguments are not checked', UNCHECKED, 'refused', 'ran'],
    ['a denied call that runs, because the target holds back more', NARROWER, 'refused', 'ran'],
    ['wrong arguments that run, because the target holds back more', NARROWER, 'refused', 'ran', WRONG],
    ['wrong arguments that run, for another reason', OPEN, 'refused', 'ran', WRONG],
  ])('%s', (_, loss, expected, observed, attempt) => {
    expect(said(loss, expected, observed, attempt)).toBeUndefined();
  });

  test('a loss of another tool or another agent', () => {
    expect(said({ ...OPEN, tool: 'pay/list' }, 'refused', 'ran')).toBeUndefined();
    expect(said({ ...OPEN, agent: 'clerk' }, 'refused', 'ran')).toBeUndefined();
  });
});
