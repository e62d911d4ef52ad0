import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { folderOf, playPage } from '../../src/dev/docs/transcripts.ts';
import type { ApprovalsReport } from '../../src/model/approvals.ts';

export const STAKES = resolve(import.meta.dirname, '../../bin/stakes.js');
const PAGE = resolve(import.meta.dirname, '../../docs/gate.md');

export interface PageCall {
  tool: string;
  arguments: Record<string, unknown>;
}

/** Where the page was played: its folder, and a home of its own. */
export interface PagePlace {
  folder: string;
  home: string;
}

/** Makes the calls one after the other, by way of `.mcp.json`; what was read for each, once the last one is answered. */
export type PageClient = (place: PagePlace, calls: readonly PageCall[]) => Promise<string[]>;

/** A block that `console` cannot be, because a client and another terminal take part in it. */
const BLOCK = /```(text|json|sh)\n([\s\S]*?)```/g;
const CALL = /^([\w-]+\/\w+) (\{.*\})$/gm;

/** The page up to where a client comes in, as its commands print it; what follows, as it is; and the calls in that. */
export async function beginGatePage(parent: string) {
  const page = readFileSync(PAGE, 'utf8');
  const start = page.search(/```text\n/);
  const place: PagePlace = { folder: folderOf(page, parent), home: join(parent, 'home') };
  mkdirSync(place.home, { recursive: true });
  const begun = await playPage(page.slice(0, start), parent);
  const rest = page.slice(start);
  const calls: PageCall[] = [...rest.matchAll(CALL)].map(([, tool = '', values = '']) => ({
    tool,
    arguments: JSON.parse(values) as Record<string, unknown>,
  }));
  return { page, place, begun, rest, calls };
}

/** The page as a real run in `parent` makes it, and as it is. What differs from run to run is left out of both. */
export async function playGatePage(parent: string, client: PageClient): Promise<{ fresh: string; page: string }> {
  const { page, place, begun, rest, calls } = await beginGatePage(parent);
  const session = client(place, calls);
  // Told where it is waited for.
  session.catch(() => undefined);
  const { id } = await waitingCall(place);
  const shownId = /approve (\w+)/.exec(page)?.[1] ?? '';
  const fresh: string[] = [];
  for (const [, kind, shown = ''] of rest.matchAll(BLOCK)) {
    if (kind === 'sh') spoil(logIn(place));
    if (kind !== 'text') fresh.push(kind === 'json' ? recordIn(place) : shown);
    else if (!shown.startsWith('$ ')) fresh.push('');
    else {
      if (shown.includes('audit verify')) await session;
      fresh.push((await printed(place, shown.replaceAll(shownId, id))).replaceAll(id, shownId));
    }
  }
  const answers = await session;
  const waits = (i: number) => i === calls.length - 1;
  const line = ({ tool, arguments: values }: PageCall) => `${tool} ${JSON.stringify(values)}\n`;
  fresh[0] = calls.map((call, i) => `${line(call)}${waits(i) ? '' : `  ${answers[i]}\n`}`).join('');
  fresh[fresh.indexOf('')] = `  ${answers.at(-1)}\n`;
  let number = 0;
  const blocks = rest.replace(BLOCK, (_, kind: string) => `\`\`\`${kind}\n${fresh[number++]}\`\`\``);
  return { fresh: steady(begun + blocks), page: steady(page) };
}

/** Without what another run has otherwise. */
function steady(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"(policy|prev|session)": "[^"]*"/g, '"$1": …')
    .replace(/"(seq|waitedSeconds)": \d+/g, '"$1": …')
    .replace(/refund-desk-[0-9a-f]{12}-shop/g, 'LOG')
    .replace(/\+[0-9a-f]{8}\+\S+/g, '+KEY')
    .replace(/jsonl:\d+/g, 'jsonl:…')
    .replace(/\d+ (lines|signatures)/g, '… $1');
}

async function printed(place: PagePlace, shown: string): Promise<string> {
  const parts: string[] = [];
  for (const [, command = ''] of shown.matchAll(/^\$ stakes (.*)$/gm)) {
    const args = command.split(' ').map((word) => word.replace(/^~.*/, logIn(place)));
    const said = (await stakes(place, args)).replaceAll('../home', '~');
    parts.push(`$ stakes ${command}\n${said}`);
  }
  return parts.join('');
}

export function stakes({ folder, home }: PagePlace, args: readonly string[]): Promise<string> {
  return new Promise((done) => {
    const env = { PATH: process.env.PATH, HOME: home, COLUMNS: '80' };
    const child = spawn(process.execPath, [STAKES, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('close', () => done(said));
  });
}

/** The one call that waits for a person, once it does. */
export async function waitingCall(place: PagePlace): Promise<{ id: string }> {
  for (let tries = 0; tries < 200; tries++) {
    const [first] = (JSON.parse(await stakes(place, ['approvals', '-f', 'json'])) as ApprovalsReport).waiting;
    if (first !== undefined) return first;
    await wait(100);
  }
  throw new Error('no call waits for a person');
}

export function logIn({ home }: PagePlace): string {
  const folder = join(home, '.local/state/stakes/audit');
  return join(folder, readdirSync(folder)[0] ?? '');
}

const segmentIn = (place: PagePlace) => join(logIn(place), 'segment-000001.jsonl');

/** The call that a person approved. */
function recordIn(place: PagePlace): string {
  const lines = readFileSync(segmentIn(place), 'utf8').split('\n').filter(Boolean);
  const record = lines.map((line) => JSON.parse(line) as { approval?: unknown }).find(({ approval }) => approval);
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** As the page's own command does. */
function spoil(log: string): void {
  const segment = join(log, 'segment-000001.jsonl');
  writeFileSync(segment, readFileSync(segment, 'utf8').replace('"/amount":20,', '"/amount":10,'));
}
