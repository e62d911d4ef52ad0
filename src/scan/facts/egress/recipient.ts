import type { Egress } from '../../../model/vocabulary.ts';
import type { Clues } from '../../clues.ts';
import { MESSAGE } from '../../nouns/lasting.ts';
import type { Deed } from '../../signals/deed.ts';
import type { Judged } from '../judged.ts';
import type { Answer } from '../sensitive.ts';
import { CONTENT, fieldOf, open } from './fields.ts';

const RECIPIENT =
  /^(?:to|cc|bcc|recipients?|(?:\w+_)?(?:recipient|receiver|destination|to|target|contact|member|user|chat|room|group|channel|conversation|space|dm|peer)_(?:id|ids|email|emails|address|addresses|number|numbers|phone|user|users|jid|name|chat|channel|key)|emails?|email_addresses?|channels?|phones?|phone_numbers?|room|thread_ts|thread_id|attendees|invitees|guests|participants|topic|registration_token|device_tokens?|target|destination|webhook_url|space|receiver|number|mobile|payload|invite\w*|chat|jid|username|handle|peer|customer|callee|subreddit|mention|audience|address)$/;
const NO_MESSAGE =
  /^(?:draft|comment|note|reaction|feedback|rating|update|telemetry|metric|log|form|order|job|crypto|token|fund|money|transaction)$/;

const sending = ({ kind, verb, objects }: Deed) =>
  !objects.some((word) => NO_MESSAGE.test(word)) &&
  ((kind === 'sending' && !/^(?:submit|remind)$/.test(verb)) ||
    /^(?:share|reshare|invite|forward)$/.test(verb) ||
    (verb === 'transfer' &&
      objects.some((word) => /^(?:file|ownership|repository|repo|domain|document|project)$/.test(word))));

/** People, channels or devices that the caller picks, and something for them. */
export function byRecipient(clues: Clues, { deeds, effect }: Judged): Answer<Egress> | undefined {
  if (effect !== 'write') return undefined;
  const drafts = clues.words.includes('draft');
  const queue = clues.topic.has('queue') || clues.topic.has('sqs');
  const to = fieldOf(clues, RECIPIENT);
  const what = fieldOf(clues, CONTENT);
  if (!drafts && !queue && deeds.some(sending) && (to || what))
    return open(`${to ? `\`${to.name}\` picks who gets` : 'people get'} ${what ? `\`${what.name}\`` : 'it'}`);
  const talks = clues.words.some((word) => MESSAGE.has(word)) && !drafts;
  if (
    talks &&
    to &&
    what &&
    deeds.some(({ verb }) => /^(?:create|add|schedule|push|new|make|initiate|start)$/.test(verb))
  )
    return open(`\`${to.name}\` picks who gets \`${what.name}\``);
  if (to && clues.words.some((word) => /^forward(?:er|ers|ing)$/.test(word)))
    return open(`\`${to.name}\` gets whatever arrives`);
  const guests = fieldOf(clues, /^(?:attendees|invitees|guests|cc|bcc|attendee_emails|invitee_emails)$/);
  if (guests && !drafts) return open(`\`${guests.name}\` picks who gets it`);
  const granted = fieldOf(
    clues,
    /^(?:emails?|email_addresses?|user_emails?|invitee_email|collaborators?|username|user_email)$/,
  );
  const shares =
    deeds.some(({ verb }) => /^(?:add|invite|share|grant|create)$/.test(verb)) &&
    clues.words.some((word) =>
      /^(?:collaborators?|permissions?|invitations?|invites?|shares?|sharing|guests?)$/.test(word),
    );
  return granted && shares ? open(`\`${granted.name}\` picks who gets in`) : undefined;
}
