/** A value in which `${{ secrets.NAME }}` is `${NAME}`, as manifests have references. */
export function withoutExpressions(value: unknown): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value).replace(
    /\$\{\{\s*(?:secrets|vars|env)\s*\.\s*([A-Za-z_]\w{0,99})\s*\}\}/g,
    '${$1}',
  );
  return JSON.parse(text) as unknown;
}
