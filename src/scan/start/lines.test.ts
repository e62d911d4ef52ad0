import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_SENT } from './launch.ts';
import { lineReader } from './lines.ts';

/** All that comes out of a text that arrives in pieces of these sizes. */
function read(bytes: Buffer, sizes: readonly number[]) {
  const reader = lineReader();
  const messages: unknown[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    const taken = reader.take(bytes.subarray(at, at + size));
    if ('code' in taken) return taken.code;
    messages.push(...taken.messages);
    at += size;
  }
  return messages;
}

test('messages come out the same however they are cut, in the middle of a letter too', () => {
  const message = fc.record({ id: fc.nat(), result: fc.jsonValue(), jsonrpc: fc.constant('2.0') });
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(message), sizes, (messages, cuts) => {
      const lines = messages.map((value) => `${JSON.stringify({ ...value, note: 'é 漢 🙂' })}\r\n`);
      const whole = read(Buffer.from(`Ready.\n\n${lines.join('')}`), [1 << 20]);
      expect(read(Buffer.from(`Ready.\n\n${lines.join('')}`), cuts)).toEqual(whole);
      expect(whole).toHaveLength(messages.length);
    }),
  );
});

test.each<[string, string, unknown]>([
  ['a message that breaks off', '{"jsonrpc":"2.0","id":\n', 'not-json'],
  ['a banner', '{ready}\n[info] up\n5\nnull\n"x"\n', []],
  ['a message of another protocol', '{"id":1,"result":{}}\n', []],
  ['chatter without an end', 'hello\n'.repeat(500), 'not-json'],
])('%s', (_, text, expected) => expect(read(Buffer.from(text), [1024])).toEqual(expected));

test('a line without an end is a flood', () => {
  expect(read(Buffer.alloc(MOST_SENT + 1, 120), [1 << 16])).toBe('server-floods');
});
