/** What RE2 means otherwise, or not at all, spelled out as parts of a class. */
const SETS: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\x{0}-\\x{2f}\\x{3a}-\\x{10ffff}',
  w: 'A-Za-z0-9_',
  W: '\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}',
  s: '\\x{9}-\\x{d} \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}',
  S: '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}',
};
const ANY = '\\x{0}-\\x{10ffff}';
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };

/** One character or set of a pattern, in RE2's words; undefined where RE2 has none for it. */
export function atomText(atom: string): string | undefined {
  if (atom === '.') return '[^\\n\\r\\x{2028}\\x{2029}]';
  if (atom.startsWith('[')) return classText(atom);
  const set = setOf(atom);
  if (set !== undefined) return `[${set}]`;
  const code = codeOf(atom);
  return code === undefined ? undefined : charText(code);
}

const PART =
  /\\(?:u\{[0-9a-fA-F]+\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|.)|./gsu;

function classText(atom: string): string | undefined {
  const negated = atom.startsWith('[^');
  const parts = atom.slice(negated ? 2 : 1, -1).match(PART) ?? [];
  const members: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const [part = '', dash, last] = parts.slice(at, at + 3);
    const set = setOf(part);
    if (set !== undefined) {
      members.push(set);
      continue;
    }
    const isRange = dash === '-' && last !== undefined;
    const [from, to] = [codeOf(part, true), codeOf(isRange ? last : part, true)];
    if (from === undefined || to === undefined) return undefined;
    members.push(from === to ? charText(from) : `${charText(from)}-${charText(to)}`);
    if (isRange) at += 2;
  }
  // RE2 knows no class without a member.
  if (members.length === 0) return negated ? `[${ANY}]` : `[^${ANY}]`;
  return `[${negated ? '^' : ''}${members.join('')}]`;
}

function setOf(part: string): string | undefined {
  return /^\\[dDwWsS]$/.test(part) ? SETS[part.slice(1)] : undefined;
}

/** The code point that a part stands for; undefined for a set and for half a character. */
function codeOf(part: string, inClass = false): number | undefined {
  const code = rawCodeOf(part, inClass);
  return code !== undefined && code >= 0xd800 && code <= 0xdfff ? undefined : code;
}

function rawCodeOf(part: string, inClass: boolean): number | undefined {
  if (!part.startsWith('\\')) return part.codePointAt(0);
  const pair = /^\\u([0-9a-fA-F]{4})\\u([0-9a-fA-F]{4})$/.exec(part);
  if (pair) return String.fromCharCode(Number(`0x${pair[1]}`), Number(`0x${pair[2]}`)).codePointAt(0);
  const hex = /^\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))$/.exec(part);
  if (hex) return Number.parseInt(hex.slice(1).find((digits) => digits !== undefined) ?? '', 16);
  const control = /^\\c([A-Za-z])$/.exec(part)?.[1];
  if (control !== undefined) return control.charCodeAt(0) % 32;
  if (/^\\[pP]/.test(part)) return undefined;
  const char = part.slice(1);
  if (char === 'b') return inClass ? 8 : undefined;
  return CONTROLS[char] ?? char.codePointAt(0);
}

function charText(code: number): string {
  const char = String.fromCodePoint(code);
  return /^[A-Za-z0-9_ /:;,@#%&~=<>'"!-]$/.test(char) && char !== '-' ? char : `\\x{${code.toString(16)}}`;
}
