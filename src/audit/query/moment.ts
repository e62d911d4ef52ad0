const UNITS: Record<string, number> = { m: 60, h: 3600, d: 86_400, w: 604_800 };
const DAY = 86_400_000;

/**
 * A time as records have it, from a duration before now (`90d`, `12h`, `30m`, `2w`), a day (`2026-11-01`, in UTC) or a time with
 * its zone (RFC 3339). A day that ends something ends it with its last moment. Undefined: it is none of these.
 */
export function moment(text: string, now: number, end: 'since' | 'until'): string | undefined {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const seconds = UNITS[unit];
  if (count !== undefined && seconds !== undefined) return written(now - Number(count) * seconds * 1000);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const at = Date.parse(`${text}T00:00:00Z`);
    // Thirtieth of February: not the second of March.
    if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text)) return undefined;
    return written(end === 'until' ? at + DAY : at);
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  return written(Date.parse(text));
}

function written(at: number): string | undefined {
  const year = new Date(at).getUTCFullYear();
  return year >= 0 && year <= 9999 ? new Date(at).toISOString() : undefined;
}
