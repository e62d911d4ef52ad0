import type { Policy } from '../../model/policy.ts';
import { agentsOf, bucketOf, LISTEN, type Place, placesOf, zoneOf } from './places.ts';

/** What is included in the `http` block. */
export function configText(policy: Policy): string {
  const places = placesOf(policy);
  return [
    '# Written by `stakes generate`; included in the `http` block of nginx.conf.',
    ...zones(policy, places),
    '',
    'server {',
    `  listen ${LISTEN};`,
    '  server_tokens off;',
    '  limit_req_status 429;',
    '  client_max_body_size 4m;',
    '',
    '  # What is not listed is not there.',
    '  location / { return 404; }',
    ...places.flatMap((place) => location(place, policy)),
    '}',
    '',
  ].join('\n');
}

/** The key is the agent's own name: one from a header that a call leaves out would not be counted at all. */
function zones(policy: Policy, places: readonly Place[]): string[] {
  return agentsOf(policy).flatMap(([id, { limits }]) => {
    if (limits.callsPerMinute === null || limits.callsPerMinute === 0 || !places.some(({ agent }) => agent === id))
      return [];
    const { rate } = bucketOf(limits.callsPerMinute);
    return [`limit_req_zone "${zoneOf(id)}" zone=${zoneOf(id)}:32k rate=${rate}r/m;`];
  });
}

function location({ agent, path, upstream }: Place, policy: Policy): string[] {
  const cap = policy.agents[agent]?.limits.callsPerMinute ?? null;
  const limit =
    cap === null
      ? []
      : [
          `    limit_req zone=${zoneOf(agent)}${bucketOf(cap).burst > 0 ? ` burst=${bucketOf(cap).burst} nodelay` : ''};`,
        ];
  return [
    '',
    `  location = ${path} {`,
    // A cap of nothing is a closed door; nginx has no rate for it.
    ...(cap === 0 ? ['    deny all;'] : limit),
    `    proxy_pass ${upstream.href};`,
    `    proxy_set_header Host ${upstream.host};`,
    '    proxy_set_header Connection "";',
    '    proxy_http_version 1.1;',
    '    proxy_buffering off;',
    '    proxy_read_timeout 300s;',
    ...(upstream.protocol === 'https:'
      ? [
          '    proxy_ssl_server_name on;',
          '    proxy_ssl_verify on;',
          '    proxy_ssl_verify_depth 4;',
          '    proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;',
        ]
      : []),
    '  }',
  ];
}
