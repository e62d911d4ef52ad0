import { PINS_SCHEMA, type PinnedTool, type Pins } from '../../model/pins.ts';
import type { Loaded } from '../../model/place.ts';
import { SCANNED_FACTS } from '../../model/scan.ts';
import { isRecord } from '../../source/record.ts';

export const PINS_FILE = 'stakes.pins.json';

const WRITE_IT = 'write it with `stakes scan --pin`';
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The pins in a text. One that is broken is no pin at all: nothing of it is believed. */
export function parsePins(file: string, text: string): Loaded<Pins> {
  const invalid = (code: string, message: string, help: string): Loaded<Pins> => ({
    state: 'invalid',
    problems: [{ code, message, help, file }],
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('not-json', `\`${file}\` is no JSON`, 'mend it, or take it from your version control');
  }
  const version = isRecord(value) ? /^stakes\/pins@([1-9][0-9]{0,5})$/.exec(String(value.schema))?.[1] : undefined;
  if (version !== undefined && `stakes/pins@${version}` !== PINS_SCHEMA)
    return invalid('newer-format', `\`${file}\` is in version ${version} of the format`, 'a newer stakes reads it');
  if (version === undefined || !isRecord(value) || !isRecord(value.servers))
    return invalid('not-pins', `\`${file}\` holds no pins`, WRITE_IT);
  for (const [server, entry] of Object.entries(value.servers)) {
    const tools = isRecord(entry) ? entry.tools : undefined;
    if (!isRecord(tools)) return invalid('wrong-pin', `\`${server}\` in \`${file}\` has no \`tools\``, WRITE_IT);
    const wrong = Object.entries(tools).find(([, pin]) => !isPin(pin));
    if (wrong) return invalid('wrong-pin', `\`${server}/${wrong[0]}\` in \`${file}\` is no pin`, WRITE_IT);
  }
  return { state: 'ok', value: value as unknown as Pins };
}

function isPin(value: unknown): value is PinnedTool {
  if (!isRecord(value) || !isRecord(value.parts) || !isRecord(value.facts) || !isRecord(value.hints)) return false;
  const { digest, parts, facts, hints, arguments: args, reviewed } = value;
  return (
    DIGEST.test(String(digest)) &&
    ['description', 'schema', 'annotations'].every((part) => typeof parts[part] === 'string') &&
    SCANNED_FACTS.every((fact) => ['string', 'boolean'].includes(typeof facts[fact]) || facts[fact] === null) &&
    Object.values(hints).every((hint) => typeof hint === 'boolean') &&
    isRecord(args) &&
    Object.values(args).every((type) => typeof type === 'string') &&
    (reviewed === undefined ||
      (isRecord(reviewed) && typeof reviewed.by === 'string' && typeof reviewed.on === 'string'))
  );
}

/** What editors are told stays; the rest is in order, so that a diff shows only what changed. */
export function pinsText(servers: Pins['servers'], before: Pins | undefined): string {
  return `${JSON.stringify({ ...before, schema: PINS_SCHEMA, servers }, null, 2)}\n`;
}
