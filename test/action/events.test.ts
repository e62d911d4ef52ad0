import { expect, test } from 'vitest';
import { act, type Job, pullJob, recorder } from './act.ts';
import { calm, risky } from './agents.ts';
import { checkout, pullOf } from './git.ts';
import { pullPayload, pushPayload, queuePayload, schedulePayload } from './payloads.ts';

const pull = () => pullOf({ 'a.agent.yaml': calm('a') }, { 'a.agent.yaml': risky('a') });

function jobOf(event: string, payload: object, more: Partial<Job> = {}): Job {
  const { origin, head } = pull();
  return { workspace: checkout(origin, head, 1), event, payload, sha: head, ref: 'refs/heads/main', ...more };
}

test.each([
  ['push', pushPayload('0'.repeat(40), '1'.repeat(40))],
  ['schedule', schedulePayload()],
  ['workflow_dispatch', { inputs: null }],
  ['merge_group', queuePayload({ origin: '', base: '2'.repeat(40), head: '', merge: '3'.repeat(40) })],
])('%s: what is there is linted and checked, one commit deep', async (event, payload) => {
  const { program, calls } = recorder();
  expect(await act(jobOf(event, payload, { inputs: { PROGRAM: program } }))).toMatchObject({ code: 0 });
  expect(calls().map(({ argv }) => argv[0])).toEqual(['lint']);
  expect(calls()[0]?.argv).not.toContain('--trust');
  const acted = await act(jobOf(event, payload));
  expect(acted).toMatchObject({ code: 1, outputs: { 'tier-up': 'false', 'comment-file': '' } });
  expect(acted.out).toContain('%0Amend: stakes lint\n');
  expect(acted.summary).toContain('mend: `stakes lint`');
});

test.each(['pull_request_target', 'workflow_run', 'issue_comment', 'constructor', ''])(
  '`%s` is refused before anything is run',
  async (event) => {
    const { program, calls } = recorder();
    const whole = pull();
    const job = pullJob(whole, 'stranger', {
      event,
      payload: pullPayload(whole, 'stranger'),
      inputs: { PROGRAM: program },
    });
    const acted = await act(job);
    expect(acted).toMatchObject({ code: 2, outputs: {} });
    expect(acted.out).toMatch(/^::error title=stakes::the event `\w*` is refused: it (?:runs with|is none of)/);
    expect(acted.summary).toContain('is refused');
    expect(calls()).toEqual([]);
  },
);

test.each([{}, { number: 7 }, { number: '7; x', pull_request: { base: { sha: 'x' }, head: { sha: 'y' } } }])(
  'a payload that is none of a pull request is refused: %j',
  async (payload) => {
    const { program, calls } = recorder();
    expect(await act(pullJob(pull(), 'acme', { payload, inputs: { PROGRAM: program } }))).toMatchObject({ code: 2 });
    expect(calls()).toEqual([]);
  },
);

test('an input that is none of its words is refused, with them', async () => {
  const job = pullJob(pull(), 'acme');
  const wrong = [
    ['TRUST', 'yes'],
    ['COMMENT', 'always'],
    ['LINT_FAIL_ON', 'warn'],
    ['CHECK_GENERATED', 'TRUE'],
    ['ANNOTATIONS', 'both'],
    ['WORKING_DIRECTORY', 'nowhere'],
    ['WORKING_DIRECTORY', '..'],
    ['WORKING_DIRECTORY', 'a.agent.yaml'],
    ['PROGRAM', '/nowhere/stakes.js'],
  ] as const;
  for (const [name, value] of wrong) {
    const acted = await act({ ...job, inputs: { [name]: value } });
    expect(acted, `${name}=${value}`).toMatchObject({ code: 2, outputs: {} });
    expect(acted.out).toContain(`\`${value}\``);
  }
});
