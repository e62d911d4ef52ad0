import { join } from 'node:path';
import { installIn } from './installed.ts';

const servers = join(import.meta.dirname, 'scan-servers');

export const installServers = (): void => installIn(servers);

/** The program that starts it. */
export const programOf = ({ program }: Real): string => join(servers, 'node_modules/.bin', program);

export interface Real {
  program: string;
  args?: string[];
  env?: Record<string, string>;
  /** Tools that this version lists, counted by hand. */
  tools: number;
  /** One that it must have, and what it does. */
  has: [name: string, effect: 'read' | 'write'];
  /** One that only reads; without a network or an account it answers that it cannot. */
  call: [name: string, values: Record<string, unknown>];
}

export const REAL: Record<string, Real> = {
  everything: {
    program: 'mcp-server-everything',
    args: ['stdio'],
    tools: 13,
    has: ['echo', 'read'],
    call: ['echo', { message: 'hi' }],
  },
  filesystem: {
    program: 'mcp-server-filesystem',
    args: ['.'],
    tools: 14,
    has: ['write_file', 'write'],
    call: ['list_allowed_directories', {}],
  },
  firecrawl: {
    program: 'firecrawl-mcp',
    env: { FIRECRAWL_API_KEY: 'dummy' },
    tools: 26,
    has: ['firecrawl_scrape', 'read'],
    call: ['firecrawl_scrape', { url: 'http://127.0.0.1:9/' }],
  },
  github: {
    program: 'mcp-server-github',
    env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'dummy' },
    tools: 26,
    has: ['create_issue', 'write'],
    call: ['search_repositories', { query: 'x' }],
  },
  linear: {
    program: 'mcp-linear',
    env: { LINEAR_API_TOKEN: 'dummy' },
    tools: 198,
    has: ['linear_createIssue', 'write'],
    call: ['linear_getViewer', {}],
  },
  memory: { program: 'mcp-server-memory', tools: 9, has: ['delete_entities', 'write'], call: ['read_graph', {}] },
  notion: {
    program: 'notion-mcp-server',
    env: { NOTION_TOKEN: 'dummy' },
    tools: 24,
    has: ['API-get-self', 'read'],
    call: ['API-get-self', {}],
  },
  playwright: {
    program: 'playwright-mcp',
    args: ['--headless'],
    tools: 25,
    has: ['browser_click', 'write'],
    call: ['browser_tabs', { action: 'list' }],
  },
  sentry: {
    program: 'sentry-mcp',
    args: ['--access-token=dummy', '--host=sentry.io'],
    tools: 22,
    has: ['whoami', 'read'],
    call: ['whoami', {}],
  },
  slack: {
    program: 'mcp-server-slack',
    env: { SLACK_BOT_TOKEN: 'dummy', SLACK_TEAM_ID: 'T0' },
    tools: 8,
    has: ['slack_post_message', 'write'],
    call: ['slack_list_channels', {}],
  },
};
