const running = new Set<number>();
let hears = false;

/** To be called before a group is started: a signal that comes between its start and `watchGroup` would leave it behind. */
export function expectGroup(): void {
  if (!hears) listen();
}

/** Takes note of a process group, so that it is gone when this process is: a group of its own does not hear the terminal. */
export function watchGroup(group: number): void {
  expectGroup();
  running.add(group);
}

export function forgetGroup(group: number): void {
  running.delete(group);
}

export function killGroup(group: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: the group ended by itself, which is the usual case.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function listen(): void {
  hears = true;
  process.on('exit', () => {
    for (const group of running) killGroup(group);
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    // The terminal was closed.
    ['SIGHUP', 129],
  ] as const)
    process.on(signal, () => process.exit(code));
}
