import type { Change } from '../model/diff.ts';
import { isRecord } from '../source/record.ts';
import { listChange, namesWords, quoted, wordOf } from './diff-value-words.ts';
import { listed } from './words.ts';

/** What became of something that is no tool, in words of its own; undefined: a field and its values say as much. */
export function settingWords(change: Change, path: readonly string[], owner: string): string | undefined {
  const [section = '', name = '', field] = path;
  const words = Object.hasOwn(SECTIONS, section) ? SECTIONS[section] : undefined;
  return words?.({ ...change, name, field: path.slice(2).join('.'), owner, isWhole: field === undefined });
}

interface Setting extends Change {
  name: string;
  field: string;
  owner: string;
  isWhole: boolean;
}

const SECTIONS: Readonly<Record<string, (setting: Setting) => string | undefined>> = {
  agent: ({ name, from, to, owner }) =>
    name === 'environment' && to !== undefined ? `it${owner} runs in ${wordOf(to)} now${was(from)}` : undefined,
  autonomy: ({ name, from, to, owner }) =>
    name === 'review' && to !== undefined ? `${reviewed(to, from)}${owner}${wasSet(from)}` : undefined,
  inputs: ({ name, to, owner }) => {
    if (name !== 'untrusted') return undefined;
    if (to === undefined) return `whether it${owner} reads strangers' text is no longer stated`;
    return to === true ? `it${owner} reads strangers' text now` : `it${owner} no longer reads strangers' text`;
  },
  data: (setting) => {
    const { name, field, from, to, owner } = setting;
    if (setting.isWhole) return whole(setting, 'data', isRecord(to) ? wordOrNot(to.classification) : '');
    const subject = `${quoted(name)}${owner}`;
    if (to === undefined) return undefined;
    if (field === 'classification') return `${subject} is ${wordOf(to)} now${was(from)}`;
    return field === 'source' ? `${subject} holds ${wordOf(to)} data now${was(from)}` : undefined;
  },
  mcpServers: (setting) => (setting.isWhole ? whole(setting, 'server') : undefined),
  servers: (setting) => {
    const by = ` by server ${quoted(setting.name)}${setting.owner}`;
    if (setting.field === 'network.allowedHosts') return reached(setting, 'can be reached', by);
    return setting.field.startsWith('filesystem.')
      ? files(setting, setting.field.slice('filesystem.'.length), by)
      : undefined;
  },
  network: (setting) => {
    const { name, from, to, owner } = setting;
    if (name === 'allowedHosts') return reached(setting, 'can be reached', owner);
    if (name !== 'egress') return undefined;
    const words = {
      none: 'it has no network now',
      listed: 'only listed hosts can be reached now',
      open: 'any host can be reached now',
    }[String(to)];
    return words && `${words}${owner}${wasSet(from)}`;
  },
  filesystem: (setting) => files(setting, setting.name, setting.owner),
  credentials: (setting) => {
    const { name, field, from, to, owner } = setting;
    if (setting.isWhole)
      return whole(setting, 'credential', isRecord(to) && to.mode !== undefined ? wordOf(to.mode) : '');
    const subject = `credential ${quoted(name)}${owner}`;
    if (field === 'mode' && to !== undefined) return `${subject} is ${wordOf(to)} now${was(from)}`;
    const change = field === 'scopes' ? listChange(from, to) : undefined;
    if (!change) return undefined;
    return sentence(
      change,
      (names) => `${subject} has ${scopes(names)} now`,
      (names) => `${subject} no longer has ${scopes(names)}`,
    );
  },
  subagents: (setting) => (setting.isWhole ? whole(setting, 'subagent') : undefined),
  controls: ({ name, from, to, owner, isWhole }) => {
    if (!isWhole) return undefined;
    if (from === undefined) return `control ${quoted(name)}${owner} is declared now`;
    return to === undefined ? `control ${quoted(name)}${owner} is no longer declared` : undefined;
  },
};

function whole({ name, from, to, owner }: Setting, kind: string, what = ''): string | undefined {
  const subject = `${kind} ${quoted(name)}${owner}`;
  if (from === undefined) return `${subject} is new${what === '' ? '' : `, and ${what}`}`;
  return to === undefined ? `${subject} is gone` : undefined;
}

const was = (from: unknown) => ` (was ${wordOf(from)})`;
const wasSet = (from: unknown) => (from === undefined ? was(from) : ` (was ${quoted(String(from))})`);
const wordOrNot = (value: unknown) => (value === undefined ? 'unclassified' : wordOf(value));
const scopes = (names: readonly string[]) => `${names.length === 1 ? 'scope' : 'scopes'} ${namesWords(names)}`;

function reviewed(to: unknown, from: unknown): string {
  if (to === 'none') return 'no call is reviewed now';
  if (to === 'each-action') return 'each action is reviewed now';
  return from === 'each-action' ? 'only high-stakes calls are reviewed now' : 'high-stakes calls are reviewed now';
}

function files(setting: Setting, name: string, by: string): string | undefined {
  const verb = { read: 'can be read', write: 'can be written' }[name];
  return verb && reached(setting, verb, by);
}

/** `` `api.example.com` can be reached now ``. */
function reached({ from, to }: Setting, verb: string, by: string): string | undefined {
  const change = listChange(from, to);
  const lost = verb.replace('can be', 'can no longer be');
  return (
    change &&
    sentence(
      change,
      (names) => `${namesWords(names)} ${verb} now${by}`,
      (names) => `${namesWords(names)} ${lost}${by}`,
    )
  );
}

type Naming = (names: readonly string[]) => string;

function sentence(
  { gained, lost }: { gained: string[]; lost: string[] },
  came: Naming,
  went: Naming,
): string | undefined {
  if (gained.length + lost.length === 0) return undefined;
  return listed([...(gained.length > 0 ? [came(gained)] : []), ...(lost.length > 0 ? [went(lost)] : [])]);
}
