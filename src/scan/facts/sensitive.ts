import type { Clues } from '../clues.ts';
import { SECRET } from '../nouns/lasting.ts';
import { PRIVATE } from '../nouns/private.ts';
import type { Deed } from '../signals/deed.ts';
import { reads } from '../verbs/lexicon.ts';
import { singular } from '../words.ts';
import type { Power } from './arbitrary.ts';
import { type Answer, judge, openIn } from './content/judge.ts';
import { FROM_ARGUMENTS, RECORDED } from './content/words.ts';
import type { Judged } from './judged.ts';

export type { Answer } from './content/judge.ts';

const ONESELF = /\b(?:whoami|me|self)$|^(?:get current users?|users? get current|current users?)$/;

/** What is known without a look at the nouns: code and queries of the caller, credentials, the caller itself. */
function atOnce(clues: Clues, { effect, deeds }: Judged, power: Power | undefined): Answer<boolean> | undefined {
  const runs = power?.what === 'shell' || power?.what === 'code';
  const silent = !runs && clues.named.some(({ kind, sure }) => sure && (kind === 'releasing' || kind === 'destroying'));
  if (ONESELF.test(clues.words.join(' '))) return { value: false, clue: 'name', why: 'it only tells who is signed in' };
  const made = clues.named.some(
    ({ verb, objects: [first = '', ...rest] }) =>
      (/^(?:create|refresh|regenerate|rotate|issuing)$/.test(verb) &&
        ((first === 'token' && !rest.some((word) => /^(?:erc\d+|bep\d+|nft|spl)$/.test(word))) ||
          (first === 'password' && rest.some((word) => /^(?:app|application)$/.test(word))) ||
          (first === 'key' && rest.some((word) => /^(?:api|access)$/.test(word))))) ||
      (verb === 'generate' && (SECRET.has(first) || /^(?:key|keypair)$/.test(first) || rest.includes('presigned'))),
  );
  if (made && effect !== 'unknown') return { value: true, clue: 'name', why: 'it answers with a credential' };
  const metrics =
    power?.what === 'reading' &&
    /\b(?:metrics?|promql|prometheus|time series)\b/.test(`${clues.words.join(' ')} ${clues.sentence}`);
  if (power && power.what !== 'payload' && power.what !== 'start' && !silent && !metrics)
    return { value: true, clue: power.clue, why: `the caller decides what comes back: ${power.why}` };
  const files = clues.fields.find(({ name }) => /^(?:file_paths?|paths|local_files?)$/.test(name));
  return effect === 'write' && files && deeds.some(({ verb }) => /^(?:upload|drop|send)$/.test(verb))
    ? { value: true, clue: 'schema', why: `\`${files.name}\` reads files of the machine` }
    : undefined;
}

/** A search without a word on what is searched. */
function ofEverything(clues: Clues, looks: readonly Deed[]): boolean {
  const bare = looks.find(
    ({ verb, objects, clue, sure }) =>
      clue === 'name' && sure && /^(?:search|find|query)$/.test(verb) && objects.every((word) => word === 'object'),
  );
  return (
    bare !== undefined &&
    clues.words.length <= 2 &&
    !openIn(bare.objects, clues) &&
    !/\b(?:web|internet|public|places?|docs?|documentation|packages?|libraries)\b/.test(clues.sentence) &&
    !/\b(?:tools?|templates?|names?|database|schema|tables?|columns?|metadata)\b/.test(clues.sentence)
  );
}

const keeps = ({ verb, objects }: Deed) =>
  (/^(?:save|start|record|take|capture|screencast)$/.test(verb) && objects.some((word) => RECORDED.test(word))) ||
  (verb === 'export' && objects.some((word) => PRIVATE.has(word)));

/** Whether the result can hold what is not for everyone. */
export function sensitiveOf(clues: Clues, judged: Judged, power: Power | undefined): Answer<boolean | 'unknown'> {
  const { effect, deeds } = judged;
  const known = atOnce(clues, judged, power);
  if (known) return known;
  const looks = [...clues.named, ...deeds].filter(
    ({ kind, verb }) => reads(kind) || effect !== 'write' || verb === 'screencast',
  );
  if (effect === 'read' && ofEverything(clues, looks))
    return { value: true, clue: 'name', why: 'a search of everything returns what is private as well' };
  const kept = effect === 'write' && judged.reversible !== false ? deeds.find(keeps) : undefined;
  if (kept) return { value: true, clue: kept.clue, why: `\`${kept.verb}\` keeps what is shown` };
  const saves = deeds.length > 0 && deeds.every(({ kind }) => reads(kind));
  const offered = looks.length > 0 ? clues.chosen.filter(({ kind }) => reads(kind)) : [];
  if (effect === 'write' && !saves && offered.length === 0)
    return { value: false, clue: 'name', why: 'a change answers with what was changed' };
  for (const deed of offered) {
    const answer = judge(deed.objects, deed.verb, clues, 'schema');
    if (answer?.value === true) return answer;
  }
  const computes = ({ verb, kind, objects }: Deed) =>
    kind === 'computing' &&
    FROM_ARGUMENTS.test(verb) &&
    !(
      /^(?:ask|chat)$/.test(verb) &&
      objects.some((word) => /^(?:file|document|database|data|email|note|notebook)$/.test(word))
    );
  // The description of a tool that works on what it is given tells of its answer.
  const given = clues.named.some((deed) => deed.sure && computes(deed));
  for (const source of given ? (['name'] as const) : (['name', 'description'] as const)) {
    for (const deed of looks.filter((one) => one.clue === source && !computes(one))) {
      const answer = judge(deed.objects, deed.verb, clues, source);
      if (answer) return answer;
    }
  }
  const answer = looks.length > 0 ? undefined : judge([...clues.words].reverse().map(singular), '', clues, 'name');
  const value = effect === 'unknown' ? 'unknown' : false;
  return answer ?? { value, clue: 'default', why: 'nothing says that it returns content of somebody' };
}
