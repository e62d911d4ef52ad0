/** A public key as JSON (RFC 7517), as `stakes tokens` prints it. */
export interface KnownKey {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly kid?: string | undefined;
  readonly exp?: number | undefined;
}

/** The gate's public keys: one, all of them, or what reads them anew, so that a key that was replaced is noticed. */
export type KnownKeys = KnownKey | { readonly keys: readonly KnownKey[] } | (() => KnownKeys | Promise<KnownKeys>);
