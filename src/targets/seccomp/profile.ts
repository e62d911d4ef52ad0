import { SYSCALLS } from './syscalls.ts';

/** Flags of `clone` that make a namespace. */
const CLONE_NEW = 0x7e02_0000;
const [EPERM, ENOSYS] = [1, 38];
const FAMILY = { unix: 1, ipv4: 2, ipv6: 10, netlink: 16 } as const;
const KIND = { stream: 1, datagram: 2 } as const;
/** Of a socket's kind; above it are flags. */
const KIND_MASK = 0xf;
/** The one that tells a program which addresses the machine has. */
const NETLINK_ROUTE = 0;
/** As it was, or as a 32-bit machine's addresses; never without the random layout of memory. */
const PERSONALITIES = [0x0, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff];

type Condition = { index: number; value: number; valueTwo?: number; op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ' };

const allow = (names: readonly string[], args: Condition[] = []) => ({ names, action: 'SCMP_ACT_ALLOW', args });
const is = (index: number, value: number): Condition => ({ index, value, op: 'SCMP_CMP_EQ' });
/** The bits of the mask are exactly these. */
const bits = (index: number, mask: number, wanted: number): Condition => ({
  index,
  value: mask,
  valueTwo: wanted,
  op: 'SCMP_CMP_MASKED_EQ',
});

/** For Docker, Podman, containerd and CRI-O. Calls of 32-bit programs are not among it: their arguments hide in memory. */
export const PROFILE = {
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: EPERM,
  archMap: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'].map((architecture) => ({ architecture, subArchitectures: [] })),
  syscalls: [
    allow(SYSCALLS),
    ...PERSONALITIES.map((value) => allow(['personality'], [is(0, value)])),
    allow(['clone'], [bits(0, CLONE_NEW, 0)]),
    // Its flags cannot be looked at; a C library that hears of no such call takes `clone`.
    { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS, args: [] },
    allow(['socket'], [is(0, FAMILY.unix)]),
    ...[FAMILY.ipv4, FAMILY.ipv6].flatMap((family) =>
      [KIND.stream, KIND.datagram].map((kind) => allow(['socket'], [is(0, family), bits(1, KIND_MASK, kind)])),
    ),
    allow(['socket'], [is(0, FAMILY.netlink), is(2, NETLINK_ROUTE)]),
  ],
};

export function profileFile(): string {
  return `${JSON.stringify(PROFILE, null, 2)}\n`;
}
