import type { Clue } from '../../../model/scan.ts';
import type { Clues } from '../../clues.ts';
import { SECRET } from '../../nouns/lasting.ts';
import { ABOUT, PERSONAL, PRIVATE, PUBLIC, PUBLISHED, TRANSPARENT } from '../../nouns/private.ts';
import { singular } from '../../words.ts';
import {
  ANY_KIND,
  BOOKS,
  CHAIN,
  CONTAINER,
  HANDED,
  HELD,
  ITS_CODE,
  LISTED,
  MEASURED,
  MORE_THAN_NAMES,
  NAMES_ONLY,
  ONLY_NAMES,
  OWN,
  PERSON,
  PROGRAM,
  QUERIED,
  SEVERAL,
  WEB,
  WORKS_ON,
} from './words.ts';

export interface Answer<Value> {
  value: Value;
  clue: Clue;
  why: string;
}

/** One look at one thing. */
interface Look {
  verb: string;
  objects: readonly string[];
  /** The noun that is meant: the first one that says something (of `user details` it is `user`). */
  noun: string;
  clues: Clues;
}
type Verdict = readonly [holds: boolean, why: string] | undefined;

/** A word that tells of what anybody can read. */
export const openIn = (objects: readonly string[], { topic, words, fields }: Clues) => {
  // A document that is fetched by its id is somebody's.
  const held = fields.some(({ name }) => HELD.test(name));
  return (
    [...objects, ...words.map(singular)].find(
      (word) => (PUBLIC.has(word) || PUBLISHED.has(word)) && !(held && /^(?:google|docs?)$/.test(word)),
    ) ?? [...topic].find((word) => PUBLIC.has(word))
  );
};

const about = (noun: string): Verdict => [false, `\`${noun}\` is a fact about a thing and not its content`];

/** What the caller gave, or anything that the caller names. */
function handed({ verb, objects, noun, clues: { fields, sentence } }: Look): Verdict {
  const given = fields.some(
    ({ name, type, depth }) => (depth === 0 && HANDED.test(name)) || (name === noun && /^(?:object|array)$/.test(type)),
  );
  if (WORKS_ON.test(verb) && given) return [false, `\`${noun}\` is what the caller gives`];
  const anything =
    (/^(?:get|describe|read|fetch|query)$/.test(verb) ||
      (/^(?:list|search)$/.test(verb) && !/\b(?:database|schema|tables?|bucket|scene|file)\b/.test(sentence))) &&
    !ABOUT.has(noun) &&
    objects.some((word) => /^(?:resource|object|entity)$/.test(word)) &&
    fields.some(({ name, values }) => ANY_KIND.test(name) && values.length === 0);
  return anything ? [true, 'it returns things of any kind, also what is not for everyone'] : undefined;
}

/** Words whose meaning hangs on the ones around them. */
function inContext({ verb, objects, noun, clues }: Look): Verdict {
  const { sentence, topic, fields } = clues;
  const [first = ''] = objects;
  const has = (words: RegExp) => objects.some((word) => words.test(word));
  if (/^(?:describe|introspect|explain)$/.test(verb) && CONTAINER.test(noun))
    return [false, `\`${verb}\` tells how \`${noun}\` is built`];
  if (first === 'string' && objects.includes('connection')) return [true, 'a connection string holds a credential'];
  if ((PROGRAM.test(noun) && ITS_CODE.test(sentence)) || /^(?:decompile|disassemble)$/.test(verb))
    return [true, 'it returns code'];
  if (
    /^(?:query|search|scan)$/.test(verb) &&
    !/\b(?:names?|schema|metadata)\b/.test(sentence) &&
    QUERIED.test(noun) &&
    !openIn(objects, clues)
  )
    return [true, `a query of a \`${noun}\` returns what is in it`];
  if (
    /^(?:item|entry|record|row)$/.test(first) &&
    /^(?:collection|list|database|table|feed|board)$/.test(noun) &&
    !openIn(objects, clues)
  )
    return [true, `what is in a \`${noun}\` is content`];
  if (first === 'url' && has(/^(?:download|presigned|signed)$/)) return [true, 'the address opens the content'];
  if (noun === 'address' && has(/^(?:ip|mac|contract|token)$/)) return about(noun);
  const somebody = /\b(?:vehicle|car|device|phone|user|person|driver|child|friend|contact|tracker)s?\b/;
  if (noun === 'location' && somebody.test(sentence)) return [true, 'where somebody is, is not for everyone'];
  const chain =
    /^(?:transaction|tx|receipt|block|balance|event)$/.test(noun) &&
    fields.some(({ name }) =>
      /^(?:tx_?hash|hash|tx_?id|block_number|block_hash|chain_id|contract_address)$/.test(name),
    );
  if (chain) return [false, 'a chain is open to anybody'];
  if (
    /^(?:block|token|balance|receipt|transaction)$/.test(noun) &&
    (CHAIN.test(clues.text) || fields.some(({ name }) => /^(?:wallet_|account_|token_)?address$/.test(name))) &&
    fields.some(({ name }) => /^(?:network|chain)$/.test(name))
  )
    return [false, 'a chain is open to anybody'];
  if (/^(?:alert|audit|export|finding)$/.test(noun) && has(MEASURED) && !has(PERSON)) return about(noun);
  if ((noun === 'report' || noun === 'sheet') && BOOKS.test(`${objects.slice().reverse().join(' ')} ${clues.text}`))
    return [true, 'what is in the books is not for everyone'];
  if (noun === 'job' && (topic.has('queue') || fields.some(({ name }) => /^queue(?:_name)?$/.test(name))))
    return [true, 'a job in a queue holds what it works on'];
  if (noun === 'status' && (has(/^order$/) || /\bstatus updates?\b/.test(sentence)))
    return [true, 'it tells of what is going on, in words'];
  if (clues.words.includes('head') && has(/^(?:blob|object)$/)) return about('head');
  const around = `${sentence} ${[...topic].join(' ')}`;
  if (noun === 'node' && /\b(?:cluster|kubernetes|k8s|validator)\b/.test(around)) return about(noun);
  if (noun === 'token' && has(/^(?:design|color|style|theme|css|count)$/)) return about(noun);
  const fetched =
    WEB.test(noun) &&
    fields.some(({ name, depth }) => depth === 0 && /^urls?$/.test(name)) &&
    !/\b(?:current|open|private|internal|authenticated|logged)\b/.test(sentence);
  return fetched ? [false, "what a public address shows is nobody's secret"] : undefined;
}

/** A list that gives names away and nothing of what is behind them. */
function names({ verb, objects, noun, clues }: Look): Verdict {
  const [first = ''] = objects;
  const text = clues.text.slice(0, 250);
  const several = /^(?:get|fetch|retrieve|read|show)$/.test(verb) && clues.words.some((word) => SEVERAL.test(word));
  const within =
    /^(?:search|find|grep|scan)$/.test(verb) &&
    /\b(?:contents?|text|full[- ]text|inside|within|occurrences)\b/.test(clues.sentence);
  const inside = /^(?:value|content|cell)$/.test(first);
  const things = first === 'object' && verb !== 'list' && !/\b(?:names?|database|schema|bucket)\b/.test(clues.sentence);
  if (
    (LISTED.test(verb) || several) &&
    !within &&
    !inside &&
    !things &&
    (NAMES_ONLY.test(first) || NAMES_ONLY.test(noun))
  )
    return [false, `a list of \`${noun}\` holds names and no content`];
  const person = [...objects, ...clues.fields.map(({ words: [start = ''] }) => start)].find((word) =>
    PERSON.test(word),
  );
  if (person) return [true, `it is about a \`${person}\``];
  if (/^(?:list|search|find|get|read)$/.test(verb) && ONLY_NAMES.test(clues.sentence) && !MORE_THAN_NAMES.test(text))
    return [false, 'only names and numbers come back'];
  return /^(?:info|information|metadata|overview)$/.test(first) && objects.some((word) => CONTAINER.test(word))
    ? about(first)
    : undefined;
}

function byNoun({ verb, objects, noun, clues }: Look): Verdict {
  const open = openIn(objects, clues);
  const own = objects.some((word) => PERSONAL.has(word)) || OWN.test(clues.sentence);
  if (PRIVATE.has(noun) && (own || !open || SECRET.has(noun) || (noun === 'key' && objects.includes('private'))))
    return [true, `\`${noun}\` is content that is not for everyone`];
  if (ABOUT.has(noun)) return about(noun);
  if (open) return [false, `\`${open}\` is open to anybody`];
  if (verb === 'download') return [true, '`download` brings content'];
  const other = objects.find((word) => PRIVATE.has(word));
  return other ? [true, `\`${other}\` is content that is not for everyone`] : undefined;
}

/** Whether what one look brings is for everyone, where its words tell. */
export function judge(objects: readonly string[], verb: string, clues: Clues, clue: Clue): Answer<boolean> | undefined {
  const noun = objects.find((word) => !TRANSPARENT.has(word)) ?? objects[0];
  if (noun === undefined) return undefined;
  const look = { verb, objects, noun, clues };
  const verdict = handed(look) ?? inContext(look) ?? names(look) ?? byNoun(look);
  return verdict && { value: verdict[0], clue, why: verdict[1] };
}
