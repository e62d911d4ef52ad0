import type { Egress } from '../../../model/vocabulary.ts';
import type { Clues } from '../../clues.ts';
import type { Judged } from '../judged.ts';
import type { Answer } from '../sensitive.ts';
import { fieldOf, open } from './fields.ts';

const ADDRESS =
  /^(?:(?:\w+_)?(?:url|urls|uri|uris|webhook|webhooks)|url_\w+|website|link|links|href|remote|endpoint|address_url|redirect_uris?|(?:callback|notify|notification|push|hook|webhook)_endpoint)$/;
/** The server itself: whatever is asked or changed goes there. */
const SERVER =
  /^(?:\w+_)?(?:base|server|instance|api_base)_ur[il]$|^(?:\w+_)?(?:connection_(?:string|uri|url)|conn_str|connstr|dsn|jdbc_url|database_ur[il]|db_ur[il])$/;
const HOST = /^(?:\w+_)?(?:host|hostname|url|uri)$/;
const PLACES = /^(?:url|urls|uri|uris|website|websites|web_page|webpage|href|page_urls?|site_urls?)$/;
/** Addresses that are handed over to be called: nothing needs to say that they are contacted. */
const CALLED = /webhook|callback|hook_url|notif|database_url|redirect|push_endpoint|postback|forward_url|remote_url/;
const CONTACTS =
  /\b(?:fetch|scrap|crawl|navigat|goto|go to|open|visit|load|request|download|screenshot|browse|connect|ping|curl|webhook|http|clon|push|web ?page|website|web site|read|extract|tab|page|pages|import|ingest|transcrib|analy[sz]|render|captur|summari[sz]|convert|scan|audit|parse|check|inspect|monitor|research|lighthouse|pagespeed|pdf|embed|generat|edit|describe|index|upload|attach|animate|create (?:a |an )?(?:video|image|new tab)|urls? (?:contents?|to)|content of (?:a |an |the )?url|from (?:a |an |the )?(?:web )?urls?|feeds?\b)/;
const BRINGS =
  /^(?:image|img|file|media|attachment|source|src|video|audio|document|pdf|feed|rss|picture|photo|sitemap|start|target|base|page|site|website|web|download|remote|spec|schema|openapi|swagger|input|reference|init_image|mask)_?(?:urls?|uris?)$/;

const PLAIN =
  /^(?:page|site|http|scrape|fetch|browser|browse|search|crawl|extract|read|image|video|audio|media|tool|resource|docs|doc|data|file|website|tabs?|web|webpage|content|link|markdown|pdf|screenshot|text|html|download|open|navigate|visit|capture|analyze|transcribe|transcript|convert|feed|source|server|document|article|summarize)$/;

/** Does the text of the field call it the address of one of the service's own things: a name for it, not a place? */
function isOwn(clues: Clues, text: string): boolean {
  return [...clues.topic]
    .filter((word) => word.length > 3 && !PLAIN.test(word))
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .some((word) =>
      new RegExp(
        `\\b${word}s?\\b.{0,40}\\b(?:url|link)|\\b(?:url|link) (?:of|to|for) (?:an? |the )?(?:\\w+ )?${word}`,
        'u',
      ).test(text),
    );
}

/** An address that is contacted, with whatever the caller puts into it. */
export function byAddress(clues: Clues, { effect }: Judged): Answer<Egress> | undefined {
  const settings = clues.fields.find(({ name, depth }) => depth === 0 && /^(?:body|config|settings)$/.test(name));
  if (effect === 'write' && settings && clues.text.includes('`webhook'))
    return open(`\`${settings.name}\` can hold the address of a webhook`);
  const hooks = clues.words.some((word) => /^(?:webhooks?|hooks?|remotes?)$/.test(word));
  const hook = fieldOf(clues, hooks ? /url|endpoint|^target$|^webhook$/ : CALLED, 2);
  const kept = effect === 'write' || (hook && /webhook|callback|database_url|notif/.test(hook.name));
  if (hook && kept && ADDRESS.test(hook.name) && hook.values.length === 0)
    return open(`\`${hook.name}\` names where data goes`);
  const server = clues.fields.find(({ name, depth, values }) => depth <= 1 && values.length === 0 && SERVER.test(name));
  if (server) return open(`\`${server.name}\` picks the server that is talked to`);
  const dialled = clues.named.some(({ verb }) => verb === 'connect')
    ? clues.fields.find(({ name, depth, values }) => depth === 0 && values.length === 0 && HOST.test(name))
    : undefined;
  if (dialled) return open(`\`${dialled.name}\` picks the server that is talked to`);
  const address = clues.fields.find(
    ({ name, depth, type, values }) =>
      depth <= 1 && type !== 'boolean' && values.length === 0 && (PLACES.test(name) || BRINGS.test(name)),
  );
  if (!address || isOwn(clues, address.text)) return undefined;
  // `depot://crates/1` is the name of a thing.
  const told = `${clues.text.slice(0, 400)} ${address.text}`;
  const near = /\b(?:ssh|git|https?)\b/.test(told) ? told.replaceAll('file://', '') : told;
  if (/\b(?!(?:https?|s?ftps?|wss?|ssh|git):)[a-z]{2,20}:\/\//.test(near) && !/https?:\/\//.test(address.text))
    return undefined;
  const about = `${clues.words.join(' ')} ${clues.sentence}`;
  return CONTACTS.test(about) || BRINGS.test(address.name)
    ? open(`\`${address.name}\` is contacted, and the caller picks it`)
    : undefined;
}
