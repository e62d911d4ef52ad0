import { statSync } from 'node:fs';
import { platform } from 'node:os';
import { resolve } from 'node:path';
import type { ReadWebhook } from '../gate/approve/webhook/end.ts';
import { readText } from '../source/read.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';

const MOST_SECRET = 4_096;

/** Where people are to be asked besides the inbox, as whoever runs the gate says. Undefined: nowhere. */
export async function webhookFor(
  { webhook, webhookSecret }: Invocation['options'],
  io: Io,
): Promise<ReadWebhook | undefined> {
  const url = typeof webhook === 'string' ? webhook : io.env.STAKES_WEBHOOK_URL;
  if (url === undefined || url === '') {
    if (webhookSecret === undefined) return undefined;
    return { wrong: 'there is a secret for a webhook, and no webhook', help: 'say where it is: `--webhook <url>`' };
  }
  const { readWebhook } = await import('../gate/approve/webhook/end.ts');
  if (typeof webhookSecret !== 'string') return readWebhook({ url, secret: io.env.STAKES_WEBHOOK_SECRET });
  const path = resolve(io.cwd, webhookSecret);
  const text = readText(path, webhookSecret, MOST_SECRET);
  if (text.state !== 'ok')
    return { wrong: text.problems[0]?.message ?? '', help: 'the secret of the webhook is read from it' };
  if (platform() !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    return { wrong: `others than its owner can read \`${webhookSecret}\``, help: `\`chmod 600 ${webhookSecret}\`` };
  return readWebhook({ url, secret: text.value });
}
