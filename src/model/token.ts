/** Where a server that is started over stdio finds the token of a request: a key of `params._meta`. */
export const TOKEN_META = 'stakes.gate/token';

/** The media type that tells these tokens from every other. Source: RFC 9068, section 2.1 */
export const TOKEN_TYPE = 'at+jwt';

/** The type of the one entry in `authorization_details`. Source: RFC 9396, section 2 */
export const CALL_TYPE = 'urn:stakes:mcp-call';

/** Seconds that a token may live. */
export const LIFE = { least: 60, most: 300 } as const;

/** Who a token is for where its server has no address: one that is started over stdio. */
export const serverUrn = (server: string): string => `urn:stakes:server:${encodeURIComponent(server)}`;

/** Whose tokens they are: the gate of one agent. */
export const gateUrn = (root: string): string => `urn:stakes:gate:${encodeURIComponent(root)}`;

export const agentUrn = (agent: string): string => `urn:stakes:agent:${encodeURIComponent(agent)}`;

/** The very call that a token is for. */
export interface CallDetails {
  type: typeof CALL_TYPE;
  /** The audience once more. */
  locations: [string];
  /** The method of the request: `tools/call`. */
  actions: [string];
  /** The tool, as the server names it; `@resources` and its like for what is no tool. */
  identifier: string;
  /** `sha256:` and hexadecimal digits, of the arguments as canonical JSON (RFC 8785). */
  arguments_digest: string;
  /** The server takes the token once: its call cannot be undone, or hurts. */
  single_use: boolean;
}

/** The type of the one entry where a token is for no call: it goes with everything else that a gate sends to a server at a URL. */
export const CONNECTION_TYPE = 'urn:stakes:mcp-connection';

export interface ConnectionDetails {
  type: typeof CONNECTION_TYPE;
  /** The audience once more. */
  locations: [string];
}

/** What a token says. Source: RFC 9068, section 2.2 */
export interface TokenClaims {
  iss: string;
  /** On whose behalf: a user, or the agent itself where no person starts it. */
  sub: string;
  /** The agent. */
  client_id: string;
  aud: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
  /** Names the call in the gate's records: `<session>.<seq>`. */
  jti: string;
  /** OAuth scopes that the policy names for the tool; absent: none. */
  scope?: string;
  /** The agent, where it acts for a user. Source: RFC 8693, section 4.1 */
  act?: { sub: string };
  authorization_details: [CallDetails | ConnectionDetails];
}

/** A public key as JSON. Source: RFC 7517, RFC 8037 */
export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  /** The key's thumbprint. Source: RFC 7638 */
  kid: string;
  use: 'sig';
  alg: 'EdDSA';
  /** Seconds since 1970, after which nothing that it signed holds: it was replaced. */
  exp?: number;
}

export interface Jwks {
  keys: PublicJwk[];
}
