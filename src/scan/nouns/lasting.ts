/** Things whose change is final or weighty whatever the verb is. Singular; the reason is said by the rule that uses them. */
export const MONEY: ReadonlySet<string> = new Set(
  `payment refund charge payout transfer invoice subscription purchase checkout billing order transaction trade swap
  bid auction donation tip withdrawal deposit escrow renewal booking reservation dispute mandate loan stake staking
  cryptocurrency crypto fund money bill credit debit wire allowance funding addon addons`.split(/\s+/),
);

/** Of those, the ones that are set up before money moves: undoing them costs nothing. */
export const BEFORE_MONEY: ReadonlySet<string> = new Set(
  'draft plan product price coupon template method type setting option tax rate category note label tag address'.split(
    ' ',
  ),
);

export const PERMISSION: ReadonlySet<string> = new Set(
  `share shared permission role acl access policy member membership collaborator invite invitation privilege iam grant admin owner
  ownership scope consent firewall delegation impersonation guardrail whitelist allowlist`.split(/\s+/),
);

export const SECRET: ReadonlySet<string> = new Set(
  `secret credential password passphrase token apikey variable env keypair passkey mfa otp totp pat
  oauth keystore vault environmentvariable envvar`.split(/\s+/),
);

/** `key` alone is a name in a store; after one of these it opens a door. */
export const KEY_KINDS: ReadonlySet<string> = new Set(
  'api access ssh secret signing private encryption master service deploy gpg auth publishable kms'.split(' '),
);

/** Marks on a thing: set and taken off at will. */
export const LIGHT: ReadonlySet<string> = new Set(
  'reaction emoji star bookmark favorite favourite like vote follow follower upvote watcher pin mute'.split(' '),
);

/** What `remove` takes off a thing that itself stays. */
export const DETACHABLE: ReadonlySet<string> = new Set(
  `label tag assignee link relation relationship dependency filter highlight reviewer watcher flag category topic
  association reference parent milestone attribute field track favourite from`.split(/\s+/),
);

/** What people get to see when it is created. */
export const MESSAGE: ReadonlySet<string> = new Set(
  'call message email mail sms notification tweet announcement broadcast reply dm whatsapp letter fax voicemail alert post story reel newsletter push review'.split(
    ' ',
  ),
);

/** What starts by itself once it exists. */
export const LAUNCH: ReadonlySet<string> = new Set('deployment rollout execution run migration build job'.split(' '));

export const CODE: ReadonlySet<string> = new Set('worker function lambda workflow script code'.split(' '));
