const set = (...lines: string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** Things whose change is final or weighty whatever the verb is. Singular; the reason is said by the rule that uses them. */
export const MONEY = set(
  'payment refund charge payout transfer invoice subscription purchase checkout billing order transaction trade swap bid',
  'auction donation tip withdrawal deposit escrow renewal booking reservation dispute mandate loan stake staking bet wager',
  'cryptocurrency crypto fund money bill credit debit wire allowance funding addon payroll paycheck salary remittance',
  'reimbursement settlement chargeback pledge topup giftcard spending spender',
);

/** Of those, the ones that are set up before money moves, or a paper about it: undoing them costs nothing. */
export const BEFORE_MONEY = set(
  'draft plan product price coupon template method type setting option tax rate category note label tag address link form',
  'page report view field rule filter reminder comment preference profile contact customer event notification webhook',
  'topic item group folder attachment alert format currency term code memo status history list log sort listener channel',
  'endpoint data file job configuration config timesheet calendar',
);

export const PERMISSION = set(
  'share authorization authorisation permission role acl access policy member membership collaborator invite invitation privilege iam grant admin',
  'owner ownership scope consent firewall delegation impersonation guardrail whitelist allowlist blocklist denylist',
  'entitlement moderator administrator rolebinding rbac',
);

/** Around a `policy`, these tell that it is about who may do what. */
export const GUARDED = set(
  'iam access security role permission bucket rbac network firewall organization organisation org password auth authentication',
  'mfa vault user branch protection acl resource admission key trust session conditional identity group principal s3 sqs sns',
  'kms sentinel opa scp boundary sharing login data row column tenant service token secret ip aws gcp azure okta cloud',
);

export const SECRET = set(
  'secret credential password passphrase token apikey env keypair passkey mfa otp totp pat oauth keystore vault',
  'environmentvariable envvar privatekey mnemonic seedphrase',
);

/** Around a `variable`, these tell that programs get their secrets by it. */
export const ENVIRONMENT = set(
  'env environment ci cd project group secret pipeline deploy deployment action runtime config app repository repo org',
);

/** `key` alone is a name in a store; after one of these it opens a door. */
export const KEY_KINDS = set(
  'api access ssh secret signing private encryption master service deploy gpg auth publishable kms public',
);

/** Marks on a thing: set and taken off at will. */
export const LIGHT = set(
  'reaction emoji star bookmark favorite favourite like vote follow follower upvote watcher pin mute highlight',
);

/** What `remove` takes off a thing that itself stays. */
export const DETACHABLE = set(
  'label tag assignee link relation relationship dependency filter highlight reviewer watcher flag category topic',
  'association reference parent milestone attribute field track favourite from hashtag',
);

/** What people get to see when it is created. */
export const MESSAGE = set(
  'call message email mail sms notification tweet announcement broadcast reply dm whatsapp letter fax voicemail post reel',
  'newsletter push review toot envelope',
);

/** Where what is posted is for everybody to see. */
export const SOCIAL = set(
  'twitter x reddit facebook instagram linkedin tiktok mastodon bluesky threads hackernews youtube farcaster medium social',
  'subreddit forum discourse tweet blog',
);

/** What starts by itself once it exists. */
export const LAUNCH = set('deployment rollout execution run migration build job workflowrun pipelinerun');

/** Around a `job`, these tell of something else than a start. */
export const NO_LAUNCH = set('cron scheduled schedule template definition posting description listing type trigger');

/** What keeps strangers out of a house or a car. */
export const DOORS = set('door garage gate lock alarm vehicle car trunk safe');

/** Whoever gets in by it: what is done to one of these is done to somebody's access. */
export const IDENTITY = set('user account login identity principal member admin employee serviceaccount');

/** Work that a person lets go on for good by approving it. */
export const APPROVED = set(
  'payment invoice payout transaction withdrawal order bill purchase transfer token spending spender timesheet expense',
  'payroll deployment release run signature contract proposal allowance loan claim budget refund access membership user',
  'requisition quote production reimbursement package shipment device approval authorization authorisation',
);
