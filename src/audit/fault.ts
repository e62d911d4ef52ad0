/**
 * Why a log cannot be written, or a key not be used: whoever wanted a record or a signature has none, and must not go on. Never
 * holds what was to be written.
 */
export class LogFault extends Error {
  readonly code: string;
  /** What to do. */
  readonly help: string;
  constructor(code: string, message: string, help: string) {
    super(message);
    this.code = code;
    this.help = help;
  }
}
