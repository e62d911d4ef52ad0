import type { Egress } from '../../model/vocabulary.ts';
import type { Clues } from '../clues.ts';
import { MESSAGE } from '../nouns/lasting.ts';
import type { Field } from '../signals/fields.ts';
import type { Power } from './arbitrary.ts';
import type { Judged } from './judged.ts';
import { PAGE } from './page.ts';
import type { Answer } from './sensitive.ts';

const RECIPIENT =
  /^(?:to|cc|bcc|recipients?|recipient_\w+|email|emails|email_addresses?|to_\w+|channel|channel_id|channels|chat_id|user_id|phone|phone_number|phone_numbers|room|room_id|thread_ts|conversation_id|attendees|invitees|guests|topic|registration_token|target|destination|webhook_url|space|receiver|group_id|user_ids|number|mobile|to_number|payload|contact_id|invite\w*)$/;
const CONTENT =
  /^(?:text|message|messages|body|content|subject|html|title|attachments|payload|data|files|commit_message|comment|media|markdown|blocks|description|image|caption)$/;
const ADDRESS =
  /^(?:url|urls|uri|website|site_url|target_url|start_url|base_url|page_url|webhook|webhook_url|callback_url|hook_url|endpoint|notify_url|notification_url|destination_url|database_url|remote_url|server_url|host|hostname|redirect_url|link|address_url|push_url|website_url|remote|(?:image|file|media|attachment|source|video|audio|document|pdf|feed|rss)_urls?)$/;
const CONTACTS =
  /\b(?:fetch|scrap|crawl|navigat|goto|go to|open|visit|load|request|download|screenshot|browse|connect|ping|curl|webhook|http|clon|push|web ?page|website|read|extract|tab|page|url)/;

const field = (clues: Clues, pattern: RegExp, depth = 1): Field | undefined =>
  clues.fields.find((one) => one.depth <= depth && pattern.test(one.name));

const open = (why: string, clue: 'schema' | 'name' | 'description' = 'schema'): Answer<Egress> => ({
  value: 'open',
  clue,
  why,
});

function byAddress(clues: Clues, { effect }: Judged): Answer<Egress> | undefined {
  const settings = clues.fields.find(({ name, depth }) => depth === 0 && /^(?:body|config|settings)$/.test(name));
  if (effect === 'write' && settings && clues.text.includes('`webhook'))
    return open(`\`${settings.name}\` can hold the address of a webhook`);
  const address = field(clues, ADDRESS);
  if (!address || address.type === 'boolean') return undefined;
  const about = `${clues.words.join(' ')} ${clues.sentence}`;
  const hook =
    /webhook|callback|hook_url|notif|remote|database_url/.test(address.name) ||
    (clues.words.some((word) => /^(?:webhooks?|hooks?)$/.test(word)) && /url/.test(address.name));
  if (hook) return open(`\`${address.name}\` names where data goes`);
  if (/^(?:host|hostname|link|endpoint)$/.test(address.name)) return undefined;
  // The address of one of the service's own things is a name for it, not a place to contact.
  const own = [...clues.topic].some(
    (word) =>
      word.length > 3 &&
      !/^(?:page|site|http|scrape|fetch|browser|search|crawl|extract|read|image|tool|resource|docs|data|file|website|tabs)$/.test(
        word,
      ) &&
      new RegExp(
        `\\b${word.replace(/[^\p{L}\p{N}]/gu, '')}\\b.{0,40}\\burl|\\burl of (?:an? |the )?\\w*\\s?${word.replace(/[^\p{L}\p{N}]/gu, '')}`,
        'u',
      ).test(address.text),
  );
  const brings = /^(?:image|file|media|attachment|source|video|audio|document|pdf|feed|rss)_url/.test(address.name);
  return (CONTACTS.test(about) || brings) && !own
    ? open(`\`${address.name}\` is contacted, and the caller picks it`)
    : undefined;
}

function byRecipient(clues: Clues, { deeds, effect }: Judged): Answer<Egress> | undefined {
  if (effect !== 'write') return undefined;
  const sends =
    !clues.words.includes('draft') &&
    deeds.some(({ kind, verb }) => kind === 'sending' || /^(?:share|invite|forward|transfer)$/.test(verb));
  const talks = clues.words.some((word) => MESSAGE.has(word));
  const queue = clues.topic.has('queue') || clues.topic.has('sqs');
  const to = field(clues, RECIPIENT);
  const what = field(clues, CONTENT);
  if (sends && !queue && (to || what))
    return open(`${to ? `\`${to.name}\` picks who gets` : 'people get'} ${what ? `\`${what.name}\`` : 'it'}`);
  if (talks && to && what && deeds.some(({ verb }) => /^(?:create|add|schedule|push|new)$/.test(verb)))
    return open(`\`${to.name}\` picks who gets \`${what.name}\``);
  if (talks && to && deeds.some(({ kind }) => kind === 'sending')) return open(`\`${to.name}\` picks who gets it`);
  if (to && clues.words.some((word) => /^forward(?:er|ers|ing)$/.test(word)))
    return open(`\`${to.name}\` gets whatever arrives`);
  const guests = field(clues, /^(?:attendees|invitees|guests|emails|cc|bcc)$/);
  return guests && !clues.words.includes('draft') ? open(`\`${guests.name}\` picks who gets it`) : undefined;
}

/** A repository anywhere, also a stranger's, takes text of the caller. */
function byRepository(clues: Clues, { effect, deeds }: Judged): Answer<Egress> | undefined {
  if (effect !== 'write') return undefined;
  const owner = field(clues, /^(?:owner|repo_owner|repository_owner)$/, 0);
  const what = field(clues, /^(?:content|files|body|message|title|text|description|comments)$/, 0);
  if (
    clues.fields.length === 0 &&
    /^(?:push|create|update)$/.test(clues.words[0] ?? '') &&
    clues.words.includes(clues.words.includes('push') ? 'files' : 'file') &&
    /\b(?:git\w*|repository|commit)\b/.test(clues.text)
  )
    return open('the caller picks the repository that gets the files', 'name');
  const pushes =
    clues.words.some((word) => /^(?:push|file|files)$/.test(word)) &&
    field(clues, /^(?:content|files|actions)$/, 0) &&
    field(clues, /^(?:branch|branch_name|ref|commit_message)$/, 0);
  const settles =
    deeds.some(({ verb }) => /^(?:merge|delete|fork)$/.test(verb)) ||
    clues.words.some((word) => /^(?:repository|repo|branch)$/.test(word) && clues.words.length === 2);
  if (owner && what && !settles) return open(`\`${owner.name}\` picks the repository that gets \`${what.name}\``);
  return pushes ? open('the caller picks the repository that gets the files') : undefined;
}

/** What is typed into a page goes to whoever runs the page. */
function byPage(clues: Clues, { deeds, effect }: Judged): Answer<Egress> | undefined {
  if (
    effect !== 'write' ||
    !PAGE.test(`${clues.words.join(' ')} ${clues.sentence} ${clues.fields.map(({ name }) => name).join(' ')}`)
  )
    return undefined;
  const types = deeds.some(({ verb }) => /^(?:type|fill|press|drop|upload|keyboard|keypress|input)$/.test(verb));
  const what = field(
    clues,
    /^(?:text|value|values|fields|elements|key|keys|paths|file_paths|data|file|file_path|files)$/,
  );
  return types && what ? open(`\`${what.name}\` goes to the page that is open`) : undefined;
}

/** Whether an argument can carry data to a place that the caller picks. */
export function egressOf(clues: Clues, judged: Judged, power: Power | undefined): Answer<Egress | 'unknown'> {
  if (
    power &&
    (power.what === 'shell' || power.what === 'code' || power.what === 'payload') &&
    judged.effect === 'write'
  )
    return { value: 'open', clue: power.clue, why: `what is run can contact any place: ${power.why}` };
  if (power?.what === 'request') {
    const address = field(clues, /^(?:url|uri)$/, 0);
    if (address) return open(`\`${address.name}\` is contacted, and the caller picks it`);
  }
  const found =
    byAddress(clues, judged) ?? byRecipient(clues, judged) ?? byRepository(clues, judged) ?? byPage(clues, judged);
  if (found) return found;
  if (judged.effect === 'unknown') return { value: 'unknown', clue: 'default', why: 'what it does is not known' };
  return { value: 'none', clue: 'schema', why: 'no argument names a place for data to go' };
}
