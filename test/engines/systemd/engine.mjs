// A real systemd as the first process of namespaces of its own, with the generated units and none of the machine's.
export const engine = {
  name: 'systemd',
  smoke: false,
  package: undefined,
  programs: ['systemd-analyze', 'systemctl', 'busybox', 'unshare'],
  trial: [
    'unshare',
    '--cgroup',
    '--mount',
    '--pid',
    '--uts',
    '--ipc',
    '--fork',
    '--mount-proc',
    'systemd-analyze',
    '--version',
  ],
  needs: 'it must run as root on Linux (namespaces, cgroups)',
};
