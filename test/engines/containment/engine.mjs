// Four sandboxes, each once with its generated files and once without what holds a process in them; all in namespaces of their own.
export const engine = {
  name: 'containment',
  smoke: false,
  package: undefined,
  programs: [
    ...['podman', 'runc', 'docker-compose', 'catatonit', 'busybox', 'squid', 'ldd'],
    ...['bwrap', 'socat', 'rg', 'curl', 'setpriv', 'prlimit', 'timeout'],
  ],
  trial: ['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', 'runc', '--version'],
  needs: 'it must run as root on Linux (namespaces, cgroups)',
};
