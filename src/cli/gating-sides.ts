import { type Address, addressOf, isLoopback, upstreamUrl } from '../gate/http/address.ts';
import type { Problem } from '../model/place.ts';
import type { Invocation } from './command.ts';

/** Where clients reach a gate, and what they have to show there. */
export interface Listen {
  address: Address;
  names: string[];
  token: { file: string | undefined } | undefined;
}

export function listenOf({
  listen,
  expose,
  allowHost,
  clientTokenFile,
  clientToken: wants,
}: Invocation['options']): Listen | Problem | undefined {
  const isAsked = expose === true || Array.isArray(allowHost) || typeof clientTokenFile === 'string' || wants === false;
  if (typeof listen !== 'string') {
    if (!isAsked) return undefined;
    return {
      code: 'no-address',
      message: 'nobody connects to a gate that does not listen',
      help: 'say where: `--listen 127.0.0.1:8080`',
    };
  }
  const address = addressOf(listen);
  if (address === undefined)
    return {
      code: 'no-address',
      message: `\`${listen}\` is no address to listen at`,
      help: 'such as `--listen 127.0.0.1:8080`',
    };
  if (!isLoopback(address.host) && expose !== true)
    return {
      code: 'exposed',
      message: `other machines could reach \`${listen}\``,
      help: 'listen at 127.0.0.1; or say `--expose`, which sends calls, answers and the client token over the network in the clear unless something in front speaks TLS',
    };
  if (!isLoopback(address.host) && wants === false)
    return {
      code: 'exposed',
      message: 'whoever reaches the port could call',
      help: 'leave `--no-client-token` out where you `--expose`',
    };
  const names = Array.isArray(allowHost) ? allowHost.map((name) => name.toLowerCase()) : [];
  const file = typeof clientTokenFile === 'string' ? clientTokenFile : undefined;
  return { address, names, token: wants === false ? undefined : { file } };
}

/** Where the server is: at a URL, or started by a command; or why that cannot be told. */
export function serverAt(upstream: unknown, command: readonly string[]): { url: URL | undefined } | Problem {
  if (typeof upstream !== 'string')
    return command.length > 0
      ? { url: undefined }
      : {
          code: 'no-server',
          message: 'a gate stands in front of a server',
          help: 'say which: a command after `--`, or `--upstream <url>`',
        };
  if (command.length > 0)
    return {
      code: 'two-servers',
      message: 'a gate stands in front of one server',
      help: 'leave out the command, or `--upstream`',
    };
  const found = upstreamUrl(upstream);
  return 'wrong' in found ? { code: 'upstream', message: found.wrong, help: found.help } : { url: found.url };
}
