import { createHash } from 'node:crypto';
import type { Pins } from '../../model/pins.ts';
import { canonicalJson } from '../../source/record.ts';

/** One digest for all tools of a server: another one as soon as a tool is new, gone or changed. */
export function serverPin(tools: Pins['servers'][string]['tools']): string {
  const digests = Object.fromEntries(Object.entries(tools).map(([name, { digest }]) => [name, digest]));
  return `sha256:${createHash('sha256').update(canonicalJson(digests)).digest('hex')}`;
}
