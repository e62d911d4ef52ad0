import type { Connection } from './connection.ts';

const DAY_MS = 86_400_000;

/** Says by which policy this gate goes; resolves to the digests of others that gates of the agent went by in the last day. */
export async function otherPolicies(
  connection: Connection,
  root: string,
  digest: string,
  now: number,
): Promise<string[]> {
  const key = `stakes:{${root}}:policies`;
  await connection.command('HSET', key, digest, String(now));
  await connection.command('EXPIRE', key, '172800');
  const all = await connection.command('HGETALL', key);
  const words = Array.isArray(all) ? all.map(String) : [];
  const others: string[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [other = '', time] = [words[i], Number(words[i + 1])];
    if (!(now - time < DAY_MS)) await connection.command('HDEL', key, other);
    else if (other !== digest && /^sha256:[0-9a-f]{64}$/.test(other)) others.push(other);
  }
  return others;
}
