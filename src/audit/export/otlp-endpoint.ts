import { ExportFault } from './define.ts';

type Env = Readonly<Record<string, string | undefined>>;

const HERE = 'http://localhost:4318/v1/logs';

/** Where logs go. Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function otlpEndpoint(env: Env, given: string | undefined, isLoopback: (host: string) => boolean): string {
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const text =
    given ??
    (env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT || (base ? `${base.replace(/\/+$/, '')}/v1/logs` : undefined) || HERE);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new ExportFault('the endpoint of the collector is no URL');
  if (url.username !== '' || url.password !== '')
    throw new ExportFault(
      'the endpoint of the collector has a password in it',
      'put it into `OTEL_EXPORTER_OTLP_HEADERS`',
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new ExportFault(
      `records go over https, or to this very machine, and not to \`${url.protocol}//${url.host}\``,
      'give `--endpoint https://…`',
    );
  return url.href;
}
