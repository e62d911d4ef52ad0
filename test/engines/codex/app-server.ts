import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { asRecord, asText, type JsonRecord, parseJson } from '../../../src/probe/json.ts';
import type { Workspace } from '../../../src/probe/workspace.ts';
import { codexEnvironment } from '../../../src/targets/codex/proof/environment.ts';
import { codexBinary } from './codex.ts';

const LIMIT_MS = 60_000;

/**
 * One turn by the protocol that editors speak to Codex, with a person who answers every question alike. Resolves with the
 * questions that were asked.
 */
export function oneTurn(
  workspace: Workspace,
  home: string,
  prompt: string,
  answer: 'accept' | 'decline',
): Promise<JsonRecord[]> {
  return new Promise((resolve, reject) => {
    const asked: JsonRecord[] = [];
    const child = spawn(codexBinary, ['--strict-config', 'app-server'], {
      cwd: workspace.project,
      env: { ...codexEnvironment(workspace, codexBinary), CODEX_HOME: home },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const timer = setTimeout(() => end(new Error('the turn did not end')), LIMIT_MS);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      if (error === undefined) resolve(asked);
      else reject(error);
    };
    const send = (message: JsonRecord): void => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
    };
    child.stdin.on('error', () => undefined);
    child.on('error', end);
    child.on('exit', () => end(new Error('it ended by itself')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = asRecord(parseJson(line));
      const { id = null } = message;
      if (message.error !== undefined) end(new Error(JSON.stringify(message.error)));
      else if (message.method === 'turn/completed') end();
      else if (typeof message.method === 'string' && id !== null) {
        asked.push({ method: message.method, ...asRecord(message.params) });
        send({ id, result: { action: answer, content: answer === 'accept' ? {} : null, decision: answer } });
      } else if (id === 1) {
        send({ method: 'initialized' });
        send({ id: 2, method: 'thread/start', params: { cwd: workspace.project } });
      } else if (id === 2) {
        const threadId = asText(asRecord(asRecord(message.result).thread).id);
        send({ id: 3, method: 'turn/start', params: { threadId, input: [{ type: 'text', text: prompt }] } });
      }
    });
    send({ id: 1, method: 'initialize', params: { clientInfo: { name: 'stakes', title: 'stakes', version: '0' } } });
  });
}
