// A real authorization server on loopback, which exchanges tokens. Its clients, resources and tokens are oidc-provider's own;
// the grant itself, which that library leaves to its users, follows RFC 8693.
import { createServer } from 'node:http';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { errors, Provider } from 'oidc-provider';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const PARAMETERS = ['subject_token', 'subject_token_type', 'requested_token_type', 'resource', 'scope'];

export async function startAuthorizationServer({ clients, subject, resources, life }) {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const signing = { ...(await exportJWK(privateKey)), kid: 'as-1', use: 'sig', alg: 'EdDSA' };
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const resourceServer = (resource) => {
    if (!Object.hasOwn(resources, resource)) throw new errors.InvalidTarget();
    return {
      scope: resources[resource],
      audience: resource,
      accessTokenTTL: life,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'EdDSA' } },
    };
  };
  const provider = new Provider(issuer, {
    clients: clients.map(clientOf),
    jwks: { keys: [signing] },
    clientAuthMethods: ['client_secret_basic', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['EdDSA'] },
    scopes: [...new Set(Object.values(resources).flatMap((scope) => scope.split(' ')))],
    // Who acts for whom goes on: RFC 8693, section 4.1.
    extraTokenClaims: ({ state }) => ({ act: state.subject.act, on_behalf_of: state.subject.sub }),
    ttl: { ClientCredentials: life },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: true, getResourceServerInfo: (_, resource) => resourceServer(resource) },
    },
  });
  provider.registerGrantType(EXCHANGE, (ctx) => exchanged(ctx, provider, { subject, resourceServer }), PARAMETERS);
  server.on('request', provider.callback());
  const { d: _, ...known } = signing;
  return {
    issuer,
    endpoint: new URL(`${issuer}/token`),
    jwks: { keys: [known] },
    close: () => new Promise((done) => server.close(done)),
  };
}

function clientOf({ id, secret, jwks }) {
  return {
    client_id: id,
    grant_types: [EXCHANGE],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: 'EdDSA',
    ...(secret === undefined
      ? { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'EdDSA', jwks }
      : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret }),
  };
}

async function exchanged(ctx, provider, { subject, resourceServer }) {
  const { client, params } = ctx.oidc;
  if (params.subject_token_type !== ACCESS_TOKEN) throw new errors.InvalidRequest('another type of token');
  const claims = await claimsOf(params.subject_token, subject, ctx.oidc.urlFor('token'));
  const info = resourceServer(params.resource);
  const wanted = (params.scope ?? '').split(' ').filter((scope) => scope !== '');
  if (wanted.some((scope) => !info.scope.split(' ').includes(scope)))
    throw new errors.InvalidScope('not of this server');
  const token = new provider.ClientCredentials({ client, scope: wanted.join(' ') || undefined });
  token.resourceServer = new provider.ResourceServer(params.resource, info);
  ctx.state.subject = claims;
  ctx.body = {
    access_token: await token.save(),
    issued_token_type: ACCESS_TOKEN,
    token_type: token.tokenType,
    expires_in: token.expiration,
    scope: token.scope,
  };
}

async function claimsOf(token, { issuer, jwks }, audience) {
  try {
    return (await jwtVerify(token, createLocalJWKSet(jwks), { issuer, audience, typ: 'at+jwt' })).payload;
  } catch {
    throw new errors.InvalidGrant('the subject token is not good');
  }
}
