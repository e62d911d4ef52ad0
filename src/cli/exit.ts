/** Exit codes of every command. */
export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  nothing: 3,
  internal: 4,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const ORDER: readonly ExitCode[] = [EXIT.cancelled, EXIT.internal, EXIT.usage, EXIT.findings, EXIT.nothing, EXIT.clean];

/** The code that stands when several apply. */
export function strongest(codes: readonly ExitCode[]): ExitCode {
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.clean;
}
