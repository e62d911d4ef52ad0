import { verbOf } from '../verbs/lexicon.ts';

const THING =
  '(?:tool|function|utility|endpoint|command|method|wrapper|helper|operation|action|api|call|mutation|resolver|script|client|interface|service)';

/** Ways to begin that are not yet the deed. Tried again and again, because they follow one another. */
const PREFACES: readonly RegExp[] = [
  /^[a-z][\w. -]{0,30} \| /,
  /^(?:step )?\d{1,2}[.):] /,
  /^read[- ]only\b(?: tool| operation)?[\s.:!–—-]*(?=\s|$)\s*/,
  /^\([^)]{0,60}\)\s*/,
  /^\[[^\]]{0,60}\]\]?\s*/,
  /^(?:deprecated|note|important|warning|danger|destructive|caution|beta|alpha|preview|experimental|new|premium|pro|admin only|purpose|description|summary|requires \w+)\b\s*[:.!)\]–—-]+\s*/,
  new RegExp(
    `^(?:please )?(?:use|used|call|invoke|run)(?: (?:this|it))?(?: mcp)?(?: ${THING})?(?: only)? (?:to|for|in order to) `,
  ),
  new RegExp(
    `^(?:please )?(?:use|call|invoke|run)(?: (?:this|it))?(?: mcp)?(?: ${THING})? (?:when(?:ever)?|if|once) (?:you|users?|the user|someone) (?:needs?|wants?|wish(?:es)?|asks?|would like)(?: you)? to `,
  ),
  new RegExp(`^(?:this|the)(?: [a-z-]+){0,2} ${THING} (?:(?:will|can|should|lets? you|helps?) )?`),
  /^(?:this|it) (?:(?:will|can|should|lets? you) )?/,
  /^(?:is|can be|may be|should be|be) (?:(?:used|useful|intended|designed|meant|able) (?:to|for) |for )/,
  /^(?:allows?|enables?|lets?|helps?|permits?) (?:(?:(?:the |an? |your )?[a-z]+ )?to |(?=[a-z]+ing\b))/,
  /^(?:lets?|helps?|allows?|enables?) (?:you|users?|agents?|the user) (?:to )?/,
  /^(?:use|using) [\w-]+(?: [\w-]+)? to /,
  /^(?:you can|can|will|to|for|(?:the |an? )?ability to|attempts? to|tr(?:y|ies) to|responsible for|in charge of) /,
  /^(?:handles?|manages?|supports?) (?=[a-z]+ing\b)/,
  /^(?:mak|send|issu)(?:e|es|s|ing) (?:an? )?(?:\w+ )?request to (?=[a-z]+ )/,
];

const SUBJECT = new RegExp(`^((?:[a-z-]+ ){0,4}?)${THING} (?:[a-z-]+ ){0,3}?(?:to|for|that|which)(?: can| will)? `);
const METHOD: Readonly<Record<string, string>> = {
  get: 'get',
  post: 'create',
  put: 'replace',
  patch: 'update',
  delete: 'delete',
};

const bare = (text: string) => text.replace(/^[^\p{L}\p{N}[(]+/u, '');

/** "A simple tool that deletes crates" is about deleting; "delete the function that …" already is. */
function withoutSubject(text: string): string {
  const [whole = '', before = ''] = SUBJECT.exec(text) ?? [];
  return before.split(' ').some((word) => verbOf(word) !== undefined) ? text : text.slice(whole.length);
}

/** `POST /v1/crates - Create a crate` is described by its words, or else by its method. */
function withoutMethod(text: string): string {
  const [whole, method = ''] = /^(get|post|put|patch|delete) \/\S*(?: ?[:–—-] )?/.exec(text) ?? [];
  if (whole === undefined) return text;
  const rest = bare(text.slice(whole.length));
  return rest === '' ? (METHOD[method] ?? method) : rest;
}

/** A sentence in lower case without what only introduces it. */
export function withoutPreface(sentence: string): string {
  let rest = withoutMethod(bare(sentence));
  for (let again = 0; again < 4; again++) {
    const before = rest;
    for (const preface of PREFACES) rest = bare(rest.replace(preface, ''));
    rest = withoutSubject(rest);
    if (rest === before) break;
  }
  return rest;
}

const NOUNS: Readonly<Record<string, string>> = {
  deletion: 'delete',
  removal: 'remove',
  creation: 'create',
  modification: 'modify',
  retrieval: 'get',
  listing: 'list',
  publication: 'publish',
  submission: 'submit',
  execution: 'execute',
  cancellation: 'cancel',
};

/** Other places for the deed, when a sentence does not begin with it. */
export function elsewhere(sentence: string): string[] {
  const clause = /^(?:given|if|when|once|based on|for|using|with|from|after|before)\b[^,]{0,80}, ?(.+)/s.exec(
    sentence,
  )?.[1];
  const label = /^[^:]{1,40}: (.+)/s.exec(sentence)?.[1];
  const may = /^.{0,40}\b(?:users?|admins?|you|agents?|callers?) (?:can|may) (.+)/s.exec(sentence)?.[1];
  const noun =
    /^(?:[a-z-]+ ){0,2}?(deletion|removal|creation|modification|retrieval|listing|publication|submission|execution|cancellation)\b(.*)/s.exec(
      sentence,
    );
  const said = noun ? `${NOUNS[noun[1] ?? '']}${(noun[2] ?? '').replace(/^ (?:tool|of)\b/, '')}` : undefined;
  const such = /\b(?:actions?|operations?|tasks|things)\b(?: such as| like| including| for|:) (.+)/s.exec(
    sentence,
  )?.[1];
  return [clause, label, may, said, such].filter((text) => text !== undefined).map(withoutPreface);
}
