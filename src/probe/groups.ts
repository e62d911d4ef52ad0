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

let orderly: ((code: number) => void) | undefined;
/** Milliseconds that what ends in order has for it. */
const ORDERLY = 5_000;

/** The next signal ends the process no longer: whoever waits for it does, and soon. A second one ends it at once. */
export function untilSignal(): Promise<number> {
  expectGroup();
  return new Promise((done) => {
    orderly = done;
  });
}

/** However the process ends from here on, it says that this signal has ended it. */
export function exitAs(code: number): void {
  process.on('exit', () => {
    process.exitCode = code;
  });
}

function ended(code: number): void {
  if (orderly === undefined) process.exit(code);
  setTimeout(() => process.exit(code), ORDERLY).unref();
  orderly(code);
  orderly = undefined;
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
    process.on(signal, () => ended(code));
}
