import { bridgedTo } from '../manifest/bridge.ts';
import { isAddress, isPinned, type LaunchedPackage, launchedPackage } from '../manifest/launched-package.ts';
import type { CatalogServer } from '../model/catalog.ts';
import type { McpServer } from '../model/manifest.ts';
import { servers } from './servers.generated.ts';
import { inRange } from './versions.ts';

export interface KnownServer {
  facts: CatalogServer;
  /** As the catalogue names it: a package, or a host. */
  name: string;
  /** The version that is started; undefined: whichever is newest, or runs at that address. */
  version: string | undefined;
  /** Do the facts hold for what is started? `unpinned`: for the version that was seen, and others may come. */
  fits: 'yes' | 'unpinned' | 'no';
  /** Is it given options, which may switch on tools that nobody looked at? */
  hasOptions: boolean;
}

/** The server that an entry of `mcpServers` starts or connects to, if the catalogue has it; undefined where that is in doubt. */
export function knownServer(entry: McpServer): KnownServer | undefined {
  if (entry.command === undefined) return entry.url === undefined ? undefined : knownHost(entry.url);
  if (entry.url !== undefined) return undefined;
  const address = bridgedTo(entry);
  if (address !== undefined) return knownHost(address);
  const launched = launchedPackage(entry);
  if (launched === undefined || isAddress(launched)) return undefined;
  const { name, version } = named(launched);
  if (mayBeAnother(entry, launched, name)) return undefined;
  const facts = servers.find(({ packages }) => packages.includes(`${launched.kind}:${name}`));
  if (facts === undefined) return undefined;
  const fits = version === undefined ? 'unpinned' : inRange(version, facts.versions) ? 'yes' : 'no';
  const hasOptions =
    (entry.args ?? []).slice(launched.index + 1).some((word) => word.startsWith('-')) ||
    Object.keys(entry.env ?? {}).some((key) => SWITCHES.test(key));
  return { facts, name, version, fits, hasOptions };
}

function knownHost(url: string): KnownServer | undefined {
  const hostname = /^https:\/\/([a-z0-9.-]+)(?:[/?#]|$)/i.exec(url)?.[1]?.toLowerCase();
  const facts = servers.find(({ hosts }) => hostname !== undefined && hosts?.includes(hostname));
  return facts && hostname !== undefined
    ? { facts, name: hostname, version: undefined, fits: 'unpinned', hasOptions: url.includes('?') }
    : undefined;
}

/** A range or a tag stands for whichever version is newest. */
function named(launched: LaunchedPackage): { name: string; version: string | undefined } {
  const { name: written, kind } = launched;
  const [, name = '', said = ''] =
    (kind === 'image'
      ? /^([^:@]+(?::\d+\/[^:@]+)?)(?::([^@]+))?(?:@.*)?$/
      : kind === 'npm'
        ? /^(@?[^@]+)(?:@v?(.*))?$/
        : /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:(?:==|@)\s*(.*))?$/
    ).exec(written) ?? [];
  const plain = kind === 'pypi' ? name.toLowerCase().replace(/[._-]+/g, '-') : name;
  return { name: plain, version: said !== '' && isPinned(launched) ? said.replace(/^v(?=\d)/, '') : undefined };
}

/** Words after which it is still this package, from where everybody has it. */
const HARMLESS = {
  npm: /^(?:exec|dlx|x|\/c|npx(?:\.cmd)?|-y|--yes|-q|--quiet|--silent|--prefer-online|--prefer-offline|--offline|--)$/i,
  pypi: /^(?:tool|run|-q|--quiet|--from|--spec|--refresh|--isolated|--no-cache|--offline|(?:-p|--python)(?:=.*)?|3(?:\.\d+)*)$/,
  image: /^(?!--entrypoint(?:=|$))/,
} as const;

/** Variables that sound as if they switched on tools. */
const SWITCHES = /tool|feature|mode|enable|allow|caps|capabilit|skill|experiment|write|admin|danger|unsafe/i;

/** Variables by which a launcher takes it from elsewhere, or puts something before it. */
const REDIRECTS = /^(?:npm_config_.*|(?:uv|pip)_.*|node_(?:options|path)|pythonpath|pythonstartup|path|ld_preload)$/i;

function mayBeAnother({ args = [], env = {} }: McpServer, { kind, index }: LaunchedPackage, name: string): boolean {
  if (Object.keys(env).some((key) => REDIRECTS.test(key))) return true;
  if (args.slice(0, index).some((word) => !HARMLESS[kind].test(word))) return true;
  // Where an option names the package, the program to start comes after, and may be any.
  const isApart = args[index]?.startsWith('-') || /^--(?:from|spec)$/.test(args[index - 1] ?? '');
  return kind !== 'image' && isApart === true && (kind === 'npm' || args[index + 1] !== name);
}
