/** A text that is no manifest, and what is said of it. */
export interface Bad {
  name: string;
  text: string | Uint8Array;
  /** `code line:column` of each error, in the order they are told. */
  expected: string[];
  /** Part of what is said, as `message = help`. */
  says?: string;
}

const HEAD = 'schemaVersion: 1\nagent: { id: a }\n';
const bad = (name: string, text: string | Uint8Array, expected: string[], says?: string): Bad => ({
  name,
  text,
  expected,
  ...(says ? { says } : {}),
});

const syntax: Bad[] = [
  bad('an open brace', 'schemaVersion: 1\nagent: { id: a\ntools: {}\n', ['not-yaml 2:8'], 'this `{` is never closed'),
  bad(
    'an open bracket in an open brace',
    `${HEAD}tools: { a: { data: [x }\n`,
    ['not-yaml 3:21'],
    'this `[` is never closed',
  ),
  bad('an open quote', 'schemaVersion: 1\nagent: "abc\ntools: {}\n', ['not-yaml 2:8'], 'this quote is never closed'),
  bad('two separate slips', 'schemaVersion: 1\nagent:\n  id: a\n id: b\ntools: [\n', ['not-yaml 4:1', 'not-yaml 5:8']),
  bad('a list item in a map', `${HEAD}tools:\n  - a\n  b: c\n`, ['not-yaml 5:1'], 'indented differently'),
  bad('a second colon', 'a: b: c\n', ['not-yaml 1:4'], 'a second `key: value` starts on this line'),
  bad(
    'no space after a colon',
    'schemaVersion:1\nagent: {id: a}\ntools: {}\n',
    ['not-yaml 1:1'],
    'is the space after the colon missing',
  ),
  bad('an at sign', '%YAML 1.2\n---\na: @b\n', ['not-yaml 3:4'], 'put it in quotes'),
  bad('a comma too many', "{'a': 1,, }\n", ['not-yaml 1:9'], 'there is a comma too many'),
  bad(
    'a missing comma in JSON',
    '{"schemaVersion":1,\n"agent":{"id":"a"}\n"tools":{}}',
    ['not-yaml 3:1'],
    'a comma is missing before this',
  ),
  bad('text after JSON', '{"a":1} trailing', ['not-yaml 1:9'], 'has already ended'),
  bad('punctuation', '- - -\n: :\n? ? \n  & * !\n', ['not-yaml 2:1']),
  bad('a bad escape', `${HEAD}tools: { a: "\\q" }\n`, ['not-yaml 3:14'], 'this escape does not exist in YAML'),
  bad('an old YAML version', `%YAML 1.1\n---\n${HEAD}tools: {}\n`, ['not-yaml 1:1'], 'only YAML 1.2 is read'),
  bad(
    'a tab as indentation',
    'schemaVersion: 1\nagent:\n\tid: a\ntools: {}\n',
    ['not-yaml 3:1'],
    'YAML takes only spaces = replace the tab',
  ),
  bad('a tab after spaces', `${HEAD}tools:\n  s/x:\n  \teffect: read\n`, ['not-yaml 5:3'], 'YAML takes only spaces'),
  bad('a key twice', `${HEAD}tools: {}\ntools: { b: read }\n`, ['duplicate-key 4:1'], '`tools` is given twice'),
  bad('a key three times', `${HEAD}tools: { a: read, a: read, a: write }\n`, [
    'duplicate-key 3:19',
    'duplicate-key 3:28',
  ]),
  bad('a list as a key', `${HEAD}? [a]\n: b\ntools: {}\n`, ['not-yaml 3:3'], 'a key must be text'),
];

const shapes: Bad[] = [
  bad('nothing', '', ['empty-file'], '`bad.yaml` is empty'),
  bad('only spaces', ' \n\n  \n', ['empty-file'], 'is empty'),
  bad('only comments', '# a\n# b\n', ['empty-file'], 'only comments'),
  bad('only document marks', '---\n---\n', ['empty-file'], 'only comments or document marks'),
  bad('a list', '- a\n- b\n', ['wrong-type 1:1'], 'and this is a list'),
  bad('a word', 'hello\n', ['wrong-type 1:1'], 'and this is text'),
  bad('a number', '42\n', ['wrong-type 1:1'], 'and this is a number'),
  bad('null', 'null\n', ['wrong-type 1:1'], 'and this is empty'),
  bad('a Markdown file', '# Hello\n\nthis is *bold* and `code`: yes\n', ['not-a-manifest 3:1'], 'it has none of'),
  bad(
    'one bad document of three',
    `${HEAD}tools: {}\n---\n${HEAD.replace('a }', 'b }')}tools: { x: reed }\n---\n${HEAD.replace('a }', 'c }')}tools: {}\n`,
    ['wrong-value 7:13'],
  ),
  bad('one broken document of three', `${HEAD}tools: {}\n---\n${HEAD.replace(' }', '')}tools: {}\n---\n${HEAD}`, [
    'not-yaml 6:8',
  ]),
  bad(
    'two documents, one id',
    `${HEAD}tools: {}\n---\n${HEAD}tools: {}\n`,
    ['duplicate-agent 6:14'],
    'two agents of this file have the id `a` = rename one',
  ),
];

const bytes: Bad[] = [
  bad('UTF-16', Buffer.from(`\uFEFF${HEAD}`, 'utf16le'), ['not-utf8'], 'is UTF-16 or UTF-32 = save it as UTF-8'),
  bad('UTF-16 without a mark', Buffer.from(HEAD, 'utf16le'), ['not-text']),
  bad('Latin-1', Buffer.from(`${HEAD}tools: { "caf\xe9": read }\n`, 'latin1'), ['not-utf8']),
  bad('a NUL byte', 'a: \0\n', ['not-text']),
  bad('binary', Buffer.from([...Array(255).keys()].map((byte) => byte + 1)), ['not-utf8']),
  bad('an escape character', `${HEAD}tools: { \u001b[31mred: read }\n`, ['control-character 3:10'], '(U+001B)'),
  bad('an 8-bit control character', `${HEAD}tools: { \u009b31mred: read }\n`, ['control-character 3:10'], '(U+009B)'),
  bad(
    'escapes in quotes',
    `${HEAD}tools: { "a\\e[31m\\a\\x9B/b": reed }\n"\\e[2J\\u202E": 3\n`,
    ['wrong-value 3:29', 'unknown-key 4:1'],
    'is not a key that the manifest can have',
  ),
  bad('raw direction marks', `${HEAD}tools: { x: "\u202eabc\u200b\u2028\u2066" }\n`, ['wrong-value 3:13']),
  bad('a byte order mark', `\uFEFF${HEAD}tols: {}\n`, ['unknown-key 3:1'], 'did you mean `tools`?'),
  bad('CRLF', `${HEAD}tools: { a: reed }\n`.replaceAll('\n', '\r\n'), ['wrong-value 3:13']),
  bad('CR alone', `${HEAD}tools: { a: reed }\n`.replaceAll('\n', '\r'), ['wrong-value 3:13']),
  bad('emoji, Chinese and combining marks', `${HEAD}tools: { "😀😀": read, "漢字": reed, "e\u0301x": rread }\n`, [
    'wrong-value 3:28',
    'wrong-value 3:41',
  ]),
];

const hostile: Bad[] = [
  bad('64 levels of brackets', `a: ${'['.repeat(70)}${']'.repeat(70)}\n`, ['too-deep 1:68']),
  bad('64 levels of blocks', Array.from({ length: 70 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), ['too-deep 66:66']),
  bad('a million brackets', '['.repeat(1_000_000), ['too-deep 1:66']),
  bad('a quarter of a million braces', '{a: '.repeat(250_000), ['too-deep 1:261']),
  bad('half a million dashes', '- '.repeat(500_000), ['too-deep 1:131']),
  bad('a hundred thousand anchors', '&a '.repeat(300_000), ['too-large 1:375000'], 'more than 250000 words and marks'),
  bad('a thousand documents', '---\n'.repeat(1000), ['too-many-documents 501:1']),
  bad('ten megabytes', 'a: b\n'.repeat(2 * 1024 * 1024), ['too-large']),
  bad(
    'a billion laughs',
    `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${laughs(9)}`,
    ['too-many-aliases 6:10'],
    'repeat more than 100000 values = write the values out',
  ),
  bad(
    'doubling maps',
    `x0: &x0 1\n${Array.from({ length: 40 }, (_, i) => `x${i + 1}: &x${i + 1} {a: *x${i}, b: *x${i}}\n`).join('')}`,
    ['too-many-aliases 16:24'],
  ),
  bad(
    'aliases that only nest',
    `a0: &a0 [x]\n${Array.from({ length: 80 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`).join('')}`,
    ['too-deep 64:12', ...Array.from({ length: 17 }, (_, i) => `too-deep ${65 + i}:12`)],
  ),
  bad(
    'an anchor in itself',
    `${HEAD}tools: &t { a: *t }\n`,
    ['anchor-loop 3:16'],
    'stands inside the value that it repeats',
  ),
  bad('a manifest in itself', `&r\n${HEAD}tools: {}\nsubagents: { x: { manifest: *r } }\n`, ['anchor-loop 5:29']),
  bad('an anchor nobody made', `${HEAD}tools: *nope\n`, ['unknown-anchor 3:8'], 'there is no anchor `&nope`'),
  bad(
    'a merge key',
    `${HEAD}tools:\n  b: &x { effect: read }\n  a: { <<: *x, data: [] }\n`,
    ['reserved-key 5:8'],
    '`<<` does not merge maps here',
  ),
  bad('a merge key where any key goes', `${HEAD}mcpServers:\n  s: { <<: { command: x } }\ntools: {}\n`, [
    'reserved-key 4:8',
  ]),
  bad('__proto__ as a tool', `${HEAD}tools: { __proto__: { effect: read } }\n`, ['reserved-key 3:10']),
  bad(
    '__proto__ in JSON',
    '{"schemaVersion":1,"agent":{"id":"a"},"tools":{"x":{"annotations":{"__proto__":{"a":1}}}}}',
    ['reserved-key 1:68'],
  ),
  bad('constructor as a key', `${HEAD}tools: { constructor: read, toString: write }\nconstructor: 1\n`, [
    'unknown-key 4:1',
  ]),
  bad('a name that only a prototype has', `${HEAD}data: {}\ntools: { a: { data: [toString] } }\n`, [
    'dangling-name 4:22',
  ]),
  bad(
    'a JavaScript tag',
    `${HEAD}tools: !!js/function "x"\n`,
    ['yaml-tag 3:22'],
    'the tag `!!js/function` means nothing here = remove the tag',
  ),
  bad(
    'tags that make other things than JSON',
    `${HEAD}tools: !!omap [ a: { effect: write } ]\ndata: !!set { x }\nagents: !!binary aGVsbG8=\nwhen: !!timestamp 2001-01-01\nown: !mine 1\n`,
    ['yaml-tag 3:15', 'yaml-tag 4:13', 'yaml-tag 5:18', 'yaml-tag 6:19', 'yaml-tag 7:12'],
  ),
];

function laughs(levels: number): string {
  return Array.from(
    { length: levels },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]\n`,
  ).join('');
}

const keys: Bad[] = [
  bad(
    'a mistyped key hides no missing one',
    `${HEAD}tool: { a: read }\n`,
    ['unknown-key 3:1'],
    'did you mean `tools`?',
  ),
  bad(
    'mistyped keys at every level',
    [
      HEAD.trimEnd(),
      'agent2: {}',
      'autonomy: { rewiew: none }',
      'approvals: { aprovers: [a] }',
      'inputs: { untursted: true }',
      'models: [{ provider: a, id: b, x: c }]',
      'data: { d: { clasification: public } }',
      'servers: { s: { netwrk: {} } }',
      'tools: { s/t: { efect: read, acess: ask, cost: { usdd: 1 } }, u: { arguments: { type: object, propertys: {} } } }',
      'network: { egres: none }',
      'credentials: { K: { server: [s] } }',
      'limits: { usdPerDya: 3 }',
      'controls: { sandbx: {}, sandbox: { evidense: a } }',
      '',
    ].join('\n'),
    [
      'unknown-key 3:1',
      'unknown-key 4:13',
      'unknown-key 5:14',
      'unknown-key 6:11',
      'unknown-key 7:32',
      'unknown-key 8:14',
      'unknown-key 9:17',
      'unknown-key 10:17',
      'unknown-key 10:30',
      'unknown-key 10:50',
      'unknown-key 10:95',
      'unknown-key 11:12',
      'unknown-key 12:21',
      'unknown-key 13:11',
      'wrong-value 14:13',
      'unknown-key 14:36',
    ],
    '`efect` is not a key that `s/t` can have = did you mean `effect`?',
  ),
  bad(
    'a key of an inline subagent',
    `${HEAD}tools: {}\nsubagents: { b: { manifest: { agent: { id: b }, tools: { x: { efect: read } } } } }\n`,
    ['unknown-key 4:63'],
    'did you mean `effect`?',
  ),
  bad(
    'an unknown schema keyword',
    `${HEAD}tools: { a: { arguments: { type: object, properties: { x: { format: email } } } } }\n`,
    ['unknown-key 3:61'],
    '`format` is not a JSON Schema keyword that stakes enforces',
  ),
  bad(
    'unknown values',
    `${HEAD}concern: securty\nautonomy: { review: highstakes }\ntools: { a: { effect: Read, access: yes } }\n`,
    ['wrong-value 3:10', 'wrong-value 4:21', 'wrong-value 5:23', 'wrong-value 5:37'],
    'did you mean `high-stakes`?',
  ),
  bad(
    'twenty-five faults',
    `${HEAD}tools:\n${Array.from({ length: 25 }, (_, i) => `  t${i}: x\n`).join('')}`,
    [...Array.from({ length: 20 }, (_, i) => `wrong-value ${4 + i}:${i < 10 ? 7 : 8}`), 'more-faults'],
    'has 5 more faults',
  ),
];

const types: Bad[] = [
  bad(
    'a string for the version',
    'schemaVersion: "1"\nagent: { id: a }\ntools: {}\n',
    ['wrong-value 1:16'],
    'must be the number `1`, not text = remove the quotes',
  ),
  bad(
    'a later version',
    'schemaVersion: 2\nagent: { id: a }\ntools: {}\n',
    ['wrong-value 1:16'],
    '`schemaVersion` is `2`, and this stakes reads `1`',
  ),
  bad(
    'lists for maps',
    'schemaVersion: 1\nagent: [a]\ndata: []\ntools: [a]\n',
    ['wrong-type 2:1', 'wrong-type 3:1', 'wrong-type 4:1'],
    '`tools` must be a map, not a list',
  ),
  bad(
    'text for maps',
    `${HEAD}tools: x\nnetwork: none\n`,
    ['wrong-type 3:8', 'wrong-type 4:10'],
    '`network` must be a map, not text',
  ),
  bad(
    'a word for a list',
    `${HEAD}tools: {}\nfilesystem: { read: ./a }\n`,
    ['wrong-type 4:21'],
    'write `[ ]` around it',
  ),
  bad(
    'a quoted number',
    `${HEAD}tools: {}\nlimits: { usdPerDay: "5" }\n`,
    ['wrong-type 4:22'],
    'must be a number, not text = remove the quotes',
  ),
  bad(
    'numbers out of range',
    `${HEAD}tools: { a: { callsPerDay: -1, maxCallsPerDay: 0.5, cost: { usd: .inf } } }\nlimits: { usdPerDay: 0, turnsPerSession: 1e400, tokensPerSession: 0 }\n`,
    [
      'wrong-value 3:28',
      'wrong-type 3:48',
      'wrong-type 3:66',
      'wrong-value 4:22',
      'wrong-type 4:42',
      'wrong-value 4:67',
    ],
    '`usd` must be a number, not `Infinity`',
  ),
  bad(
    'the booleans of YAML 1.1',
    `${HEAD}tools: { a: { reversible: yes, arbitrary: no } }\ninputs: { untrusted: on }\n`,
    ['wrong-type 3:27', 'wrong-type 3:43', 'wrong-type 4:22'],
    'must be `true` or `false`, not text = write `false`',
  ),
  bad(
    'a number and null for text',
    'schemaVersion: 1\nagent: { id: 5, name: "", owner: null }\ntools: {}\n',
    ['wrong-type 2:14', 'wrong-value 2:23', 'wrong-type 2:34'],
    '`owner` has no value; it must be text',
  ),
  bad(
    'tools that are nothing',
    `${HEAD}tools: { "a/b": 3, x: rread, "": read, y: null }\n`,
    ['wrong-type 3:17', 'wrong-value 3:23', 'wrong-value 3:30', 'wrong-type 3:43'],
    '`y` has no value; it must be `read`, `write` or a map of facts',
  ),
  bad('a tool without a space', `${HEAD}tools: {a:read}\n`, ['wrong-type 3:9'], 'put a space after the colon'),
  bad(
    'an id that is a path',
    'schemaVersion: 1\nagent: { id: "../../x" }\ntools: {}\n',
    ['wrong-value 2:14'],
    'kebab-case',
  ),
  bad(
    'a long id',
    `schemaVersion: 1\nagent: { id: ${'a'.repeat(65)} }\ntools: {}\n`,
    ['wrong-value 2:14'],
    'at most 64 characters',
  ),
  bad(
    'hosts that are addresses',
    `${HEAD}tools: {}\nnetwork: { allowedHosts: ["https://x.com", "a b"] }\n`,
    ['wrong-value 4:27', 'wrong-value 4:44'],
    'entry 2 of `allowedHosts` must be a host',
  ),
  bad(
    'an entry twice',
    `${HEAD}tools: { a: { scopes: [x, y, x] } }\n`,
    ['wrong-value 3:30'],
    '`scopes` lists `x` twice = remove one',
  ),
  bad(
    'a duration in other words',
    `${HEAD}tools: {}\napprovals: { expires: 15min }\n`,
    ['wrong-value 4:23'],
    'must be a duration such as `90s`',
  ),
  bad('an empty agent', 'agent: {}\ntools: {}\n', ['missing-key 1:1', 'missing-key 1:1'], '`agent` needs `id`'),
  bad(
    'only a version',
    'schemaVersion: 1\n',
    ['missing-key 1:1', 'missing-key 1:1'],
    'the manifest needs `tools` = list the tools',
  ),
  bad(
    'server settings of the wrong type',
    `${HEAD}tools: {}\nmcpServers: { s: { url: 3, command: [a], args: x, env: { A: 1, "b c": x } } }\n`,
    ['wrong-type 4:25', 'wrong-type 4:28', 'wrong-type 4:48', 'wrong-type 4:61', 'wrong-value 4:64'],
  ),
  bad(
    'a very long line',
    `${HEAD}tools: { ${Array.from({ length: 400 }, (_, i) => `t${i}: read`).join(', ')}, zz: reed }\n`,
    ['wrong-value 3:4704'],
  ),
  bad('a very long value', `${HEAD}tools: { a: ${'x'.repeat(100_000)} }\n`, ['wrong-value 3:13']),
];

const names: Bad[] = [
  bad(
    'names that nothing has',
    `${HEAD}data: { customers: {} }\nmcpServers: { stripe: { command: x } }\nservers: { strip: {} }\ntools: { strpe/a: read, stripe/b: { data: [custmers] }, stripe/@resorces: read }\ncredentials: { K: { servers: [strype] } }\n`,
    ['dangling-name 6:10', 'dangling-name 6:44', 'dangling-name 6:57', 'dangling-name 5:12', 'dangling-name 7:31'],
    'there is no data scope `custmers` in `data` = did you mean `customers`?',
  ),
  bad(
    'a data scope without any',
    `${HEAD}tools: { a: { data: [customers] } }\n`,
    ['dangling-name 3:22'],
    'add it to `data`',
  ),
  bad(
    'patterns that are none',
    `${HEAD}tools: { a: { arguments: { type: object, properties: { x: { pattern: "([a" }, enum: { items: { pattern: "(?<n>a)(?<n>b)" } } } } } }\n`,
    ['bad-pattern 3:70', 'bad-pattern 3:105'],
    'this is not a regular expression: ',
  ),
  bad(
    'patterns that cannot be matched in bounded time',
    `${HEAD}tools: { a: { arguments: { type: object, properties: { x: { pattern: "a(?!b)" }, y: { items: { pattern: "(a)\\\\1" } } } } } }\n`,
    ['bad-pattern 3:70', 'bad-pattern 3:105'],
    'with `^`, `$`, classes and alternatives',
  ),
  bad(
    'a pattern whose repeats are too many',
    `${HEAD}tools: { a: { arguments: { type: object, properties: { x: { pattern: "(a{100}){100}" } } } } }\n`,
    ['bad-pattern 3:70'],
    'bound the length with `maxLength`',
  ),
];

export const BAD: Bad[] = [...syntax, ...shapes, ...bytes, ...hostile, ...keys, ...types, ...names];
