import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../cli/main.ts';
import type { Target } from '../targets/define.ts';

const TABLE = /(<!-- targets:start -->\n)[\s\S]*?(<!-- targets:end -->)/;
const TRANSCRIPT = /```console\n\$ (stakes [^\n]+)\n[\s\S]*?```/g;

/** What transcripts use besides the examples. */
const FIXTURE = /fixtures\/[a-z-]+/g;

/** The README with its table of targets, and what each `$ stakes …` line really prints at 80 columns. */
export async function freshReadme(readme: string, targets: readonly Target[]): Promise<string> {
  const head = '| target | files | checked against |\n| --- | --- | --- |\n';
  const rows = targets.map(
    ({ id, summary, proof }) =>
      `| \`${id}\` | ${summary} | ${proof === 'engine' ? 'the real engine' : 'its published format only'} |\n`,
  );
  const fresh = readme.replace(TABLE, (_, start: string, end: string) => `${start}${head}${rows.join('')}${end}`);
  const folder = mkdtempSync(join(tmpdir(), 'stakes-readme-'));
  try {
    for (const name of readdirSync('examples')) {
      if (name.endsWith('.yaml')) cpSync(join('examples', name), join(folder, 'examples', name));
    }
    for (const [path] of fresh.matchAll(FIXTURE)) cpSync(path, join(folder, path), { recursive: true });
    const printed = new Map<string, string>();
    for (const [, line = ''] of fresh.matchAll(TRANSCRIPT)) printed.set(line, await transcript(line, folder));
    return fresh.replace(TRANSCRIPT, (_, line: string) => `\`\`\`console\n$ ${line}\n${printed.get(line) ?? ''}\`\`\``);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function transcript(line: string, cwd: string): Promise<string> {
  const [command = '', redirect] = line.split(' > ');
  let shown = '';
  const print = (text: string) => {
    shown += text;
  };
  await main(command.split(' ').slice(1), {
    cwd,
    env: {},
    out: redirect === undefined ? print : () => undefined,
    err: print,
    readStdin: async () => new Uint8Array(),
    stdoutIsTty: false,
    stdinIsTty: false,
    columns: 80,
  });
  return shown;
}
