/** What cannot be seen: controls, zero-width marks, direction overrides, variation selectors, tags, soft hyphens. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

const ASCII = /^[\t\n\r\x20-\x7e]*$/;
const FOREIGN = /[^\t\n\r\x20-\x7e]/gu;

/** Letters of other alphabets that pass for Latin ones. Small on purpose: the ones that spell English verbs. */
const TWINS: ReadonlyMap<string, string> = new Map(
  'аa ɑa αa вb сc ϲc ԁd еe εe ҽe һh нh іi ιi ıi јj кk κk ӏl мm пn ոn ηn оo οo օo рp ρp ԛq гr ѕs тt τt υu սu ѵv νv ѡw ԝw хx χx уy γy ᴢz'
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);

/**
 * The text as a reader sees it, in Latin letters, or '' where there is none. At most `limit` UTF-16 units are looked at,
 * so that nobody makes a scan slow with a long description.
 */
export function plainText(value: unknown, limit: number): string {
  if (typeof value !== 'string') return '';
  const text = value.slice(0, limit);
  if (ASCII.test(text)) return text;
  const seen = text
    .normalize('NFKC')
    .slice(0, limit)
    .replace(UNSEEN, (mark) => (mark === '\n' || mark === '\t' ? mark : ''));
  return ASCII.test(seen) ? seen : seen.replace(FOREIGN, twinOf).normalize('NFD').replace(/\p{M}/gu, '');
}

function twinOf(letter: string): string {
  const lower = letter.toLowerCase();
  const twin = TWINS.get(lower);
  return twin === undefined ? letter : letter === lower ? twin : twin.toUpperCase();
}
