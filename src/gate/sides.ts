import type { Forwarded } from './session.ts';

/** One of the two sides of a gate, as the gate writes to it and slows it down. */
export interface Side {
  /** One message without a line feed. `call`: what the policy let through, where the message is that. */
  send(message: string, call?: Forwarded): void;
  /** What was sent goes out now. False: it is read slower than it is written; `onceFree` tells when that is over. */
  flush(): boolean;
  onceFree(then: () => void): void;
  /** Nothing is read from it until `resume`. */
  pause(): void;
  resume(): void;
}
