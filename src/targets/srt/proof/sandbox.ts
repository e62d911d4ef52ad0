import { delimiter, dirname } from 'node:path';
import type { Probe } from '../../../model/proof.ts';
import { runBounded } from '../../../probe/bounded.ts';
import { asRecord, type JsonRecord } from '../../../probe/json.ts';
import { startStandInInternet } from '../../../probe/stand-in-internet.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { judged } from '../../judge.ts';
import type { Engine } from '../../prover.ts';
import type { Access } from './access.ts';

const STARTED = 'stakes-sandbox-started';
const LIMIT_MS = 120_000;

/**
 * srt starts its relay and the command side by side, so a quick command can find the port still shut: a listed host would
 * look blocked, and a block of an unlisted one would prove nothing.
 */
export const RELAY_OPEN =
  'for i in $(seq 1 200); do (exec 3<>/dev/tcp/localhost/3128) 2>/dev/null && echo relay-open && break; sleep 0.05; done';

/** Tries every access in one sandbox, and looks from outside what came through. */
export async function tryInSandbox(
  engine: Engine,
  workspace: Workspace,
  settings: JsonRecord,
  planned: readonly Access[],
): Promise<{ seen: Probe[] } | { reason: string }> {
  const internet = await startStandInInternet();
  try {
    const network = { ...asRecord(settings.network), parentProxy: { http: internet.url } };
    const file = writeIn(workspace.root, 'srt-settings.json', { ...settings, network });
    const isNetwork = ({ line }: Access): boolean => line.startsWith('curl ');
    const [local, remote] = [planned.filter((access) => !isNetwork(access)), planned.filter(isNetwork)];
    const script = [`echo ${STARTED}`, ...local.map(({ line }) => line), RELAY_OPEN, ...remote.map(({ line }) => line)];
    const ended = await runBounded({
      command: engine.path,
      args: ['--settings', file, '-c', script.join('\n')],
      env: {
        HOME: workspace.home,
        PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
        LANG: 'C.UTF-8',
      },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
    });
    // A sandbox that never starts would look like one that stops everything.
    if (!ended.stdout.includes(STARTED)) return { reason: `the sandbox did not start: ${said(ended.stderr)}` };
    const isOpen = ended.stdout.includes('relay-open');
    const seen = planned.map((access) => {
      const { agent, tool, attempt, expected, came } = access;
      const through = came(ended.stdout, internet.reached);
      const untried = isNetwork(access) && !isOpen;
      const observed = through ? 'ran' : untried ? 'untried' : 'refused';
      const by = through ? 'the sandbox lets it through' : untried ? 'its way out never opened' : 'the sandbox';
      return judged({ agent, tool, attempt, expected, observed, by });
    });
    return { seen };
  } finally {
    await internet.close();
  }
}

function said(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ').slice(0, 200);
}
