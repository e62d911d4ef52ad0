/** Exit codes of every command. */
export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  nothing: 3,
  internal: 4,
  cancelled: 130,
} as const;
export type ExitName = keyof typeof EXIT;
export type ExitCode = (typeof EXIT)[ExitName];

export const EXIT_DOCS: Record<ExitName, string> = {
  clean: 'clean',
  findings:
    'findings at or above `--fail-on`; a tier above `--max-tier`; with `--check`, stale or edited files; a failed proof',
  usage: 'wrong usage, or a file that is not valid',
  nothing: 'nothing to check, or nothing proven',
  internal: 'a fault in Stakes',
  cancelled: 'cancelled',
};

const ORDER: readonly ExitCode[] = [EXIT.cancelled, EXIT.internal, EXIT.usage, EXIT.findings, EXIT.nothing, EXIT.clean];

/** The code that stands when several apply. */
export function strongest(codes: readonly ExitCode[]): ExitCode {
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.clean;
}
