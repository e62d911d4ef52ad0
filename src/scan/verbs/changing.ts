/** Verbs of a lasting change that the same caller can take back, unless what they are applied to says otherwise. */
export const CHANGING =
  `abort initiate expand take request backup arm disarm seal unseal consume repair fix heal reverse create add update set edit modify change insert upsert append prepend rename move copy clone duplicate fork
  archive unarchive close reopen open assign unassign attach detach link unlink connect disconnect enable
  disable activate deactivate start stop restart reboot pause resume unpause suspend unsuspend cancel schedule
  reschedule snooze mark unmark flag unflag pin unpin star unstar favorite unfavorite bookmark unbookmark like
  unlike follow unfollow subscribe unsubscribe mute unmute hide unhide block unblock lock unlock tag untag
  label categorize associate disassociate bind unbind mount unmount register unregister configure customize
  adjust tune scale resize increase decrease increment decrement toggle switch turn select choose navigate goto
  visit hover drag scroll fill focus emulate go back forward reload refresh restore undo redo revert patch save
  store remember memorize record annotate comment note reorder arrange transition resolve unresolve complete
  uncomplete finish reject decline accept approve unapprove dismiss acknowledge ack claim import ingest index
  reindex sync synchronize upload push commit checkout stash stage unstage rebase cherry init initialize
  bootstrap scaffold setup prepare install load build compile login logout signin signout authenticate join
  leave enter exit vote upvote downvote react rate play skip seek queue enqueue hset sadd zadd lpush rpush incr
  decr expire persist draft compose make new define declare establish begin extend shorten shift split combine
  draw paint design crop trim cut paste zoom nudge align ungroup instantiate allocate launch spawn boot wake
  hibernate cordon uncordon drain taint untaint expose log populate seed enrich touch ensure whitelist unshare
  unpublish untrash stow mkdir rearrange confirm map unfreeze freeze quarantine compact vacuum optimize retitle
  relabel reassign triage escalate bump demote prioritize screencast`.split(/\s+/);

/** These turn into reading when the server says `readOnlyHint: true`; a `create` or `delete` never does. */
export const SOFT: ReadonlySet<string> = new Set(
  `open select resolve confirm run execute exec query log load start connect track map use switch watch go
  access perform process handle invoke call build compile index group sort review complete touch checkout
  prepare set aggregate mark record choose navigate visit init initialize control setup make sync refresh
  evaluate`.split(/\s+/),
);
