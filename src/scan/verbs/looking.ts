const list = (...lines: string[]) => lines.join(' ').split(' ');

/** Verbs of a call that leaves everything as it was. */
export const LOOKING = list(
  // to bring
  'get fetch read retrieve return receive download pull gather collect obtain tell give provide',
  // to search
  'list lists search searches find lookup browse query discover locate hunt scout research websearch webfetch consult',
  'recall recommend autocomplete geocode facet facets enumerate tally count',
  // to look
  'look learn see view show display describe inspect peek examine explore observe identify detect introspect check verify',
  'is has can exists exist access review monitor watch track trace profile visualize visualise blame diff history',
  'report info usage preview reveal surface uncover reader viewer survey interrogate traverse',
  // of commands and protocols
  'ls cat grep glob stat head tail dir poll ping probe sniff whois dig nslookup traceroute scan scrape crawl extract',
  'screenshot whoami gets reads mget hget hgetall hmget hkeys hvals hlen hscan lrange llen lindex smembers sismember',
  'scard zrange zscore zcard xrange xlen getrange strlen keys type ttl pttl exist',
);

/** Verbs that work something out and give it back: no lasting change, though less surely so. */
export const COMPUTING = list(
  // with numbers
  'multiply divide subtract modulo round floor ceiling average median calculate compute sum measure interpolate',
  'differentiate factor simplify solve prove correlate backtest benchmark forecast predict estimate roll',
  // with texts and other content
  'translate summarize summarise paraphrase rewrite proofread critique rephrase reformat transform convert parse format',
  'render encode decode encrypt decrypt hash tokenize embed vectorize detokenize transcribe synthesize synthesise ocr',
  'recognize recognise highlight capture quote anonymize anonymise deidentify redact minify beautify prettify transpile',
  'decompile disassemble spellcheck typecheck localize',
  // with judgement
  'analyze analyse explain validate compare classify categorise score rescore rank rerank audit lint assess grade judge',
  'debug diagnose test investigate simulate sample infer match sort filter group deduce derive fingerprint geolocate',
  // with ideas
  'generate think reason plan ask answer echo chat suggest brainstorm reflect sequentialthinking thinking understand',
  'decide advise help deduplicate dedupe',
  // neither here nor there
  'export wait sleep troubleshoot outline',
);
