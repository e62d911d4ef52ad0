import type { Loss, Policy } from '../../model/policy.ts';
import { quoted } from '../claude-code/quoted.ts';
import { defineTarget } from '../define.ts';
import { SANDBOX } from '../instead.ts';
import { unseenLosses } from '../srt/unseen-losses.ts';
import { profileFile } from './profile.ts';

export const target = defineTarget({
  id: 'seccomp',
  title: 'seccomp profile',
  summary: 'the calls to the kernel that ordinary programs need, for a container engine to refuse all others',
  revision: 1,
  installs: [{ way: 'in-place', id: 'in-place' }],
  // A part of a sandbox; files and hosts take the rest of it.
  enforces: [],
  proof: 'engine',
  usage,
  emit: (policy) => ({ files: [{ path: 'seccomp.json', content: profileFile() }], losses: lossesOf(policy) }),
});

function lossesOf(policy: Policy): Loss[] {
  const held = 'a profile sees calls to the kernel, and neither the files nor the hosts that they are about';
  return [
    {
      what: 'sandbox',
      message: held,
      instead: 'add the `compose` or `kubernetes` target, which bring the profile along',
    },
    { what: 'egress-allowlist', message: 'a socket is allowed or not, wherever it leads', instead: SANDBOX },
    { what: 'protectedPaths', message: 'a file may be written or not, whichever it is', instead: SANDBOX },
    ...unseenLosses(policy, Object.values(policy.agents), { by: 'seccomp' }),
  ];
}

function usage({ root }: Policy): string {
  const file = quoted(`.stakes/${root}/seccomp/seccomp.json`);
  return [
    'For a container that you start yourself; the files of `compose` and `kubernetes` bring the profile along.',
    '',
    '```sh',
    `docker run --security-opt no-new-privileges --security-opt seccomp=${file} --cap-drop ALL …`,
    '```',
    '',
    '- What changes mounts or namespaces, looks into other processes or keyrings, sets the clock, loads code into the kernel or opens a raw socket is refused. So are the calls of 32-bit programs.',
    '- A browser that makes a sandbox of its own (Chromium) does not start under it without `--no-sandbox`; the container is then its sandbox.',
    '- It holds calls to the kernel and nothing else: use it with a sandbox for files and hosts.',
    '- Proven with podman and runc on Linux x64; Docker, containerd and CRI-O read the same format.',
  ].join('\n');
}
