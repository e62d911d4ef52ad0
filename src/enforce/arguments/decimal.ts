/** Whether a number is a whole multiple of another, both taken as the decimals that their shortest texts say. */
export function isMultiple(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [one, other] = [decimalOf(value), decimalOf(divisor)];
  // A double has no exponent beyond ±400, so neither factor is longer than some 800 digits.
  const scale = Math.min(one.exponent, other.exponent);
  const [left, right] = [scaled(one, scale), scaled(other, scale)];
  return right !== 0n && left % right === 0n;
}

interface Decimal {
  digits: bigint;
  exponent: number;
}

function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

const scaled = ({ digits, exponent }: Decimal, scale: number) => digits * 10n ** BigInt(exponent - scale);
