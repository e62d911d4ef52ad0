import { describe, expect, test } from 'vitest';
import { agent, policy } from '../../model/policy.fixture.ts';
import { PROFILE } from './profile.ts';
import { SYSCALLS } from './syscalls.ts';
import { target } from './target.ts';

const made = policy([agent('desk')]);

test('one file, the same for every policy', () => {
  const [file] = target.emit(made).files;
  expect(file?.path).toBe('seccomp.json');
  expect(JSON.parse(file?.content ?? '')).toEqual(JSON.parse(JSON.stringify(PROFILE)));
  expect(target.emit(policy([agent('other')])).files).toEqual(target.emit(made).files);
});

describe('the profile', () => {
  test('refuses what it does not name, on 64-bit machines only', () => {
    expect(PROFILE.defaultAction).toBe('SCMP_ACT_ERRNO');
    for (const { subArchitectures } of PROFILE.archMap) expect(subArchitectures).toEqual([]);
  });

  test.each([
    ...['mount', 'umount2', 'pivot_root', 'unshare', 'setns', 'ptrace', 'process_vm_readv', 'keyctl', 'bpf'],
    ...['init_module', 'kexec_load', 'reboot', 'io_uring_setup', 'userfaultfd', 'perf_event_open', 'socketcall'],
    ...['open_by_handle_at', 'clock_settime', 'syslog', 'swapon', 'iopl', 'chroot', 'clone', 'clone3', 'socket'],
  ])('%s is not allowed without a condition', (name) => {
    expect(SYSCALLS).not.toContain(name);
  });

  test.each(['read', 'write', 'openat', 'execve', 'connect', 'futex', 'mmap', 'exit_group', 'epoll_wait', 'getrandom'])(
    '%s is allowed',
    (name) => {
      expect(SYSCALLS).toContain(name);
    },
  );

  test('a socket is of a local, an internet or the routing family, and never raw', () => {
    const sockets = PROFILE.syscalls.filter(({ names }) => names.includes('socket'));
    expect(sockets.map(({ args }) => args.map(({ index, value, valueTwo }) => [index, valueTwo ?? value]))).toEqual([
      [[0, 1]],
      ...[2, 10].flatMap((family) =>
        [1, 2].map((kind) => [
          [0, family],
          [1, kind],
        ]),
      ),
      [
        [0, 16],
        [2, 0],
      ],
    ]);
  });

  test('each call is named once for each condition', () => {
    expect(new Set(SYSCALLS).size).toBe(SYSCALLS.length);
  });
});

test('the losses say that files and hosts are not held', () => {
  expect(target.emit(made).losses.map(({ what }) => what)).toEqual([
    'sandbox',
    'egress-allowlist',
    'protectedPaths',
    'deny-by-default',
  ]);
});
