const list = (...lines: string[]) => lines.join(' ').split(' ');

/** Verbs of what nobody gets back, by what makes it final. Data: one list for each reason. */
export const DESTROYING = list(
  'delete destroy drop purge wipe truncate erase discard empty flush flushdb flushall kill terminate uninstall',
  'obliterate shred del rm rmdir prune expunge clear nuke deprovision decommission teardown evict forget',
  'hdel srem zrem lrem signal undeploy deregister void clean cleanup squash batchdelete bulkdelete multidelete reimage',
  'reinstall dispose demolish retire nullify zeroize reap scrub cull clobber reclaim annihilate',
);

/** Taking away: final for a thing of its own, and not for a mark on a thing. */
export const REMOVING = list('remove dequeue pop strip');

export const SENDING = list(
  'send resend produce notify broadcast reply tweet retweet toot email mail sms text dm post publish announce invite',
  'remind message dial ring fax respond submit syndicate deliver multicast whatsapp crosspost repost reblog',
  'transmit relay blast telegraph',
);

export const SPENDING = list(
  'exercise pay charge refund transfer withdraw deposit purchase buy sell trade swap bid bet donate tip payout reimburse',
  'invoice order book reserve rent stake unstake bridge mint burn borrow lend repay liquidate redeem bill credit debit',
  'settle renew wire remit fund airdrop rebook transact preorder topup recharge disburse invest divest',
  'hedge wager gamble sponsor compensate unwrap wrap restake repurchase',
);

export const RELEASING = list(
  'deploy redeploy promote rollback rollout rollforward apply provision merge release upgrade downgrade migrate failover',
  'failback ship switchover cutover sign countersign undelegate delegate reprovision rebuild flash golive prescribe',
);

export const RUNNING = list(
  'execute exec run eval evaluate invoke trigger call rerun retry replay dispatch script shell bash sh powershell psql',
  'sql command terminal fire print aggregate repl interpret exploit bruteforce fuzz orchestrate actuate',
);

export const GRANTING = list(
  'trust grant revoke share reshare rotate authorize authorise deauthorize impersonate assume permit forbid ban unban kick',
  'issuing elevate sudo chmod chown regenerate entitle onboard offboard expel appoint deputize certify',
);

/** What was there before is gone, and no copy of it is kept. */
export const OVERWRITING = list('write recreate overwrite replace put reset reinitialize reseed');

/** What a page does on a click or a key is up to the page. */
export const TOUCHING = list(
  'act gesture interact click doubleclick dblclick rightclick leftclick tap doubletap longtap press type keypress keydown',
  'keyup keystroke hotkey drop longpress keyboard mouse',
);

/** The verb says that something is done and not what. */
export const MANAGING = list('manage handle process control operate perform use manipulate administer maintain crud');

/** Words that name a thing at least as often as they name a deed. They count as verbs only where nothing better does. */
export const NOUN_OR_VERB: ReadonlySet<string> = new Set(
  list(
    // of messages and papers
    'comment note issue message mail email post text call reply report review notice answer quote sample draft design',
    'document page record index map pin flag copy change patch press print fax telegraph outline survey poll',
    // of money and goods
    'order charge transfer invite share trade bid bet tip stake fund bill credit debit invoice refund deposit book reserve',
    'rate vote supply swap mint burn bridge wire rent lease exchange recharge claim ship',
    // of programs and machines
    'query run build test log release deploy request branch fork archive backup import export schedule command script shell',
    'bash sh sql psql terminal signal mouse keyboard drop stage queue commit stash checkout upload download load trigger',
    'fire setup cache hash filter sort group match rank score format head tail stat sum type keys count usage info history',
    'scan trace profile track watch mount lock block access exit enter process control action position monitor audit view',
    'snapshot bundle peer mirror pair host route alias boot seed dir register repl clean dump probe hotkey',
    // of places and things
    'place train power nest fold bump end feed water heat cool jump walk craft bless react request power bias favorite',
    'favourite star tag label link follow like play store screenshot preview alert sign display sms whatsapp dispatch',
    'forward back sleep wait reason push pull void cat go cut paint draw ring empty tap touch split replay use act extract',
    'cherry reverse scale trim drain diff blame research tune complete dial present toast help plan zoom crop exercise',
    'skip overlay watermark blur override transition increase decrease raise repair fix produce rollout cutover failover trust grade factor measure highlight capture facet floor round average median estimate correct secure gesture',
    'reader viewer attribute cull shred scrub flash page blast relay hedge sponsor wrap contract',
  ),
);
