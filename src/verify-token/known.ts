/** A public key as JSON (RFC 7517), as `stakes gate --jwks` prints it. */
export interface KnownKey {
  readonly kty?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly kid?: string;
  readonly exp?: number;
  readonly [other: string]: unknown;
}

/** The gate's public keys: one, all of them, or what reads them anew, so that a key that was replaced is noticed. */
export type KnownKeys = KnownKey | { readonly keys: readonly KnownKey[] } | (() => KnownKeys | Promise<KnownKeys>);

