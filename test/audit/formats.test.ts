import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, isCanonical } from '../../src/audit/canonical.ts';
import { checkpointText, isNoteOf, readCheckpoint, signatureLine } from '../../src/audit/checkpoint.ts';
import { leafHash } from '../../src/audit/hash.ts';
import { grow, noTree, peaksText, rootOf, treeFrom } from '../../src/audit/tree.ts';
import { keyText, readKey, verifierKey } from '../../src/audit/verifier-key.ts';
import { holds } from '../arbitraries/cases.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (data: Uint8Array) => leafHash(Buffer.concat([Buffer.alloc(1), data]));

/** Roots of the first one to eight leaves that certificate transparency's own tests use. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the roots of RFC 6962 as certificate transparency has them', () => {
  const tree = noTree();
  expect(rootOf(tree).equals(sha256())).toBe(true);
  for (const [i, data] of LEAVES.entries()) {
    grow(tree, leaf(Buffer.from(data, 'hex')));
    expect(rootOf(tree).toString('hex')).toBe(ROOTS[i]);
  }
});

/** As RFC 6962 puts it in section 2.1. */
function rootOfAll(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.from([0]), leaves[0] ?? Buffer.alloc(0));
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(Buffer.from([1]), rootOfAll(leaves.slice(0, half)), rootOfAll(leaves.slice(half)));
}

test('any leaves: the root is what the standard says, and peaks are enough to go on from', () => {
  holds(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (leaves) => {
    let tree = noTree();
    for (const [i, data] of leaves.entries()) {
      if (i % 3 === 0) tree = treeFrom(tree.size, peaksText(tree)) ?? noTree();
      grow(tree, leaf(data));
    }
    expect(rootOf(tree).equals(rootOfAll(leaves))).toBe(true);
  });
});

test.each([
  [3, []],
  [1, ['AAAA']],
  [0, [Buffer.alloc(32).toString('base64')]],
  [-1, []],
  [1.5, []],
  [Number.NaN, []],
  [1, 'x'],
  [1, [`${Buffer.alloc(32).toString('base64')} `]],
])('%j leaves with the peaks %j are no tree', (size, peaks) => {
  expect(treeFrom(size, peaks)).toBeUndefined();
});

/** From the examples of RFC 8785, sections 3.2.2 and 3.2.3. */
test('canonical JSON as RFC 8785 has it', () => {
  const sample =
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
  expect(canonical(JSON.parse(sample))).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const keys =
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}';
  expect(Object.values(JSON.parse(canonical(JSON.parse(keys))) as object)).toEqual([
    'One',
    'Carriage Return',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('any JSON: a text is canonical where, and only where, the library would write it so', () => {
  const odd = fc.constantFrom('\ud800', 'ud800', '\u2028', '10', '9', 'a', 'B', '');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      odd,
      fc.dictionary(odd, tie('value')),
      fc.array(tie('value')),
    ),
  }));
  holds(fc.tuple(value, fc.boolean()), ([any, sorted]) => {
    let exact: string | undefined;
    try {
      exact = canonical(any);
    } catch {
      // Half a surrogate pair, which has none.
    }
    const text = sorted ? (exact ?? JSON.stringify(any)) : JSON.stringify(any);
    const read = JSON.parse(text) as unknown;
    if (exact === undefined) expect(() => isCanonical(read, text)).toThrow();
    else expect(isCanonical(read, text)).toBe(text === exact);
  });
});

/** The key in the documentation of Go's `golang.org/x/mod/sumdb/note`. */
const PUBLIC = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

test('verifier keys are Go’s, and nothing that is not quite one is', () => {
  const key = readKey(PUBLIC);
  expect(key && keyText(key)).toBe(PUBLIC);
  for (const wrong of [
    PUBLIC.replace('c74f', 'c74e'),
    PUBLIC.replace('Peter', 'Pete'),
    `${PUBLIC} `,
    PUBLIC.replace('ARpc', 'Arpc'),
    '',
    7,
    undefined,
  ])
    expect(readKey(wrong)).toBeUndefined();
});

test('a note is of whoever signed it, and others may have signed it, too', () => {
  const made = (name: string) => {
    const { privateKey: secret, publicKey } = generateKeyPairSync('ed25519');
    return { key: verifierKey(name, publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)), secret };
  };
  const [one, two, three] = [made('one'), made('two'), made('three')];
  const text = checkpointText({ origin: 'log', size: 3, root: Buffer.alloc(32, 9) });
  const line = ({ key, secret }: typeof one) => signatureLine(key, sign(null, Buffer.from(text), secret));
  const note = readCheckpoint(`${text}\n${line(one)}${line(two)}`);
  expect(note?.checkpoint).toEqual({ origin: 'log', size: 3, root: Buffer.alloc(32, 9) });
  expect(note && [one, two, three].map(({ key }) => isNoteOf(key, note))).toEqual([true, true, false]);
  const forged = readCheckpoint(`${text.replace('3', '4')}\n${line(one)}`);
  expect(forged && isNoteOf(one.key, forged)).toBe(false);
  for (const wrong of [
    text,
    `${text}\n`,
    `${text}\n${line(one)}x`,
    note?.text.replace('3', '03'),
    `${text}\n${line(one)}`.slice(0, -1),
    `\n${text}\n${line(one)}`,
    `${text}\n${line(one)}`.repeat(17),
  ])
    expect(readCheckpoint(wrong)).toBeUndefined();
});
