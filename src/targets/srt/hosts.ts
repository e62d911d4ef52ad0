const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:localhost|${LABEL}(?:\\.${LABEL})+|\\*\\.${LABEL}(?:\\.${LABEL})+)(?::([0-9]{1,5}))?$`);

/** srt refuses a whole file for one host it does not take: names without a dot, and wildcards over a top-level domain. */
export function isSrtHost(host: string): boolean {
  const match = HOST.exec(host);
  const port = match?.[1];
  return match !== null && (port === undefined || (Number(port) >= 1 && Number(port) <= 65_535));
}

export function srtHosts(hosts: readonly string[]): string[] {
  return [...new Set(hosts.filter(isSrtHost))].sort();
}
