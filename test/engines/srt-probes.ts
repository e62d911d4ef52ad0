import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { startStandInInternet } from '../../src/probe/stand-in-internet.ts';
import type { Workspace } from '../../src/probe/workspace.ts';
import { runInSrt } from './srt.ts';

export type SrtProbe = {
  workspace: Workspace;
  settings: string;
  /** Paths are absolute or relative to the workspace's project; the folders must exist. */
  readable?: string;
  secret?: string;
  writable?: string;
  outside?: string;
  /** URLs. */
  listed?: string;
  unlisted?: string;
};

/**
 * srt starts its relay and the command side by side, so a quick command can find the port still shut: a listed host would
 * look blocked, and a block of an unlisted one would prove nothing.
 */
const RELAY_OPEN =
  'for i in $(seq 1 200); do (exec 3<>/dev/tcp/localhost/3128) 2>/dev/null && echo relay-open && break; sleep 0.05; done';

/** `undefined` where the probe named nothing. Every answer is read from outside the sandbox, never from its exit code. */
export type SrtEvidence = {
  readReadable?: boolean;
  readSecret?: boolean;
  wroteInside?: boolean;
  wroteOutside?: boolean;
  reachedListed?: boolean;
  reachedUnlisted?: boolean;
  transcript: string[];
};

export async function probeSrt(probe: SrtProbe): Promise<SrtEvidence> {
  const internet = await startStandInInternet();
  const evidence: SrtEvidence = { transcript: [] };
  const inProject = (path: string): string => (isAbsolute(path) ? path : join(probe.workspace.project, path));
  const run = async (command: string): Promise<string> => {
    const { workspace, settings } = probe;
    const ended = await runInSrt({ workspace, settings, command, parentProxy: internet.url });
    evidence.transcript.push(`$ ${command}\n${ended.stdout}${ended.stderr}`);
    // Without this a sandbox that never starts would look like one that stops everything.
    if (!ended.stdout.includes('sandbox-started'))
      throw new Error(`srt did not run the probe: ${ended.stderr}${ended.stdout}`);
    return ended.stdout;
  };
  const reads = async (path: string): Promise<boolean> => {
    const file = inProject(path);
    return (await run(`echo sandbox-started; cat ${quote(file)}`)).includes(readFileSync(file, 'utf8').trim());
  };
  const writes = async (path: string): Promise<boolean> => {
    const file = inProject(path);
    if (existsSync(file)) throw new Error(`the probe's file is already there: ${file}`);
    await run(`echo sandbox-started; echo written > ${quote(file)}`);
    return existsSync(file);
  };
  const reaches = async (url: string): Promise<boolean> => {
    const { hostname, port, protocol } = new URL(url);
    const target = `${hostname}:${port !== '' ? port : protocol === 'https:' ? '443' : '80'}`;
    const said = await run(`echo sandbox-started; ${RELAY_OPEN}; curl -sS -m 10 ${quote(url)}`);
    if (!said.includes('relay-open')) throw new Error(`srt's way out never opened: ${said}`);
    return internet.reached.includes(target);
  };
  try {
    if (probe.readable !== undefined) evidence.readReadable = await reads(probe.readable);
    if (probe.secret !== undefined) evidence.readSecret = await reads(probe.secret);
    if (probe.writable !== undefined) evidence.wroteInside = await writes(probe.writable);
    if (probe.outside !== undefined) evidence.wroteOutside = await writes(probe.outside);
    if (probe.listed !== undefined) evidence.reachedListed = await reaches(probe.listed);
    if (probe.unlisted !== undefined) evidence.reachedUnlisted = await reaches(probe.unlisted);
    return evidence;
  } finally {
    await internet.close();
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
