import { SignJWT } from 'jose';
import { TOKEN_TYPE, type TokenClaims } from '../../model/token.ts';
import type { TokenKey } from './keys.ts';

/** `EdDSA`, and not yet `Ed25519` of RFC 9864: every library knows the older name. */
export const headerOf = ({ kid }: TokenKey): { alg: 'EdDSA'; typ: string; kid: string } => ({
  alg: 'EdDSA',
  typ: TOKEN_TYPE,
  kid,
});

export function mint(claims: TokenClaims, key: TokenKey): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader(headerOf(key)).sign(key.secret);
}
