import { codex, codexTools } from '../catalog/hosts/codex.ts';
import type { ToolFacts } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { examples } from './codex-config.examples.ts';
import { defineImporter, type Part } from './define.ts';
import { codexApprovals, codexServers } from './parts/codex-servers.ts';
import { serversFor } from './parts/named-servers.ts';
import { serversOf } from './parts/servers.ts';
import { readToml } from './parts/toml.ts';
import { plainText } from './parts/words.ts';

export const importer = defineImporter({
  id: 'codex-config',
  since: '0.1.0',
  title: 'Codex (.codex/config.toml)',
  about:
    'When Codex asks, what its sandbox holds back, its model and its servers. Not what those do, and not what a command line overrides.',
  files: { project: ['.codex/config.toml'], user: ['.codex/config.toml'], managed: ['etc/codex/config.toml'] },
  read({ file, folder, text }) {
    const toml = readToml(file, text);
    if ('code' in toml) return { parts: [], problems: [toml] };
    const settings = { ...toml.value, ...chosenProfile(toml.value) };
    const { mcp_servers: map, approval_policy: policy } = settings;
    const servers = serversOf(codexServers(map), ['mcp_servers'], (...path) => toml.place(...path.map(String)));
    const tools: Record<string, ToolFacts> = {
      ...ownTools(settings),
      ...codexApprovals(map, servers.names, servers.said.tools ?? {}),
    };
    const mode = typeof policy === 'string' && Object.hasOwn(codex.modes, policy) ? codex.modes[policy] : undefined;
    const mcpServers = serversFor(tools, servers.said.mcpServers ?? {});
    const model = plainText(settings.model, 100);
    const said: Part['said'] = {
      ...(mode?.review ? { autonomy: { review: mode.review } } : {}),
      ...(model ? { models: [{ provider: plainText(settings.model_provider, 60) ?? 'openai', id: model }] } : {}),
      ...servers.said,
      ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
      tools,
    };
    const from: Record<string, Place> = { ...servers.from };
    if (mode?.review) from['/autonomy'] = toml.place('approval_policy');
    for (const tool of Object.keys(tools)) from[pointerOf('tools', tool)] ??= toml.place('sandbox_mode');
    const notes = { ...servers.notes, ...notesOf(toml.value, settings, mode?.note) };
    return { parts: [{ host: codex.id, folder, said, from, notes }], problems: servers.problems };
  },
  examples,
});

/** The one that is chosen in the file overrides what stands beside it. */
function chosenProfile({ profile, profiles }: Record<string, unknown>): Record<string, unknown> {
  const chosen =
    typeof profile === 'string' && isRecord(profiles) && Object.hasOwn(profiles, profile)
      ? profiles[profile]
      : undefined;
  return isRecord(chosen) ? chosen : {};
}

/** A sandbox bounds a command only if Codex cannot ask for more: what a person lets out of it, is out. */
function ownTools(settings: Record<string, unknown>): Record<string, ToolFacts> {
  const {
    sandbox_mode: mode,
    sandbox_workspace_write: inside,
    approval_policy: policy,
    tools,
    web_search: search,
  } = settings;
  const held = policy === 'never' && typeof mode === 'string' && settings.default_permissions === undefined;
  // Settings of the person or the machine may let it out where these say nothing.
  const network = !isRecord(inside) || inside.network_access !== false;
  const all = codexTools(held ? mode : undefined, network);
  const off =
    search === 'disabled' ||
    search === false ||
    (search === undefined && isRecord(tools) && tools.web_search === false);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(off && name === 'web_search')));
}

function notesOf(
  file: Record<string, unknown>,
  settings: Record<string, unknown>,
  asks: string | undefined,
): Record<string, string> {
  const others = isRecord(file.profiles) ? Object.keys(file.profiles).filter((name) => name !== file.profile) : [];
  const roots = isRecord(settings.sandbox_workspace_write)
    ? settings.sandbox_workspace_write.writable_roots
    : undefined;
  const lines = [
    asks ?? 'when it asks is not said here',
    typeof settings.sandbox_mode === 'string'
      ? `sandbox \`${plainText(settings.sandbox_mode, 60) ?? '…'}\``
      : 'no sandbox is named here',
    ...(Array.isArray(roots) && roots.length > 0
      ? [`may also write ${plainText(roots.slice(0, 10).join(', '), 300) ?? '…'}`]
      : []),
    ...(settings.default_permissions !== undefined ? ['profiles of permissions hold in place of the sandbox'] : []),
    ...(others.length > 0
      ? [`other profiles may be looser: ${plainText(others.slice(0, 10).join(', '), 200) ?? '…'}`]
      : []),
    ...(settings.notify !== undefined || settings.hooks !== undefined
      ? ['programs run on what happens, without being asked for']
      : []),
  ];
  return { '/agent': lines.join('; ') };
}
