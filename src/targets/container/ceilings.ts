/**
 * What one sandboxed process may take of the machine. No manifest says it: these are high enough for a browser or a
 * compiler, and low enough that a fork bomb or a leak ends in the sandbox and not on the machine.
 */
export const CEILINGS = {
  /** Processes and threads at once. */
  processes: 512,
  /** Mebibytes of memory. */
  memoryMiB: 2048,
  cpus: 2,
  /** Mebibytes of each folder that lives in memory. */
  scratchMiB: 256,
} as const;

/** Nobody: a process in a container that is given no other rights has none of a user of the machine. */
export const NOBODY = 65_534;
