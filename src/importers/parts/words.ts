import { holdsSecret } from '../../source/secrets.ts';

/** Text of a stranger's for a comment or a name: on one line, not too long, and without a secret. */
export function plainText(text: unknown, longest: number): string | undefined {
  if (typeof text !== 'string') return undefined;
  const plain = text
    .replace(/[^\P{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '' || holdsSecret(plain)) return undefined;
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
