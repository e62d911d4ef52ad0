import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBounded } from '../../../probe/bounded.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { shortened } from '../../container/proof/folders.ts';
import type { ProofJob } from '../../prover.ts';

/** Tenths of systemd's own scale, where 100 is a unit without any hardening; ours are below half of it. */
const THRESHOLD = 10;
const LIMIT_MS = 60_000;

export function isUnit({ path }: { path: string }): boolean {
  return /\.(?:service|socket)$/.test(path);
}

/** Why a unit is not run; undefined: it has only keys that the generated one has, none of which starts more than one process. */
export function strangeIn({ bundle, files }: ProofJob): string | undefined {
  for (const { path, content } of files.filter(isUnit)) {
    let text: string;
    try {
      text = readFileSync(join(bundle, 'systemd', path), 'utf8');
    } catch {
      return `\`systemd/${path}\` is gone`;
    }
    const known = new Set(keysIn(content));
    const odd = keysIn(text).find((key) => !known.has(key));
    if (odd !== undefined) return `\`systemd/${path}\` has ${odd}, which \`stakes generate\` never writes`;
  }
  return undefined;
}

function keysIn(text: string): string[] {
  return text
    .split(/[\r\n]/)
    .filter((line) => !/^\s*(?:[#;]|$)/.test(line))
    .map((line) => {
      if (line.endsWith('\\')) return 'a line that goes on in the next';
      return `\`${/^\s*(\[[^\]]*\]|[A-Za-z]+)/.exec(line)?.[1] ?? line.slice(0, 40)}\``;
    });
}

/** The units as they lie in the bundle, and those by which every unit is ordered: the machine's own are not looked at. */
export function stageUnits({ bundle, files }: ProofJob, { root }: Workspace): void {
  for (const { path } of files.filter(isUnit))
    writeIn(root, `units/${path}`, readFileSync(join(bundle, 'systemd', path), 'utf8'));
  for (const name of ['basic', 'shutdown', 'sockets', 'sysinit'])
    writeIn(root, `units/${name}.target`, '[Unit]\nDefaultDependencies=no\n');
}

/** What systemd says of the units without running them: how they are written, and how much they leave open. */
export async function complaintOf({ engine, files }: ProofJob, { root, home }: Workspace): Promise<string | undefined> {
  const units = files.filter(isUnit).map(({ path }) => `./${path}`);
  const run = (...args: string[]) =>
    runBounded({
      command: engine.path,
      args,
      env: { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', SYSTEMD_UNIT_PATH: join(root, 'units') },
      cwd: join(root, 'units'),
      limitMs: LIMIT_MS,
    });
  const verified = await run('verify', '--man=no', ...units);
  // It ends well where it leaves out a line that it cannot read, and says so.
  const said = `${verified.stdout}\n${verified.stderr}`.trim();
  if (said !== '' || verified.code !== 0) return `\`systemd-analyze verify\`: ${shortened(said)}`;
  const services = units.filter((path) => path.endsWith('.service'));
  const args = ['security', '--no-pager', '--offline=true', `--threshold=${THRESHOLD}`];
  for (const path of services) {
    const rated = await run(...args, path);
    if (rated.code !== 0) return `\`systemd-analyze security\`: ${shortened(`${rated.stdout}\n${rated.stderr}`)}`;
  }
  return undefined;
}
