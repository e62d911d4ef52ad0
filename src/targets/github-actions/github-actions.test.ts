import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import { target } from './target.ts';

interface Workflow {
  permissions: object;
  jobs: {
    agent: { 'timeout-minutes': number; permissions: object; steps: { run?: string; uses?: string; env?: object }[] };
  };
}

const desk = (sessionMinutes: number | null) =>
  policy([
    agent('desk', {
      tools: { 'github/merge': grant('ask'), 'github/list': grant('allow') },
      servers: { github: server('npx', ['github-mcp'], { env: { GITHUB_TOKEN: '${GITHUB_TOKEN}', DB: '${DB_URL}' } }) },
      limits: { sessionMinutes, turnsPerSession: 9 },
    }),
  ]);

const workflowOf = (...given: Parameters<typeof desk>) =>
  parse(target.emit(desk(...given)).files[0]?.content ?? '') as Workflow;

test('a token that reads, and a limit of minutes', () => {
  const { permissions, jobs } = workflowOf(12);
  expect(permissions).toEqual({});
  expect(jobs.agent.permissions).toEqual({ contents: 'read' });
  expect(jobs.agent['timeout-minutes']).toBe(12);
  expect(workflowOf(null).jobs.agent['timeout-minutes']).toBe(30);
  expect(workflowOf(0.5).jobs.agent['timeout-minutes']).toBe(1);
});

test('expressions stand in the environment and nowhere in a script', () => {
  const { steps } = workflowOf(12).jobs.agent;
  for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  expect(steps.at(-1)?.env).toEqual({
    ANTHROPIC_API_KEY: '${{ secrets.ANTHROPIC_API_KEY }}',
    DB_URL: '${{ secrets.DB_URL }}',
    // The service takes no secret whose name begins like its own.
    GITHUB_TOKEN: '${{ secrets.STAKES_GITHUB_TOKEN }}',
    TASK: '${{ inputs.task }}',
  });
});

test('actions are pinned by their commits', () => {
  const used = workflowOf(12).jobs.agent.steps.flatMap(({ uses }) => uses ?? []);
  expect(used.length).toBe(2);
  for (const one of used) expect(one).toMatch(/@[0-9a-f]{40}$/);
});

test('what cannot be asked in a run, and is not counted, is said', () => {
  const { losses } = target.emit(desk(12));
  expect(losses.find(({ what }) => what === 'approval-gates')?.message).toContain('`github/merge`');
  expect(losses.find(({ what }) => what === 'limits')?.message).toContain('`turnsPerSession`');
});
