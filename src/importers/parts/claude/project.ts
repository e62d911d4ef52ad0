import { claudeCode } from '../../../catalog/hosts/claude-code.ts';
import type { HostMode } from '../../../catalog/hosts/define.ts';
import { isRecord } from '../../../source/record.ts';
import type { ImportFile } from '../../define.ts';
import { type JsonText, readJson } from '../jsonc.ts';
import { textsOf } from '../references.ts';
import { type Servers, serversOf } from '../servers.ts';
import { RULE_LISTS, type Rule, ruleOf } from './rules.ts';

/** What the settings of one folder say together, whichever of its files is read. */
export interface Project {
  /** The mode that sessions start in; absent: not said, or none that is known. */
  mode?: HostMode & { name: string };
  rules: Rule[];
  /** Programs that decide on calls, and ones that answer in a person's place. */
  hooks: { decide: boolean; answer: boolean };
  /** The servers of `.mcp.json` that are not switched off. */
  servers: Servers;
  /** The value of the narrowest settings that have one. */
  setting(...path: string[]): unknown;
  /** What all settings list. */
  listed(...path: string[]): string[];
}

/** From the narrowest to the widest; what an organisation says stands above both. */
const SETTINGS = ['.claude/settings.local.json', '.claude/settings.json'] as const;

/** `own`: the settings that are read, which need not be read again; its rules have places. */
export function projectOf({ file, beside }: ImportFile, own?: JsonText): Project {
  const isManaged = own !== undefined && !SETTINGS.some((name) => file.endsWith(name));
  const files = SETTINGS.flatMap((name) => {
    if (own !== undefined && file.endsWith(name)) return [own];
    const text = beside(name);
    const json = text.state === 'ok' ? readJson(name, text.value) : undefined;
    return json && !('code' in json) ? [json] : [];
  });
  const all = isManaged ? [own, ...files] : files;
  const setting = (...path: string[]) => all.map(({ value }) => at(value, path)).find((value) => value !== undefined);
  const listed = (...path: string[]) => all.flatMap(({ value }) => textsOf(at(value, path)));
  const mode = all.map(({ value }) => modeOf(value)).find((name) => name !== undefined);
  const known = mode !== undefined && Object.hasOwn(claudeCode.modes, mode) ? claudeCode.modes[mode] : undefined;
  const hooked = (event: string) =>
    setting('disableAllHooks') !== true && all.some(({ value }) => isFilled(at(value, ['hooks', event])));
  return {
    ...(mode !== undefined && known ? { mode: { ...known, name: mode } } : {}),
    rules: all.flatMap((json) => rulesOf(json, json === own)),
    hooks: { decide: hooked('PreToolUse'), answer: hooked('PermissionRequest') },
    servers: serversBeside(beside, new Set(listed('disabledMcpjsonServers'))),
    setting,
    listed,
  };
}

/** A mode that Claude Code does not know makes it drop the whole file. */
export function badMode(value: Record<string, unknown>): string | undefined {
  const mode = at(value, ['permissions', 'defaultMode']);
  return typeof mode === 'string' && !Object.hasOwn(claudeCode.modes, mode) ? mode : undefined;
}

function modeOf(value: Record<string, unknown>): string | undefined {
  const mode = at(value, ['permissions', 'defaultMode']);
  return typeof mode === 'string' && badMode(value) === undefined ? mode : undefined;
}

function rulesOf({ value, place }: JsonText, isOwn: boolean): Rule[] {
  return RULE_LISTS.flatMap((list) => {
    // What is dropped refuses nothing; that it lets nothing through either is not counted on.
    if (list !== 'allow' && badMode(value) !== undefined) return [];
    const rules = at(value, ['permissions', list]);
    if (!Array.isArray(rules)) return [];
    return rules.flatMap((text, i) => {
      const rule =
        typeof text === 'string' ? ruleOf(list, text, isOwn ? place('permissions', list, i) : undefined) : undefined;
      return rule ? [rule] : [];
    });
  });
}

function serversBeside(beside: ImportFile['beside'], disabled: ReadonlySet<string>): Servers {
  const text = beside('.mcp.json');
  const json = text.state === 'ok' ? readJson('.mcp.json', text.value) : undefined;
  if (!json || 'code' in json) return { said: {}, from: {}, notes: {}, problems: [], names: new Map() };
  const map = json.value.mcpServers ?? json.value;
  const enabled = isRecord(map)
    ? Object.entries(map).filter(([name, entry]) => isRecord(entry) && !disabled.has(name))
    : [];
  return serversOf(Object.fromEntries(enabled), json.value.mcpServers === undefined ? [] : ['mcpServers'], json.place);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
}

const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0;
