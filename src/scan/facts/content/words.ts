/** Data of what a result holds: which verbs and nouns tell of content, and which only of names. Singular. */

/** These work on what the caller gives, so that nothing else comes back. */
export const FROM_ARGUMENTS =
  /^(?:think|validate|calculate|compute|convert|format|parse|encode|decode|hash|translate|estimate|echo|wait|sleep|plan|reason|lint|rerank|rank|sort|generate|ask|chat|suggest|forecast|predict|geocode|add|multiply|rewrite)$/;

/** Of these the result tells of what was handed over. */
export const WORKS_ON =
  /^(?:check|scan|detect|analy[sz]e|lint|inspect|verify|audit|compare|validate|classify|extract|review)$/;
export const HANDED =
  /^(?:code|html|text|content|source_code|json|xml|css|markdown|snippet|diff|code_files|code_snippet|packages|dependencies)$/;

/** An argument that says which kind of thing is meant, when any will do. */
export const ANY_KIND =
  /^(?:resource_type|resource_types|kind|object_type|entity_type|resource_refs?|gvr|api_version)$/;

export const LISTED = /^(?:list|search|find|ls|glob|browse|enumerate|scan)$/;
/** After `get`, the plural is a list. */
export const SEVERAL =
  /^(?:tables|sheets|boards|calendars|folders|channels|notebooks|worksheets|databases|forms|playlists|mailboxes|drives)$/;
/** A list of these is a list of names. */
export const NAMES_ONLY =
  /^(?:file|object|key|image|folder|directory|page|function|board|table|form|sheet|media|calendar|mailbox|notebook|playlist|dataset|worksheet|spreadsheet|presentation|canvas|whiteboard|drive|blob)$/;
export const CONTAINER =
  /^(?:file|directory|folder|database|app|table|object|channel|group|page|board|project|workspace|sheet|worksheet)$/;
/** What a `query` of one of these returns is what is in it. */
export const QUERIED = /^(?:collection|database|dataset|index|table|datasource|source|queue)$/;

/** "Lists slides with their ids and names": nothing of what is on them. */
export const ONLY_NAMES =
  /\b(?:with (?:their|its)|including|returns?|returning|only|compact|just|structural)\b[^.]{0,40}\b(?:ids?|uids?|uuids?|names?|titles?|metadata)\b/;
export const MORE_THAN_NAMES =
  /\b(?:content|contents|body|messages?|e-?mails?|subject|snippets?|values|text|address|phone|details)\b/;

/** What is on a page of the web, fetched by its address. */
export const WEB =
  /^(?:content|html|text|markdown|image|picture|document|page|webpage|article|link|transcript|video|data|json|file|feed)$/;
/** What holds what was to be seen on a screen. */
export const RECORDED = /^(?:screenshot|screen|recording|snapshot|screencast|heapsnapshot|trace)$/;

/** What may hold code, where the text says so. */
export const PROGRAM = /^(?:source|function|trigger|worker|workflow|script|hook|action|procedure)$/;
export const ITS_CODE = /\b(?:source code|file contents?|code of|body of|its code|contents? of)\b/;

/** Whoever it is about, it is about somebody. */
export const PERSON = /^(?:athlete|patient|employee)$/;
/** What is told of these is told of how well a program does. */
export const MEASURED = /^(?:performance|seo|accessibility|lighthouse|pagespeed|benchmark)$/;
export const BOOKS =
  /\b(?:balance sheet|trial balance|general ledger|profit (?:and|&) loss|cash ?flow|receivables?|payables?)\b/;
export const CHAIN = /\b(?:gas|gasused|on-?chain|blockchain|erc-?\d+|bep-?\d+|nfts?|wei|evm|native token)\b/;
export const HELD = /^(?:document|doc|file|spreadsheet|sheet|presentation|slides?)_id$/;
export const OWN = /\b(?:your|my|user'?s?|private|customer'?s?|internal|authenticated)\b/;
