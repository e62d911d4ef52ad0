/** Programs that a session needs besides podman. */
export const CONTAINER_NEEDS = ['runc', 'catatonit', 'busybox', 'unshare', 'tar'];

/** Why no container can be started here in a way that leaves nothing behind; undefined: one can. */
export function rootReason(): string | undefined {
  if (process.getuid?.() === 0) return undefined;
  return 'containers are tried in namespaces of their own, which here takes the rights of root: run it as root, best on a machine to throw away';
}
