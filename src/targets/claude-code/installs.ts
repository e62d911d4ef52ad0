import type { Installation } from '../define.ts';

/** Only what narrows: an allow rule in a shared file would widen what everyone else's session may do. */
export const INSTALLS: readonly Installation[] = [
  {
    way: 'merge',
    id: 'project',
    from: 'settings.json',
    into: '.claude/settings.json',
    reads: 'json',
    rules: {
      '/permissions/ask': 'union',
      '/permissions/deny': 'union',
      '/permissions/disableBypassPermissionsMode': 'set',
      '/permissions/disableAutoMode': 'set',
      '/permissions/blockReadsOutsideWorkingDirectories': 'set',
      '/permissions/blockWritesOutsideWorkingDirectories': 'set',
      '/sandbox/enabled': 'set',
      '/sandbox/failIfUnavailable': 'set',
      '/sandbox/allowUnsandboxedCommands': 'set',
      '/sandbox/autoAllowBashIfSandboxed': 'set',
      '/sandbox/network/allowedDomains': 'keep-if-present',
      '/sandbox/network/strictAllowlist': 'set',
      '/sandbox/filesystem/denyRead': 'union',
      '/hooks/PreToolUse': 'union',
      '/disableAllHooks': 'set',
    },
  },
  {
    way: 'file',
    id: 'managed',
    from: 'managed-settings.json',
    to: { linux: '/etc/claude-code/managed-settings.json' },
    caution:
      'every call is refused until the files of the hook lie in `/etc/claude-code/stakes`; the README of the bundle has the commands',
  },
  { way: 'launcher', id: 'launcher', script: 'launch.sh' },
];
