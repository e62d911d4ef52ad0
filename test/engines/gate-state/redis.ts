import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export interface Redis {
  port: number;
  url: string;
  /** Without a warning, as if the machine had been switched off. */
  kill(): Promise<void>;
  start(...options: string[]): Promise<void>;
  /** Without what it wrote down since it began, or since `keepCopy`. */
  forget(): void;
  keepCopy(): void;
  /** Raw, by the protocol that people can type. */
  say(...words: string[]): Promise<string>;
}

/** A real one on loopback, with a folder of its own, gone when the test ends. */
export async function redis(...options: string[]): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-redis-'));
  const [data, copy] = [join(folder, 'data'), join(folder, 'copy')];
  for (const place of [data, copy]) mkdirSync(place);
  const port = await freePort();
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined) return;
    const gone = new Promise((done) => child?.once('close', done));
    child.kill('SIGKILL');
    await gone;
    child = undefined;
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const self: Redis = {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    async start(...more) {
      const always = [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--dir',
        data,
        '--save',
        '',
        '--appendonly',
        'yes',
      ];
      child = spawn('redis-server', [...always, ...options, ...more], {
        stdio: 'ignore',
        env: { PATH: process.env.PATH },
      });
      for (let tries = 0; tries < 200; tries++) {
        if (/PONG|NOAUTH/.test(await say(port, 'PING').catch(() => ''))) return;
        await wait(50);
      }
      throw new Error('redis-server did not start');
    },
    forget() {
      rmSync(data, { recursive: true });
      cpSync(copy, data, { recursive: true });
    },
    keepCopy() {
      rmSync(copy, { recursive: true });
      cpSync(data, copy, { recursive: true });
    },
    say: (...words) => say(port, ...words),
  };
  await self.start();
  return self;
}

function say(port: number, ...words: string[]): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
    socket.on('error', fail);
    socket.on('data', (chunk) => {
      text += chunk;
      socket.end();
    });
    socket.on('close', () => done(text));
    socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
