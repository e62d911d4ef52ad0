import { expect, test } from 'vitest';
import { agent, policy, server } from '../../src/model/policy.fixture.ts';
import { asList, asRecord, asText, type JsonRecord } from '../../src/probe/json.ts';
import { type Attempt, cameOf, type Edits, type Trap } from './srt-fail-open.ts';

const token = { TOKEN: { servers: ['pay'], mode: 'live' as const, scopes: [], ttlSeconds: null } };
const writing = (folder: string, protectedPath: string) =>
  policy([agent('desk', { filesystem: { read: null, write: [folder] } })], { protectedPaths: [protectedPath] });
const SILENT = policy([agent('desk', { filesystem: { read: null, write: null }, credentials: token })]);
// The server's own arguments look like options of srt.
const SERVED = policy([
  agent('desk', {
    servers: { pay: server('sh', ['start.sh', '--settings', 'open.json'], { read: ['./kb', './start.sh'] }) },
  }),
]);

const show = (line: string, shows: string): Attempt => ({ line, shows });
const make = (makes: string): Attempt => ({ line: `echo x > ${makes}`, makes });
const page = show('cat kb/page.md', 'PUBLIC-PAGE');
const key = show('cat ~/.ssh/id', 'PRIVATE-KEY');

const inAgent = (edit: (file: JsonRecord) => JsonRecord): Edits => ({ 'agent.json': edit });
const inFilesystem = (more: JsonRecord): Edits =>
  inAgent((file) => ({ ...file, filesystem: { ...asRecord(file.filesystem), ...more } }));
const startedBy = (to: (args: string[]) => string[]): Edits => ({
  'mcp.json': (file) => {
    const servers = asRecord(file.mcpServers);
    const pay = asRecord(servers.pay);
    return { mcpServers: { ...servers, pay: { ...pay, args: to(asList(pay.args).map(asText)) } } };
  },
});

const traps: Record<string, Trap> = {
  'a key that srt does not know is dropped in silence': {
    made: SILENT,
    naive: inAgent(({ credentials, ...rest }) => ({ ...rest, credential: credentials ?? {} })),
    attempts: [show('echo $PLAIN', 'PLAIN-VALUE'), show('echo $TOKEN', 'SECRET-TOKEN')],
  },
  'a variable in a path is a folder of that name': {
    made: SILENT,
    naive: inFilesystem({ denyRead: ['$HOME/.ssh'] }),
    attempts: [page, key],
  },
  'a pattern among the writes is dropped in silence': {
    made: writing('.', '.stakes/**'),
    naive: inFilesystem({ denyWrite: ['**/.stakes/**'] }),
    attempts: [make('note.txt'), make('.stakes/desk/note.txt')],
  },
  'a leading slash is the root of the machine': {
    made: writing('.', '/ops'),
    naive: inFilesystem({ denyWrite: ['/ops'] }),
    attempts: [make('note.txt'), make('ops/note.txt')],
  },
  'a name is that file of the project, and of no folder in it': {
    made: writing('./out', 'stakes.pins.json'),
    naive: inFilesystem({ denyWrite: ['stakes.pins.json'] }),
    attempts: [make('out/note.txt'), make('out/stakes.pins.json')],
  },
  'without `--` the options of a server are those of srt': {
    made: SERVED,
    server: true,
    naive: startedBy((args) => args.filter((arg) => arg !== '--')),
    attempts: [page, key],
  },
  'without settings all may be read': {
    made: SERVED,
    server: true,
    naive: startedBy((args) => args.slice(args.indexOf('--'))),
    attempts: [page, key],
  },
};

test.each(Object.entries(traps))('%s', async (_, trap) => {
  expect(await cameOf(trap), 'as generated').toEqual([0]);
  expect(await cameOf(trap, trap.naive), 'without the guard').toEqual([0, 1]);
});
