// A container with all the rights of root and this profile, on a real podman in namespaces of its own.
export const engine = {
  name: 'seccomp',
  smoke: false,
  package: undefined,
  programs: ['podman', 'runc', 'catatonit', 'busybox'],
  trial: ['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', 'runc', '--version'],
  needs: 'it must run as root on Linux (namespaces, cgroups)',
};
