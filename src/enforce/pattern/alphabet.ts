/** Characters in classes: two that every atom takes or refuses alike are the same to a pattern. */
export interface Alphabet {
  /** The class of a code point. */
  classOf(point: number): number;
  /** Whether an atom takes the characters of a class. */
  takes(kind: number, atom: number): boolean;
  isWord(kind: number): boolean;
  /** There are as many classes as there may be; `forget` gives them new numbers. */
  isFull(): boolean;
  forget(): void;
}

const MOST_POINTS = 20_000;
const MOST_CLASSES = 500;

const isWordPoint = (point: number) =>
  (point >= 97 && point <= 122) || (point >= 48 && point <= 57) || (point >= 65 && point <= 90) || point === 95;

/** Whether each atom takes a character, asked of the engine's own regular expressions. */
export function membership(atoms: readonly string[]): ((point: number) => boolean)[] {
  return atoms.map((atom) => {
    const literal = atom.codePointAt(0);
    if (atom !== '.' && String.fromCodePoint(literal ?? 0) === atom) return (point) => point === literal;
    const expression = new RegExp(`^(?:${atom})$`, 'u');
    return (point) => expression.test(String.fromCodePoint(point));
  });
}

export function alphabetOf(atoms: readonly string[]): Alphabet {
  const members = membership(atoms);
  const points = new Map<number, number>();
  const ascii = new Int16Array(128).fill(-1);
  const numbers = new Map<string, number>();
  let classes: string[] = [];

  function learn(point: number): number {
    if (points.size >= MOST_POINTS) points.clear();
    const taken = `${isWordPoint(point) ? 1 : 0}${members.map((takes) => (takes(point) ? 1 : 0)).join('')}`;
    const number = numbers.get(taken) ?? classes.push(taken) - 1;
    numbers.set(taken, number);
    points.set(point, number);
    if (point < 128) ascii[point] = number;
    return number;
  }

  return {
    classOf(point) {
      const known = point < 128 ? (ascii[point] ?? -1) : (points.get(point) ?? -1);
      return known < 0 ? learn(point) : known;
    },
    takes: (kind, atom) => classes[kind]?.[atom + 1] === '1',
    isWord: (kind) => classes[kind]?.[0] === '1',
    isFull: () => classes.length >= MOST_CLASSES,
    forget() {
      points.clear();
      ascii.fill(-1);
      numbers.clear();
      classes = [];
    },
  };
}
