// Pods as `podman play kube` runs them, in namespaces of their own; the network of a cluster is not among what is here.
export const engine = {
  name: 'kubernetes',
  smoke: false,
  package: 'kubernetes-models',
  programs: ['podman', 'runc', 'catatonit', 'busybox'],
  trial: ['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', 'runc', '--version'],
  needs: 'it must run as root on Linux (namespaces, cgroups)',
};
