// One of the two sandboxes that a Debian has without Node; busybox brings the attempts that are made inside.
export const engine = {
  name: 'bubblewrap',
  smoke: false,
  package: undefined,
  programs: ['bwrap', 'busybox'],
  trial: [
    'bwrap',
    '--ro-bind',
    '/',
    '/',
    '--unshare-user',
    '--disable-userns',
    '--unshare-net',
    '--proc',
    '/proc',
    'true',
  ],
  needs: 'it must run on this machine (bubblewrap 0.8, user namespaces)',
};
