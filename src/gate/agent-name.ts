import { createHash } from 'node:crypto';

/** What files of one agent under one policy are called: `policy` is that one's real path. */
export function agentName(root: string, policy: string): string {
  return `${plain(root)}-${createHash('sha256').update(policy).digest('hex').slice(0, 12)}`;
}

export const plain = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60);
