import { createHash } from 'node:crypto';

/** A network of two containers. */
export interface Subnet {
  /** In CIDR notation. */
  range: string;
  /** Address of the proxy in it. */
  proxy: string;
}

/** Blocks of eight addresses in 198.18.0.0/15, which is kept for tests of networks and so is nobody's. */
const BLOCKS = 2 ** 14;

/** One for each name, the same ones on every machine. */
export function subnetsOf(project: string, names: readonly string[]): Map<string, Subnet> {
  const taken = new Set<number>();
  return new Map(
    names.map((name) => {
      let block =
        createHash('sha256')
          .update(JSON.stringify([project, name]))
          .digest()
          .readUInt32BE(0) % BLOCKS;
      while (taken.has(block)) block = (block + 1) % BLOCKS;
      taken.add(block);
      return [name, { range: `${addressOf(block, 0)}/29`, proxy: addressOf(block, 2) }];
    }),
  );
}

function addressOf(block: number, host: number): string {
  const offset = block * 8 + host;
  return `198.${18 + (offset >> 16)}.${(offset >> 8) & 0xff}.${offset & 0xff}`;
}
