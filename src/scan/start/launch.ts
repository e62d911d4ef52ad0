/** A server as it is to be started or reached, with nothing left to fill in. */
export type Launch =
  | { kind: 'stdio'; command: string; args: readonly string[]; env: Record<string, string>; cwd: string }
  | { kind: 'http'; url: string; headers: Record<string, string> };

/** Why a server gave no list: `code` for programs, `says` goes on from the server's name. */
export interface Failure {
  code: string;
  says: string;
  help?: string;
}

/** What a server does wrong ends everything that waits for it. */
export class ServerFault extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.says);
    this.failure = failure;
  }
}

/** Bytes that one server may send in all. */
export const MOST_SENT = 24 * 1024 * 1024;

export const FLOODED: Failure = {
  code: 'server-floods',
  says: `sent more than ${MOST_SENT / 1024 / 1024} MiB and was stopped`,
};
