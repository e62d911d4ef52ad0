/**
 * For authors of MCP servers: the check of the token that `stakes gate` mints for each call. It needs nothing but Node, and
 * nothing of the rest of Stakes.
 */
export type { ExpectedCall } from './details.ts';
export { tokenInHeader, tokenInMeta } from './find.ts';
export type { KnownKey, KnownKeys } from './known.ts';
export { REFUSALS, type Refusal, TokenRefused } from './refused.ts';
export { type ReplayAnswer, type Replays, replaysInMemory } from './replays.ts';
export {
  type CallToVerify,
  type TokenToVerify,
  type VerifiedCall,
  type VerifiedConnection,
  verifyCall,
  verifyConnection,
} from './verify.ts';
