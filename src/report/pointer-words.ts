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

/** `/limits/usdPerDay` as `limits.usdPerDay`, and a field of a tool as the tool's name with the field; other text as it is. */
export function placeWords(text: string): string {
  const tokens = text.split('/').slice(1).map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [key, name, ...rest] = tokens;
  if (!text.startsWith('/') || key === undefined || !Object.hasOwn(KEYS, key)) return shown(text, 200);
  const parts = key === 'tools' && name !== undefined ? [`${name}${rest.length > 0 ? ':' : ''}`, rest.join('.')] : [tokens.join('.')];
  return shown(parts.filter((part) => part !== '').join(' '), 240);
}
