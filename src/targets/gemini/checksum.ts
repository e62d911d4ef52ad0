/** The CRC that `cksum` of POSIX prints, which every machine with a shell has. */
export function cksum(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  let crc = 0;
  const add = (byte: number): void => {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  };
  for (const byte of bytes) add(byte);
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) add(length & 0xff);
  return `${~crc >>> 0} ${bytes.length}`;
}
