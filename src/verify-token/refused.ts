/** Why a token is not taken, by code. Codes stay what they are; words may change. */
export const REFUSALS = {
  missing: 'the call has no token',
  malformed: 'the token is no signed JWT with the claims of an access token',
  type: 'the token is of another type: its `typ` is not `at+jwt`',
  algorithm: 'the token is signed by another algorithm than Ed25519',
  key: 'the token is signed by a key that is not known here, or no longer',
  signature: 'the signature of the token is wrong',
  issuer: 'the token is from somebody else',
  audience: 'the token is for another server',
  expired: 'the token has expired',
  early: 'the token is from the future',
  lifetime: 'the token lives longer than one for a single call may',
  details: 'the token is for no call, or for a request of another kind',
  tool: 'the token is for another tool',
  arguments: 'the token is for other arguments',
  replayed: 'the token was used before, and its call may run once',
  'replays-full': 'too many tokens that may be used once are still good, so that no more can be taken',
} as const;

export type Refusal = keyof typeof REFUSALS;

/** The call must not run. The message holds nothing of the token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code: Refusal;
  constructor(code: Refusal) {
    super(REFUSALS[code]);
    this.code = code;
  }
}
