import type { Clue } from '../../model/scan.ts';
import type { Clues } from '../clues.ts';
import { SECRET } from '../nouns/lasting.ts';
import { ABOUT, PERSONAL, PRIVATE, PUBLIC, PUBLISHED, TRANSPARENT } from '../nouns/private.ts';
import type { Field } from '../signals/fields.ts';
import { reads } from '../verbs/lexicon.ts';
import { singular } from '../words.ts';
import type { Power } from './arbitrary.ts';
import type { Judged } from './judged.ts';

export interface Answer<Value> {
  value: Value;
  clue: Clue;
  why: string;
}

/** The noun that is meant: the first one that says something (of `user details` it is `user`). */
const meant = (objects: readonly string[]) => objects.find((word) => !TRANSPARENT.has(word)) ?? objects[0];

/** These work on what the caller gives, so that nothing else comes back. */
const FROM_ARGUMENTS =
  /^(?:think|validate|calculate|compute|convert|format|parse|encode|decode|hash|translate|estimate|echo|wait|sleep|plan|reason|lint|rerank|rank|sort|generate|ask|chat|suggest|forecast|predict|geocode|add|multiply|rewrite)$/;

/** Of these the result tells of what was handed over. */
const WORKS_ON =
  /^(?:check|scan|detect|analy[sz]e|lint|inspect|verify|audit|compare|validate|classify|extract|review)$/;
const HANDED = /^(?:code|html|text|content|source_code|json|xml|css|markdown|snippet|diff|code_files|code_snippet)$/;
const ANY_KIND = ({ name, values }: Field) =>
  /^(?:resource_type|resource_types|kind|object_type|entity_type|resource_refs?|gvr|api_version)$/.test(name) &&
  values.length === 0;

const SEVERAL =
  /^(?:tables|sheets|boards|calendars|folders|channels|notebooks|worksheets|databases|forms|playlists|mailboxes|drives)$/;
/** "Lists slides with their ids and names": nothing of what is on them. */
const ONLY_NAMES =
  /\b(?:with (?:their|its)|including|returns?|returning|only|compact|just|structural)\b[^.]{0,40}\b(?:ids?|uids?|uuids?|names?|titles?|metadata)\b/;
const MANIFEST =
  /\b(?:content|contents|body|messages?|e-?mails?|subject|snippets?|values|text|address|phone|details)\b/;
const WEB =
  /^(?:content|html|text|markdown|image|picture|document|page|webpage|article|link|transcript|video|data|json|file|feed)$/;
const RECORDED = /^(?:screenshot|screen|recording|snapshot|screencast|heapsnapshot|trace)$/;
const LISTED = /^(?:list|search|find|ls|glob|browse|enumerate|scan)$/;
const NAMES_ONLY =
  /^(?:file|object|key|image|folder|directory|page|function|board|table|form|sheet|media|calendar|mailbox|notebook|playlist|dataset|worksheet|spreadsheet|presentation|canvas|whiteboard|drive|blob)$/;
const CONTAINER =
  /^(?:file|directory|folder|database|app|table|object|channel|group|page|board|project|workspace|sheet|worksheet)$/;

/** A word that tells of what anybody can read. */
const openIn = (objects: readonly string[], { topic, words }: Clues) =>
  [...objects, ...words.map(singular)].find((word) => PUBLIC.has(word) || PUBLISHED.has(word)) ??
  [...topic].find((word) => PUBLIC.has(word));

function judge(objects: readonly string[], verb: string, clues: Clues, clue: Clue): Answer<boolean> | undefined {
  const { sentence } = clues;
  const [first = ''] = objects;
  const noun = meant(objects);
  if (noun === undefined) return undefined;
  if (
    WORKS_ON.test(verb) &&
    clues.fields.some(
      ({ name, type, depth }) =>
        (depth === 0 && HANDED.test(name)) || (name === noun && /^(?:object|array)$/.test(type)),
    )
  )
    return { value: false, clue, why: `\`${noun}\` is what the caller gives` };
  if (
    /^(?:get|describe|read|fetch|query)$/.test(verb) &&
    !ABOUT.has(noun) &&
    objects.some((word) => /^(?:resource|object|entity)$/.test(word)) &&
    clues.fields.some(ANY_KIND)
  )
    return { value: true, clue, why: 'it returns things of any kind, also what is not for everyone' };
  if (/^(?:describe|introspect|explain)$/.test(verb) && CONTAINER.test(noun))
    return { value: false, clue, why: `\`${verb}\` tells how \`${noun}\` is built` };
  if (first === 'string' && objects.includes('connection'))
    return { value: true, clue, why: 'a connection string holds a credential' };
  const coded =
    /^(?:source|function|trigger|worker|workflow|script|hook|action|procedure)$/.test(noun) &&
    /\b(?:source code|file contents?|code of|body of|its code|contents? of)\b/.test(sentence);
  if (coded || /^(?:decompile|disassemble)$/.test(verb)) return { value: true, clue, why: 'it returns code' };
  if (
    verb === 'query' &&
    /^(?:collection|database|dataset|index|table|datasource|source)$/.test(noun) &&
    !openIn(objects, clues)
  )
    return { value: true, clue, why: `a query of a \`${noun}\` returns what is in it` };
  if (first === 'url' && objects.some((word) => /^(?:download|presigned|signed)$/.test(word)))
    return { value: true, clue, why: 'the address opens the content' };
  const about = (what: string) => ({
    value: false,
    clue,
    why: `\`${what}\` is a fact about a thing and not its content`,
  });
  if (noun === 'address' && objects.some((word) => /^(?:ip|mac|contract|token)$/.test(word))) return about(noun);
  if (noun === 'node' && /\b(?:cluster|kubernetes|k8s|validator)\b/.test(`${sentence} ${[...clues.topic].join(' ')}`))
    return about(noun);
  if (
    WEB.test(noun) &&
    clues.fields.some(({ name, depth }) => depth === 0 && /^urls?$/.test(name)) &&
    !/\b(?:current|open|private|internal|authenticated|logged)\b/.test(sentence)
  )
    return { value: false, clue, why: "what a public address shows is nobody's secret" };
  const open = openIn(objects, clues);
  const own =
    objects.some((word) => PERSONAL.has(word)) ||
    /\b(?:your|my|user'?s?|private|customer'?s?|internal|authenticated)\b/.test(sentence);
  const several = /^(?:get|fetch|retrieve|read|show)$/.test(verb) && clues.words.some((word) => SEVERAL.test(word));
  const within =
    /^(?:search|find|grep|scan)$/.test(verb) &&
    /\b(?:contents?|text|full[- ]text|inside|within|occurrences)\b/.test(sentence);
  const objectsOnly = first === 'object' && verb !== 'list' && !/\b(?:names?|database|schema|bucket)\b/.test(sentence);
  if ((LISTED.test(verb) || several) && !within && !objectsOnly && (NAMES_ONLY.test(first) || NAMES_ONLY.test(noun)))
    return { value: false, clue, why: `a list of \`${noun}\` holds names and no content` };
  const person = objects.find((word) => /^(?:athlete|patient|employee)$/.test(word));
  if (person) return { value: true, clue, why: `it is about a \`${person}\`` };
  if (
    /^(?:list|search|find|get|read)$/.test(verb) &&
    ONLY_NAMES.test(clues.text.slice(0, 250)) &&
    !MANIFEST.test(clues.text.slice(0, 250))
  )
    return { value: false, clue, why: 'only names and numbers come back' };
  if (/^(?:info|information|metadata|overview)$/.test(first) && objects.some((word) => CONTAINER.test(word)))
    return about(first);
  if (noun === 'token' && objects.some((word) => /^(?:design|color|style|theme|css|count)$/.test(word)))
    return about(noun);
  if (PRIVATE.has(noun) && (own || !open || SECRET.has(noun) || (noun === 'key' && objects.includes('private'))))
    return { value: true, clue, why: `\`${noun}\` is content that is not for everyone` };
  if (ABOUT.has(noun)) return about(noun);
  if (open) return { value: false, clue, why: `\`${open}\` is open to anybody` };
  if (verb === 'download') return { value: true, clue, why: '`download` brings content' };
  const other = objects.find((word) => PRIVATE.has(word));
  return other ? { value: true, clue, why: `\`${other}\` is content that is not for everyone` } : undefined;
}

/** Whether the result can hold what is not for everyone. */
export function sensitiveOf(clues: Clues, judged: Judged, power: Power | undefined): Answer<boolean | 'unknown'> {
  const { effect, deeds } = judged;
  const runs = power?.what === 'shell' || power?.what === 'code';
  const silent = !runs && clues.named.some(({ kind, sure }) => sure && (kind === 'releasing' || kind === 'destroying'));
  if (/^(?:whoami|me|self)$/.test(clues.words.at(-1) ?? ''))
    return { value: false, clue: 'name', why: 'it only tells who is signed in' };
  const made = clues.named.some(
    ({ verb, objects: [first = '', ...rest] }) =>
      verb === 'generate' &&
      (SECRET.has(first) || first === 'keypair' || rest.includes('presigned') || first === 'key'),
  );
  if (made && effect !== 'unknown') return { value: true, clue: 'name', why: 'it answers with a credential' };
  const metrics =
    power?.what === 'reading' &&
    /\b(?:metrics?|promql|prometheus|time series)\b/.test(`${clues.words.join(' ')} ${clues.sentence}`);
  if (power && power.what !== 'payload' && !silent && !metrics)
    return { value: true, clue: power.clue, why: `the caller decides what comes back: ${power.why}` };
  const files = clues.fields.find(({ name }) => /^(?:file_paths?|paths|local_files?)$/.test(name));
  if (effect === 'write' && files && deeds.some(({ verb }) => /^(?:upload|drop|send)$/.test(verb)))
    return { value: true, clue: 'schema', why: `\`${files.name}\` reads files of the machine` };
  const looks = [...clues.named, ...deeds].filter(
    ({ kind, verb }) => reads(kind) || effect !== 'write' || verb === 'screencast',
  );
  const saves = deeds.length > 0 && deeds.every(({ kind }) => reads(kind));
  const bare = looks.find(
    ({ verb, objects, clue, sure }) =>
      clue === 'name' && sure && /^(?:search|find|query)$/.test(verb) && objects.every((word) => word === 'object'),
  );
  if (
    effect === 'read' &&
    bare &&
    !openIn(bare.objects, clues) &&
    !/\b(?:web|internet|public|places?|docs?|documentation|packages?|libraries)\b/.test(clues.sentence) &&
    clues.words.length <= 2 &&
    !/\b(?:tools?|templates?|names?|database|schema|tables?|columns?|metadata)\b/.test(clues.sentence)
  )
    return { value: true, clue: 'name', why: 'a search of everything returns what is private as well' };
  const offersReading = looks.length > 0 && clues.chosen.some(({ kind }) => reads(kind));
  const kept = deeds.find(
    ({ verb, objects }) =>
      (/^(?:save|start|record|take|capture|screencast)$/.test(verb) && objects.some((word) => RECORDED.test(word))) ||
      (verb === 'export' && objects.some((word) => PRIVATE.has(word))),
  );
  if (effect === 'write' && kept && judged.reversible !== false)
    return { value: true, clue: kept.clue, why: `\`${kept.verb}\` keeps what is shown` };
  if (effect === 'write' && !saves && !offersReading)
    return { value: false, clue: 'name', why: 'a change answers with what was changed' };
  if (offersReading)
    for (const deed of clues.chosen.filter(({ kind }) => reads(kind))) {
      const answer = judge(deed.objects, deed.verb, clues, 'schema');
      if (answer?.value === true) return answer;
    }
  // The description of a tool that works on what it is given tells of its answer.
  const given = clues.named.some(({ verb, sure, kind }) => sure && kind === 'computing' && FROM_ARGUMENTS.test(verb));
  for (const source of given ? (['name'] as const) : (['name', 'description'] as const)) {
    for (const deed of looks.filter(
      ({ clue, verb, kind }) => clue === source && !(kind === 'computing' && FROM_ARGUMENTS.test(verb)),
    )) {
      const answer = judge(deed.objects, deed.verb, clues, source);
      if (answer) return answer;
    }
  }
  const answer = looks.length > 0 ? undefined : judge([...clues.words].reverse().map(singular), '', clues, 'name');
  if (answer) return answer;
  const value = effect === 'unknown' ? 'unknown' : false;
  return { value, clue: 'default', why: 'nothing says that it returns content of somebody' };
}
