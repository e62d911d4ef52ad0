import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createWorkspace } from '../../src/probe/workspace.ts';
import { scanned } from '../../src/scan/scan.ts';
import { listTools } from '../../src/scan/start/list.ts';

const here = import.meta.dirname;
const servers = join(here, 'scan-servers');

/** Installed by themselves, so that the other engines do not wait for them. */
beforeAll(() => {
  const stamp = join(servers, 'node_modules/.lock-digest');
  const digest = createHash('sha256')
    .update(readFileSync(join(servers, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: servers, stdio: ['ignore', 2, 2] });
  writeFileSync(stamp, digest);
}, 600_000);

interface Real {
  program: string;
  args?: string[];
  env?: Record<string, string>;
  /** Tools that this version lists, counted by hand. */
  tools: number;
  /** One that it must have, and what it does. */
  has: [name: string, effect: 'read' | 'write'];
}

const REAL: Record<string, Real> = {
  everything: { program: 'mcp-server-everything', args: ['stdio'], tools: 13, has: ['echo', 'read'] },
  filesystem: { program: 'mcp-server-filesystem', args: ['.'], tools: 14, has: ['write_file', 'write'] },
  firecrawl: {
    program: 'firecrawl-mcp',
    env: { FIRECRAWL_API_KEY: 'dummy' },
    tools: 26,
    has: ['firecrawl_scrape', 'read'],
  },
  github: {
    program: 'mcp-server-github',
    env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'dummy' },
    tools: 26,
    has: ['create_issue', 'write'],
  },
  linear: {
    program: 'mcp-linear',
    env: { LINEAR_API_TOKEN: 'dummy' },
    tools: 198,
    has: ['linear_createIssue', 'write'],
  },
  memory: { program: 'mcp-server-memory', tools: 9, has: ['delete_entities', 'write'] },
  notion: { program: 'notion-mcp-server', env: { NOTION_TOKEN: 'dummy' }, tools: 24, has: ['API-get-self', 'read'] },
  playwright: { program: 'playwright-mcp', args: ['--headless'], tools: 25, has: ['browser_click', 'write'] },
  sentry: {
    program: 'sentry-mcp',
    args: ['--access-token=dummy', '--host=sentry.io'],
    tools: 22,
    has: ['whoami', 'read'],
  },
  slack: {
    program: 'mcp-server-slack',
    env: { SLACK_BOT_TOKEN: 'dummy', SLACK_TEAM_ID: 'T0' },
    tools: 8,
    has: ['slack_post_message', 'write'],
  },
};

test.each(Object.entries(REAL))(
  '%s lists its tools when it is started',
  async (name, { program, args = [], env, tools, has }) => {
    const workspace = createWorkspace();
    try {
      const listing = await listTools(
        {
          kind: 'stdio',
          command: join(servers, 'node_modules/.bin', program),
          args,
          env: { PATH: process.env.PATH ?? '', HOME: workspace.home, ...env },
          cwd: workspace.project,
        },
        60_000,
      );
      expect(listing).toMatchObject({ tools: expect.any(Array), protocol: expect.stringMatching(/^20\d\d-/) });
      const result = scanned(name, 'tools' in listing ? listing.tools : []);
      expect(result).not.toHaveProperty('code');
      if ('code' in result) return;
      expect(result.tools.length).toBe(tools);
      const [wanted, effect] = has;
      const found = result.tools.find(({ judged }) => judged.name === wanted);
      expect([wanted, found?.judged.effect]).toEqual([wanted, effect]);
    } finally {
      workspace.remove();
    }
  },
);

test("the protocol's own server is asked in the newest revision", async () => {
  const launch = {
    kind: 'stdio',
    command: process.execPath,
    args: [join(here, 'scan-server.mjs')],
    cwd: here,
  } as const;
  const listing = await listTools({ ...launch, env: { PATH: process.env.PATH ?? '' } }, 60_000);
  expect(listing).toMatchObject({ protocol: '2026-07-28', tools: [{ name: 'get_page' }, { name: 'delete_page' }] });
});
