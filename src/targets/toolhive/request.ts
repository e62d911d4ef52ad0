/** Attributes of a tool as ToolHive makes them of a call's arguments, in Cedar's JSON form. */
export function attributesOf(name: string, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const args = Object.entries(input).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'string' || typeof value === 'boolean') return [[`arg_${key}`, value]];
    if (typeof value !== 'number') return [[`arg_${key}_present`, true]];
    const decimal = decimalOf(value);
    return decimal === undefined ? [] : [[`arg_${key}`, { __extn: { fn: 'decimal', arg: decimal } }]];
  });
  return { ...Object.fromEntries(args), name, operation: 'call', feature: 'tool' };
}

/** Go reads every number of JSON as a float, which is multiplied by 10,000 and cut; one that is too large is left out. */
function decimalOf(value: number): string | undefined {
  const scaled = value * 10_000;
  if (!(Math.abs(scaled) < 2 ** 63)) return undefined;
  const units = BigInt(Math.trunc(scaled));
  const size = units < 0n ? -units : units;
  return `${units < 0n ? '-' : ''}${size / 10_000n}.${String(size % 10_000n).padStart(4, '0')}`;
}
