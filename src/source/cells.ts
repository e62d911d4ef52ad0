const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/u;

/** Columns that a terminal gives to one character. */
export function cellsOf(char: string): number {
  if (char >= ' ' && char <= '~') return 1;
  return MARK.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
}

/** The character as a terminal may see it: what it cannot show, or would act on, becomes U+FFFD. */
export function visible(char: string): string {
  if (char >= ' ' && char <= '~') return char;
  if (char === '\t') return ' ';
  return UNSEEN.test(char) ? '\uFFFD' : char;
}
