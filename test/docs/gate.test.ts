import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { type PageClient, playGatePage, STAKES } from './gate-page.ts';

interface Config {
  mcpServers: { shop: { command: string; args: string[] } };
}
interface Answer {
  id?: number;
  result?: { content: { text: string }[] };
}

/** The least that is a client: it says hello, and makes one call after the other. */
const plainClient: PageClient = async ({ folder, home }, calls) => {
  const { shop } = (JSON.parse(readFileSync(join(folder, '.mcp.json'), 'utf8')) as Config).mcpServers;
  expect(shop.command).toBe('stakes');
  const env = { PATH: process.env.PATH, HOME: home };
  const gate = spawn(process.execPath, [STAKES, ...shop.args], { cwd: folder, env, stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void gate.kill('SIGKILL'));
  const ended = new Promise((closed) => gate.once('close', closed));
  const lines = createInterface({ input: gate.stdout })[Symbol.asyncIterator]();
  const ask = async (id: number, method: string, params: object): Promise<Answer> => {
    gate.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    const { value } = await lines.next();
    return JSON.parse(value as string) as Answer;
  };
  await ask(0, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'c', version: '1' },
  });
  const texts: string[] = [];
  for (const { tool, arguments: values } of calls) {
    const name = tool.slice(tool.indexOf('/') + 1);
    const { result } = await ask(texts.length + 1, 'tools/call', { name, arguments: values });
    texts.push(result?.content[0]?.text ?? '');
  }
  gate.stdin.end();
  await ended;
  return texts;
};

test('the page on the gate shows what really happens', async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'stakes-gate-page-')));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const { fresh, page } = await playGatePage(parent, plainClient);
  expect(fresh).toBe(page);
}, 60_000);
