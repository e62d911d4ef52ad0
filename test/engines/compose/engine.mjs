// A real docker-compose on a real podman, in namespaces of their own, with images that hold busybox or squid and come from no registry.
export const engine = {
  name: 'compose',
  smoke: false,
  package: undefined,
  programs: ['podman', 'runc', 'docker-compose', 'catatonit', 'busybox', 'squid', 'ldd'],
  trial: ['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', 'runc', '--version'],
  needs: 'it must run as root on Linux (namespaces, cgroups)',
};
