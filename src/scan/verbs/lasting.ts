/** Verbs of what nobody gets back, by what makes it final. Data: one list for each reason. */
export const DESTROYING =
  `delete destroy drop purge wipe truncate erase trash discard empty flush flushdb flushall kill terminate
  uninstall obliterate shred del rm rmdir prune expunge clear nuke deprovision decommission teardown evict
  forget hdel srem zrem lrem signal undeploy deregister void clean cleanup squash batchdelete`.split(/\s+/);

/** Taking away: final for a thing of its own, and not for a mark on a thing. */
export const REMOVING = ['remove', 'dequeue', 'pop', 'strip'];

export const SENDING =
  `send produce notify broadcast reply tweet retweet toot email mail sms text dm post publish announce invite remind
  message dial ring fax respond submit syndicate deliver multicast whatsapp`.split(/\s+/);

export const SPENDING =
  `exercise pay charge refund transfer withdraw deposit purchase buy sell trade swap bid bet donate tip payout reimburse
  invoice order book reserve rent stake unstake bridge mint burn borrow lend repay liquidate redeem bill credit
  debit settle renew wire remit fund airdrop rebook transact`.split(/\s+/);

export const RELEASING =
  `deploy redeploy promote rollback rollout apply provision merge release upgrade downgrade migrate failover
  ship switchover cutover sign undelegate delegate reprovision rebuild`.split(/\s+/);

export const RUNNING =
  `execute exec run eval evaluate invoke trigger call rerun retry replay dispatch script shell bash sh
  powershell psql sql command terminal fire print aggregate repl interpret`.split(/\s+/);

export const GRANTING =
  `trust grant revoke share rotate authorize authorise deauthorize impersonate permit forbid ban unban kick elevate
  sudo chmod chown regenerate entitle onboard offboard expel`.split(/\s+/);

/** What was there before is gone, and no copy of it is kept. */
export const OVERWRITING = 'write recreate alter overwrite replace put reset override'.split(' ');

/** What a page does on a click or a key is up to the page. */
export const TOUCHING =
  'act gesture interact click doubleclick dblclick tap press type keypress swipe drop longpress keyboard mouse'.split(
    ' ',
  );

/** The verb says that something is done and not what. */
export const MANAGING = 'manage handle process control operate perform use manipulate administer maintain crud'.split(
  ' ',
);

/** Words that name a thing at least as often as they name a deed. They count as verbs only where nothing better does. */
export const NOUN_OR_VERB: ReadonlySet<string> = new Set(
  `query run build test log comment note issue message mail email post release deploy request order charge
  transfer invite report tag label branch fork star archive backup import export schedule text call link review
  follow like share trade bid bet tip stake fund bill credit debit invoice refund deposit book reserve page
  copy change record document index map pin flag block lock mount watch track trace profile screenshot preview
  scan history usage info type count keys head tail stat sum hash filter sort group match rank score format
  help plan command script shell bash sh sql psql terminal signal mouse keyboard drop stage queue commit stash
  patch draft design checkout upload download play store setup load trigger fire print sample answer quote
  alert sign access exit enter process control action position monitor audit view display sms whatsapp dispatch
  forward back rate vote supply swap mint burn bridge wire reply sleep wait reason push pull void cat go
  cut paint draw rent ring empty tap touch split replay use act boot seed extract cherry reverse route scale trim drain
  diff blame research tune dir register complete dial present toast repl clean`.split(/\s+/),
);
