/** The bytes, where the text is their one spelling in base64: what decodes to the same bytes is another text all the same. */
export function fromBase64(text: unknown, length: number): Buffer | undefined {
  if (typeof text !== 'string' || text.length > 4 * Math.ceil(length / 3)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : undefined;
}
