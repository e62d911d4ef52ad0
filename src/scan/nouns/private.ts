const set = (...lines: string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** Things whose content is not for everyone. Singular. */
export const PRIVATE = set(
  // what people write to each other
  'message messages mail email inbox thread conversation chat dm call sms voicemail reply response comment mention',
  'correspondence post letter draft interaction engagement',
  // work that is tracked
  'issue ticket task subtask todo bug story epic case incident item card checklist workitem backlog worklist board worklog',
  'timesheet goal objective okr habit reminder standup journal agenda',
  // people, and what is held of them
  'customer contact client lead deal opportunity prospect person people collaborator employee candidate applicant patient student user',
  'member attendee participant guest visitor passenger beneficiary payee subscriber recipient buyer seller vendor donor',
  'affiliate identity profile account resume cv address phone family child friend colleague follower',
  'diagnosis lab medication allergy symptom prescription vital sleep workout weight heartrate glucose meal nutrition fitness routine measurement athlete effort',
  'visit encounter immunization interview scorecard leave absence roster diary mood lap hrv hydration calorie',
  'grade assignment enrollment whereabouts presence camera',
  // money
  'order transaction payment invoice receipt refund charge subscription payout balance credit dispute earning revenue',
  'position portfolio holding trade wallet statement expense payroll salary commission bill budget spending ledger loan',
  'debt cashflow profit loss sale tax income pnl cart purchase split shipment delivery license proposal agreement paycheck billing settlement payslip paystub freebusy',
  'transfer withdrawal deposit donation pledge bank claim invitation processlist',
  // papers and media
  'note document doc page file content contents body text blob attachment upload media image photo picture video audio recording',
  'transcript presentation slide sheet spreadsheet worksheet cell range table drive clipboard paragraph annotation',
  'highlight bookmark wiki article blog canvas whiteboard diagram drawing frame design minutes memo screenshot',
  'snapshot screencast screen element',
  // calendars and trips
  'notebook playlist meeting event calendar appointment booking reservation itinerary trip timeline',
  // answers to forms
  'review feedback submission survey questionnaire',
  // what programs leave behind
  'log trace span exception error crash stacktrace breadcrumb replay console request history activity feed',
  'notification alert finding vulnerability threat detection audit dump export download heap script cookie process output',
  // code
  'code commit diff patch pull pr mr merge snippet gist blame symbol changeset',
  // data
  'record row entity entry object value datum data dataset observation memory memories knowledge graph node',
  'fact passage chunk vector embedding block',
  // what opens doors
  'secret credential password token variable env key otp kubeconfig',
  // the rest
  'mailbox interaction adjustment training occurrence receivable payable',
);

/** Private although everything around it is public: "my orders" on a market, a draft of a post. */
export const PERSONAL = set(
  'portfolio position holding wallet inbox mailbox dm draft order cart payroll employee patient customer invoice bookmark',
  'notification watchlist subscription purchase athlete',
);

/** As the last word of the thing that is read, these make it a fact about the thing and not the thing. */
export const ABOUT = set(
  'source def ids rule status state count metadata number total stats statistic metric type kind schema structure tree size',
  'version url uri link endpoint region zone label tag branch category option setting config configuration preference policy',
  'permission role template plan price pricing quota limit cost usage capability feature model tool namespace bucket project',
  'organization organisation org team workspace repository repo channel guild server host service deployment release',
  'environment milestone sprint iteration dashboard monitor database index instance cluster container pod volume network',
  'domain extension migration advisor library package provider module definition documentation guide example help reference',
  'health ping latency uptime time timezone date currency country language locale rate weather direction distance elevation',
  'place route coordinate signature id identifier name slug column field property enum webhook hook trigger function queue',
  'job pipeline workflow run build stage runner action test suite coverage badge logo icon font color theme emoji menu device',
  'sensor app application addon product catalog catalogue sku inventory directory info overview distribution performance',
  'insight benchmark analytic analytics trend forecast score rank rating reaction availability capacity slot group space site',
  'connection integration cycle interest topic hashtag advisory standard compliance component style market ticker orderbook',
  'candle gas chain contract abi protocol area stop station flight hotel restaurant movie book song recipe',
  // more of the same, by field
  'collection album artist genre track podcast episode section list folder path droplet vm',
  'disk subnet vpc certificate firewall balancer registry manifest kind crd ingress datasource panel',
  'silence schedule scene layer asset material shape mesh scope audience segment campaign macro mapping operator',
  'alias analyzer shard replica partition offset lag throughput bandwidth temperature humidity outline heading toc',
  'percentile histogram aggregate breakdown comparison recommendation suggestion prediction estimate probability vote',
  'execution session revision setup prerequisite compatibility association backup operation location view parameter attribute connector pool binding',
  'gateway target unit rollout listing ruleset context dependency machine bot destination offering variant plugin runtime',
  'promotion registration store sink strategy bundle flow resolver utilization progress listener intent mode filter path',
  'level header footer window step workload entitlement evaluation assessment preview control check',
  'point report access formatting layout changelog roadmap announcement faq tutorial glossary taxonomy leaderboard ranking standings quiz poll exchange',
  'blockchain mempool fee tvl yield apr validator epoch genre airport airline',
);

/** What anybody can read on the open web, so that its content is nobody's secret; also as the subject of a whole server. */
export const PUBLIC = set(
  // the web
  'dns web internet brave duckduckgo tavily exa serp wikipedia wikidata sitemap rss news headline trending whois asn',
  // where people publish
  'youtube reddit hackernews stackoverflow stackexchange twitter tweet linkedin instagram tiktok mastodon bluesky subreddit',
  'farcaster producthunt',
  // science and law
  'arxiv pubmed scholar academic patent legislation statute gene protein drug clinical fda chembl pubchem uniprot',
  'semanticscholar crossref census worldbank fred government gov opendata edgar sec cve nvd',
  // software
  'npm pypi crate dockerhub huggingface maven',
  // places, weather, travel
  'weather map airport flight airline transit train timetable hotel airbnb yelp zillow osm nasa earthquake tide astronomy',
  // markets
  'stock ticker crypto forex etf coin coingecko blockchain ethereum solana bitcoin onchain nft defi dex polymarket',
  // pastimes
  'movie tv tmdb imdb anime manga recipe steam pokemon sport football nba nfl nhl mlb f1 joke trivia dictionary horoscope',
  'unsplash pexels giphy lyrics',
);

/** As `PUBLIC`, but only where it is what the tool itself is about. */
export const PUBLISHED = set(
  'docs documentation doc library package registry place restaurant price market exchange token contract paper trend filing',
  'law court book game league podcast help knowledgebase helpcenter faq tutorial example marketplace template public',
  'google bing',
);

/** Words that say nothing of the thing: what stands before them is what is meant. */
export const TRANSPARENT: ReadonlySet<string> = set(
  'numbered content contents detail details info information data list all summary by item items result results one many',
  'multiple batch single recent latest current my get full raw object objects resource resources v1 v2 v3 bulk paginated page',
  'value entire whole complete available specific particular related own active open last next first',
);
