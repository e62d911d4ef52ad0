const list = (...lines: string[]) => lines.join(' ').split(' ');

/** Verbs of a lasting change that the same caller can take back, unless what they are applied to says otherwise. */
export const CHANGING = list(
  // to make
  'create add new make insert append prepend define declare establish begin start initiate init initialize initialise',
  'bootstrap scaffold setup prepare compose draft design draw paint build compile instantiate spawn launch',
  'allocate register enroll enrol enlist record save store persist remember memorize memorise log note jot',
  'populate seed backfill materialize ingest import index reindex upload attach append install load train finetune',
  // to make like another
  'copy clone duplicate fork replicate mirror backup snapshot archive unarchive zip unzip compress decompress bundle',
  // to change
  'set update edit alter modify change amend adjust tune tweak configure reconfigure customize customise personalize enrich',
  'enhance improve refactor fix autofix repair heal correct rename retitle relabel redefine reclassify categorize',
  'upsert patch revert restore recover reinstate undo redo refresh reload optimize optimise compact vacuum rebalance',
  'increase decrease reduce raise increment decrement scale resize extend shorten shift expand collapse split combine',
  'concat concatenate stitch normalize normalise sanitize enforce',
  // to place and order
  'move relocate reorder rearrange arrange nest ungroup place align distribute nudge zoom crop trim cut paste',
  'overlay watermark blur sharpen colorize flip animate extrude sculpt subdivide fold unfold',
  // to connect
  'link unlink connect disconnect associate disassociate dissociate bind unbind mount unmount map attach detach join',
  'leave enter exit pair unpair peer integrate sync synchronize synchronise whitelist blacklist allowlist blocklist',
  'denylist expose route',
  // to turn on and off
  'enable disable activate deactivate stop restart reboot pause resume unpause suspend unsuspend toggle switch turn',
  'open close lock unlock arm disarm seal unseal boot wake hibernate shutdown power mute unmute hide unhide block',
  'unblock freeze unfreeze quarantine isolate contain cordon uncordon drain taint untaint throttle brighten dim',
  // of work
  'assign unassign reassign claim unclaim triage escalate bump demote prioritize prioritise deprioritize transition',
  'resolve unresolve complete uncomplete finish end conclude finalize finalise reject deny decline accept approve unapprove',
  'dismiss acknowledge ack snooze schedule reschedule postpone defer delay cancel abort abandon ignore reconcile',
  'confirm propose request nominate subscribe unsubscribe reopen deprecate sunset invalidate expire exchange lease',
  // a mark on a thing
  'mark unmark flag unflag pin unpin star unstar favorite favourite unfavorite bookmark unbookmark like unlike follow',
  'unfollow vote upvote downvote react rate tag untag label annotate comment touch bless',
  // in a session, on a screen, in a game or a home
  'select choose navigate goto visit hover drag scroll fill focus emulate go back forward rewind reload play skip seek',
  'login logout signin signout authenticate maximize minimize speak say feed water brew heat cool jump walk equip',
  'craft teleport summon swipe fling pinch override',
  // of stores and queues
  'queue enqueue hset hmset sadd zadd lpush rpush incr decr incrby xadd setex setnx mset consume',
  // of repositories
  'push commit checkout stash stage unstage rebase cherry',
  // the rest
  'take reverse shelve unshelve unshare unpublish untrash trash stow protect mkdir ensure screencast inject unregister',
);

/** These turn into reading when the server says `readOnlyHint: true`; a `create` or `delete` never does. */
export const SOFT: ReadonlySet<string> = new Set(
  list(
    'open select resolve confirm run execute exec query log load start connect track map use switch watch go access',
    'perform process handle invoke call build compile index group sort review complete touch checkout prepare set',
    'aggregate mark record choose navigate visit init initialize control setup make sync refresh evaluate expand',
    'interpret normalize route snapshot correct authenticate',
  ),
);
