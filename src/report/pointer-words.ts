import type { Manifest } from '../model/manifest.ts';
import { shown } from './shown.ts';

/** Evidence that starts with a key of the manifest is a pointer; anything else is a person's words. */
const KEYS: Record<keyof Manifest, true> = {
  schemaVersion: true,
  agent: true,
  concern: true,
  autonomy: true,
  approvals: true,
  inputs: true,
  models: true,
  data: true,
  mcpServers: true,
  servers: true,
  tools: true,
  network: true,
  filesystem: true,
  credentials: true,
  limits: true,
  subagents: true,
  controls: true,
};

/** `/limits/usdPerDay` as `limits.usdPerDay`, and a field of a tool as that; other text as it is. */
export function placeWords(text: string): string {
  const [key, name, ...rest] = tokensOf(text);
  if (key === undefined) return shown(text, 200);
  if (key !== 'tools' || name === undefined)
    return shown([key, name, ...rest].filter((part) => part !== undefined).join('.'), 240);
  return shown(rest.length > 0 ? `${rest.join('.')} of ${name}` : name, 240);
}

/** The section of the manifest that a pointer stands in, for when there is room for no more; other text as it is. */
export function sectionWords(text: string): string {
  const [key] = tokensOf(text);
  return key ?? shown(text, 200);
}

/** The parts of a pointer into a manifest, an inline subagent's too; none for words. */
function tokensOf(text: string): string[] {
  const own = text.replace(/^(?:\/subagents\/[^/]+\/manifest)+(?=\/)/, '');
  const tokens = own.split('/').slice(1);
  if (!own.startsWith('/') || !Object.hasOwn(KEYS, tokens[0] ?? '')) return [];
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
