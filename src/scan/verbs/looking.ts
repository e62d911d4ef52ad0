/** Verbs of a call that leaves everything as it was. */
export const LOOKING =
  `look get list search find read fetch describe show view count retrieve lookup browse inspect peek return display
  detect query examine explore discover whoami ls cat grep glob stat head tail dir see obtain gather collect
  enumerate scan access review monitor watch observe identify locate recall recommend poll download pull scrape
  crawl extract screenshot diff blame ping exists has is can check verify geocode introspect autocomplete
  provide report tell info history usage preview lists gets searches reads mget hget hgetall lrange smembers
  zrange keys type ttl exist facet facets trace profile visualize visualise webfetch websearch research consult
  whois dig nslookup track`.split(/\s+/);

/** Verbs that work something out and give it back: no lasting change, though less surely so. */
export const COMPUTING =
  `rerank multiply divide subtract modulo round floor ceiling average median analyze analyse calculate compute convert validate compare summarize summarise explain estimate translate
  transform parse format generate render encode decode predict forecast classify score rank audit lint wait
  sleep think reason plan ask answer echo chat suggest sample simulate debug diagnose test investigate measure
  benchmark recognize transcribe ocr assess geolocate tokenize hash sum filter sort group correlate match infer
  solve prove export help understand brainstorm reflect sequentialthinking thinking critique rewrite proofread
  decide highlight quote capture`.split(/\s+/);
