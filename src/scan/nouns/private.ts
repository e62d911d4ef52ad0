/** Things whose content is not for everyone. Singular. */
export const PRIVATE: ReadonlySet<string> = new Set(
  `message mail email inbox thread conversation chat dm issue ticket task todo bug story epic case incident
  customer contact client lead deal opportunity person people employee candidate patient student user member
  profile account order transaction payment invoice refund charge subscription payout balance credit dispute
  earning revenue position portfolio holding trade wallet statement expense payroll salary commission comment
  reply review response feedback submission survey note document doc page file content body text blob attachment
  upload media image photo picture video audio recording transcript meeting event calendar appointment   booking reservation log trace span exception error crash stacktrace breadcrumb replay record row entity entry
  object item card checklist value datum data dataset output observation memory graph node fact secret credential
  password token variable env key cookie code commit diff patch pull pr mr merge snippet gist wiki article blog
  draft screenshot snapshot screencast console request history activity feed notification alert finding
  vulnerability audit sheet spreadsheet cell range table slide presentation drive backlog workitem
  board journal prescription address phone call sms voicemail clipboard dump export download heap script
  block collection drawing frame design summary affiliate split shipment delivery cart worklog timesheet attendee
  participant guest beneficiary payee subscriber recipient buyer seller vendor license interaction
  timeline worklist mailbox messages`.split(/\s+/),
);

/** As the last word of the thing that is read, these make it a fact about the thing and not the thing. */
export const ABOUT: ReadonlySet<string> = new Set(
  `source def ids rule status state count metadata number total stats statistic metric type kind schema structure
  tree size version url uri link endpoint region zone label tag branch category option setting config
  configuration preference policy permission role template plan price pricing quota limit cost usage capability
  feature model tool namespace bucket project organization organisation org team workspace repository repo
  channel guild server host service deployment release environment milestone sprint iteration dashboard monitor
  database index instance cluster container pod volume network domain extension migration advisor library package
  provider module definition doc documentation guide example help reference health ping latency uptime time
  timezone date currency country language locale rate weather direction distance elevation place route coordinate
  signature id identifier name slug column field property enum webhook hook trigger function queue job pipeline
  workflow run build stage runner action test suite coverage badge logo icon font color theme emoji menu device
  sensor app application addon product catalog catalogue sku inventory directory info overview distribution
  performance insight benchmark analytic trend forecast score rank rating reaction availability capacity slot
  group space site connection integration cycle interest topic hashtag advisory standard compliance component
  style market ticker orderbook candle gas chain contract abi protocol area stop station flight hotel restaurant
  movie book song recipe`.split(/\s+/),
);

/** What anybody can read on the open web, so that its content is nobody's secret. */
export const PUBLIC: ReadonlySet<string> = new Set(
  `dns web internet google bing brave duckduckgo tavily exa news wikipedia arxiv pubmed docs documentation doc
  library libraries npm pypi crate package registry weather map maps place places youtube reddit hackernews
  stackoverflow public trending trends paper papers scholar academic patent legislation stock market ticker
  crypto price exchange sitemap help knowledgebase faq tutorial example examples marketplace template`.split(/\s+/),
);

/** Words that say nothing of the thing: what stands before them is what is meant. */
export const TRANSPARENT: ReadonlySet<string> = new Set(
  `numbered content detail details info information data list contents all summary by item items result results
  one many multiple batch single recent latest current my get full raw object objects resource resources v1 v2 v3
  bulk paginated page`.split(/\s+/),
);
