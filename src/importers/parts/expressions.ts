/** A value in which `${{ secrets.NAME }}` is `${NAME}`, as manifests have references. */
export function withoutExpressions(value: unknown): unknown {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value).replace(
    /\$\{\{\s*(?:secrets|vars|env)\s*\.\s*([A-Za-z_]\w{0,99})\s*\}\}/g,
    '${$1}',
  );
  // Copilot also takes the bare name of a secret, which has to start like this.
  return JSON.parse(text.replace(/:"(COPILOT_MCP_[A-Z0-9_]{1,90})"/g, ':"${$1}"')) as unknown;
}
