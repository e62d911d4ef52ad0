// Four sandboxes, each once with its generated files and once without what holds a process in them; all in namespaces of their own.
export const engine = {
  name: 'containment',
  smoke: false,
  package: undefined,
  programs: [
    ...['podman', 'runc', 'docker-compose', 'catatonit', 'busybox', 'squid', 'ldd'],
    ...['bwrap', 'socat', 'rg', 'curl', 'setpriv', 'prlimit', 'timeout'],
  ],
  // Containers are started as root, and the two others by an ordinary user.
  trial: [
    ...['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', 'sh', '-c'],
    'runc --version && setpriv --reuid 65534 --regid 65534 --clear-groups bwrap --ro-bind / / --unshare-all --proc /proc true',
  ],
  needs: 'it must run as root on Linux (namespaces, cgroups), where an ordinary user has user namespaces',
};
