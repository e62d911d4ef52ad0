import { describe, expect, test } from 'vitest';
import { act, pullJob } from './act.ts';
import { calm, risky } from './agents.ts';
import { type Comment, type GitHub, gitHub } from './fake-github.ts';
import { pullOf } from './git.ts';

interface Module {
  bodyOf(markdown: string, prefix: string): { marker: string; text: string };
  comment(body: { marker: string; text: string }, isNews: boolean, to: object): Promise<string>;
}
const { bodyOf, comment } = (await import(new URL('../../action/comment.mjs', import.meta.url).href)) as Module;

const MARKER = '<!-- stakes diff -->';
const CHANGED = `${MARKER}\n\n### 1 agent moves up\n`;
const SAME = `${MARKER}\n\nNo agent's reach changes.\n`;

const by = (login: string, body: string, id = 1): Comment => ({ id, body, user: { login, type: 'User' } });
const bot = (body: string, id = 5): Comment => by('github-actions[bot]', body, id);

function say({ url }: Pick<GitHub, 'url'>, text: string, { token = 'secret-token', author = '', prefix = '' } = {}) {
  const env = { GITHUB_API_URL: url, GITHUB_REPOSITORY: 'acme/agents', STAKES_TOKEN: token };
  const to = { env, number: 7, author: author || 'github-actions[bot]', wait: 2000 };
  return comment(bodyOf(text, prefix), text !== SAME, to);
}

const wrote = ({ requests }: GitHub) => requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);

test('of a pull request: posted, then left as long as it says the same, then changed', async () => {
  const github = await gitHub();
  const actOn = (head: Record<string, string>, inputs: Record<string, string> = {}) => {
    const more = { TOKEN: 'secret-token', COMMENT: 'auto', FAIL_ON: 'never', LINT_FAIL_ON: 'never', TRUST: 'never' };
    const pull = pullOf({ 'a.agent.yaml': calm('a') }, head);
    return act(pullJob(pull, 'acme', { inputs: { ...more, ...inputs }, env: { GITHUB_API_URL: github.url } }));
  };
  await actOn({ x: '1' });
  expect(wrote(github), 'nothing changes').toEqual([]);
  expect(await actOn({ 'a.agent.yaml': risky('a') })).toMatchObject({ code: 0, err: '' });
  expect(github.comments[0]?.body).toMatch(/^<!-- stakes diff -->\n### 1 agent moves up/);
  expect(new Set(github.requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret-token']));
  await actOn({ 'a.agent.yaml': risky('a') });
  expect(wrote(github)).toEqual(['POST']);
  await actOn({ x: '1' });
  expect(wrote(github)).toEqual(['POST', 'PATCH']);
  expect(github.comments.map(({ body }) => body)).toEqual([`${MARKER}\nNo agent's reach changes.\n`]);
  const asked = github.requests.length;
  await actOn({ 'a.agent.yaml': risky('a') }, { COMMENT: 'never' });
  expect(github.requests).toHaveLength(asked);
});

test('a pull request of a fork, whose token only reads', async () => {
  const github = await gitHub([], ({ method }) => (method === 'GET' ? undefined : 403));
  const pull = pullOf({ 'a.agent.yaml': calm('a') }, { 'a.agent.yaml': risky('a') });
  const inputs = { TOKEN: 't', COMMENT: 'auto', FAIL_ON: 'never', LINT_FAIL_ON: 'never' };
  const acted = await act(pullJob(pull, 'stranger', { inputs, env: { GITHUB_API_URL: github.url } }));
  expect(acted).toMatchObject({ code: 0, err: '' });
  expect(acted.summary).toContain('- no comment: the token may not write one, as for pull requests from forks');
});

describe('the comment', () => {
  test('needs a token', async () => {
    const github = await gitHub();
    expect(await say(github, CHANGED, { token: '' })).toBe('no comment: there is no token');
    expect(github.requests).toEqual([]);
  });

  test('of anybody else is left, whatever stands in it', async () => {
    const github = await gitHub([
      by('stranger', `${MARKER}\nmine`),
      bot(`quoted: ${MARKER}\n`),
      bot(`${MARKER}x\n`, 6),
    ]);
    expect(await say(github, CHANGED)).toBe('');
    expect(wrote(github)).toEqual(['POST']);
    expect(github.comments[0]?.body).toBe(`${MARKER}\nmine`);
  });

  test('of another login, where it is named', async () => {
    const github = await gitHub([by('agent-review[bot]', `${MARKER}\nold`)]);
    await say(github, CHANGED, { author: 'agent-review[bot]' });
    expect(wrote(github)).toEqual(['PATCH']);
  });

  test('is found on a later page; behind a thousand others none is added', async () => {
    const others = (number: number) => Array.from({ length: number }, (_, i) => by('x', 'hello', i + 1000));
    const late = await gitHub([...others(250), bot(`${MARKER}\nold`)]);
    await say(late, CHANGED);
    expect(wrote(late)).toEqual(['PATCH']);
    const full = await gitHub(others(1000));
    expect(await say(full, CHANGED)).toBe('no comment: the first 1000 comments have none of ours');
    expect(full.requests).toHaveLength(10);
  });

  test('each folder has its own', async () => {
    const github = await gitHub([bot(`${MARKER}\nof the root\n`)]);
    for (let time = 0; time < 2; time++) await say(github, CHANGED, { prefix: 'b/c--d/' });
    expect(github.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      MARKER,
      '<!-- stakes diff: b%2Fc%2D%2Dd%2F -->',
    ]);
    expect(github.comments[1]?.body).toContain('In `b/c--d/`:\n\n### 1 agent moves up');
  });

  test('that is too long for GitHub is cut, and says so', () => {
    const { text } = bodyOf(`${MARKER}\n${'é'.repeat(80_000)}`, '');
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… cut here$/);
  });
});

describe('a comment that cannot be written is said, and nothing is tried again', () => {
  test.each<[string, (request: { method: string }) => number | 'hang' | undefined, string]>([
    ['reads, and may not write', ({ method }) => (method === 'GET' ? undefined : 403), 'the token may not write one'],
    ['may do nothing', () => 403, 'the token may not write one'],
    ['is not there', () => 404, 'the token may not write one'],
    ['is broken', () => 502, 'GitHub answered 502'],
    ['sends elsewhere', () => 307, 'fetch failed'],
    ['says nothing', () => 'hang', 'GitHub did not answer in time'],
  ])('%s', async (_, refuses, said) => {
    const github = await gitHub([], refuses);
    expect(await say(github, CHANGED)).toContain(`no comment: ${said}`);
    expect(github.comments).toEqual([]);
    expect(
      github.requests.filter(({ url }) => url.includes('elsewhere')),
      'the token follows nobody',
    ).toEqual([]);
    expect(github.requests.length).toBeLessThanOrEqual(2);
  });

  test('not in the clear', async () => {
    expect(await say({ url: 'http://github.example' }, CHANGED)).toBe('no comment: the API is not reached by https');
  });
});
