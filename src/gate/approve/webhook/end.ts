import { readKeys, type SigningKeys } from './sign.ts';

/** Where questions are posted to, and what signs them. */
export interface WebhookEnd {
  url: string;
  keys: SigningKeys;
  pace: Pace;
}

/** All in milliseconds. */
export interface Pace {
  /** Between two tries to hand a question over. */
  retries: readonly number[];
  /** From one look for an answer to the next. */
  poll: number;
  /** What a receiver may take for its response, in which it can wait for the answer. */
  patience: number;
}

export const PACE: Pace = { retries: [1_000, 4_000, 10_000, 20_000], poll: 2_000, patience: 30_000 };

/** Given by whoever runs the gate, and by nobody else: a flag or the environment, never a policy. */
export interface GivenWebhook {
  url: string;
  /** The secret, or several while it is changed. */
  secret: string | undefined;
}

export type ReadWebhook = WebhookEnd | { wrong: string; help: string };

export function readWebhook({ url, secret }: GivenWebhook, pace: Pace = PACE): ReadWebhook {
  const fault = faultOf(url);
  if (fault !== undefined) return { wrong: `the webhook's address ${fault}`, help: 'it begins with `https://`' };
  if (secret === undefined)
    return {
      wrong: 'the webhook has no secret to sign with',
      help: 'give a file with `--webhook-secret`, or set `STAKES_WEBHOOK_SECRET`',
    };
  const keys = readKeys(secret);
  if (keys === undefined)
    return {
      wrong: 'the secret of the webhook is none of Standard Webhooks',
      help: '`whsec_` and 24 to 64 bytes in Base64, or `whsk_` and an Ed25519 key',
    };
  if (new URL(url).protocol === 'http:' && !keys.some((key) => 'hmac' in key))
    return {
      wrong: 'nothing would show whose answers come over plain HTTP',
      help: 'give a secret `whsec_…`, which answers are signed with',
    };
  return { url, keys, pace };
}

/** The address is never shown: with many services it is a secret itself. */
function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is no URL';
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return 'has a name or a password in it';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'is not of `https`';
  return isLoopback(hostname) ? undefined : 'is not of `https`, and not on this machine';
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
