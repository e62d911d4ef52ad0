import type { Box } from '../../container/boxes.ts';
import { METADATA, NOWHERE, plainHost, withPort } from '../../container/proof/attempts.ts';
import type { StandIn } from '../../container/proof/session.ts';
import { serviceOf } from '../services.ts';
import { isProxyHost } from '../squid.ts';

/** A stand-in that is met by one box alone; null: by any of them. */
export interface Met extends StandIn {
  box: Box | null;
}

/** One for each host that a box tries, so that only a rule can keep it from there. Addresses for documentation, nobody's. */
export function standInsOf(boxes: readonly Box[]): Met[] {
  const wanted = boxes.flatMap((box) => {
    const listed = plainHost(box.hosts.filter(isProxyHost));
    return [...new Set([NOWHERE, ...(listed === undefined ? [] : [listed])].map(withPort))].map((to) => ({ box, to }));
  });
  const own = wanted.map(({ box, to }, at) => {
    const address = `198.51.${100 + (at >> 8)}.${at & 0xff}`;
    return { box, name: `${serviceOf(box)} ${to}`, address, port: Number(to.split(':')[1]) };
  });
  const [address = '', port] = METADATA.split(':');
  return [...own, { box: null, name: METADATA, address, port: Number(port) }];
}

/** What a box reached, of the lines that the stand-ins wrote. */
export function reachedBy(box: Box, lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [by, to] = line.split(' ');
    return line === METADATA ? [METADATA] : by === serviceOf(box) && to !== undefined ? [to] : [];
  });
}
