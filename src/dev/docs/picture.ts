import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from './page.ts';
import { transcript } from './transcripts.ts';

const AGENT = 'examples/payout-analyst.agent.yaml';

/** The drawing of an example that the README shows. */
export async function picture(): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-picture-'));
  try {
    const file = join(folder, 'picture.svg');
    await transcript(`stakes assess ${AGENT} -f svg > ${file}`, process.cwd());
    return { path: 'docs/payout-analyst.svg', content: readFileSync(file, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
