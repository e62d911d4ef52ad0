import type { JSONWebKeySet } from 'jose';

export interface AuthorizationServer {
  issuer: string;
  /** Its token endpoint. */
  endpoint: URL;
  jwks: JSONWebKeySet;
  close(): Promise<void>;
}

/** A client: with a secret, or with keys of its own. */
export type Client = { id: string } & ({ secret: string } | { jwks: object });

export function startAuthorizationServer(given: {
  clients: Client[];
  /** Whose tokens it exchanges, and what they are signed with. */
  subject: { issuer: string; jwks: object };
  /** Servers by their address, with their scopes. */
  resources: Record<string, string>;
  /** Seconds. */
  life: number;
}): Promise<AuthorizationServer>;
