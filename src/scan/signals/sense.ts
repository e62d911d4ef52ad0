import type { Deed } from './deed.ts';

/** A verb that means something else with certain objects. */
const SENSES: readonly { verbs: RegExp; objects: RegExp; kind: Deed['kind'] }[] = [
  {
    verbs: /^(?:run|execute|exec|trigger|invoke|start)$/,
    objects:
      /^(?:report|scan|analysis|search|audit|check|plan|preview|diagnostic|lint|linter|lookup|comparison|inspection|forecast|estimate|find|healthcheck|validation|simulation|backtest|benchmark|screener|screen|calculation|whois|traceroute|ping)$/,
    kind: 'computing',
  },
  {
    verbs: /^(?:evaluate|interpret|invoke|run|aggregate)$/,
    objects:
      /^(?:math|expression|equation|formula|output|response|answer|prompt|quality|metric|risk|performance|option|idea|argument|chart|dream|statistic|feedback|inference|sentiment)$/,
    kind: 'computing',
  },
  { verbs: /^(?:select|aggregate)$/, objects: /^(?:query|statement|data|row|record)$/, kind: 'looking' },
  { verbs: /^snapshot$/, objects: /^(?:page|browser|screen|dom|ui|accessibility|tab|element|tree)$/, kind: 'looking' },
  { verbs: /^(?:define|pronounce|spell)$/, objects: /^(?:word|term|acronym|concept)$/, kind: 'looking' },
  {
    verbs: /^(?:load|open|consume)$/,
    objects: /^(?:guide|guideline|documentation|doc|instruction|skill|example)$/,
    kind: 'looking',
  },
  {
    verbs: /^(?:print)$/,
    objects: /^(?:env|environment|tree|version|help|value|variable|information|detail)$/,
    kind: 'looking',
  },
  {
    verbs: /^request$/,
    objects: /^(?:information|info|data|report|list|detail|status|page|url|metadata|statistic)$/,
    kind: 'looking',
  },
  { verbs: /^request$/, objects: /^(?:ride|payment|refund|loan|payout|withdrawal|taxi|quote)$/, kind: 'spending' },
  {
    verbs: /^convert$/,
    objects:
      /^(?:issue|task|subtask|ticket|lead|deal|record|contact|project|account|opportunity|request|page|meeting|channel|branch|conversation|estimate|draft|todraft|user|customer|member)$/,
    kind: 'changing',
  },
  {
    verbs: /^report$/,
    objects: /^(?:issue|bug|user|spam|abuse|problem|incident|post|comment|email|phishing|listing|scam)$/,
    kind: 'sending',
  },
  { verbs: /^quote$/, objects: /^(?:tweet|post|cast|status)$/, kind: 'sending' },
  {
    verbs: /^answer$/,
    objects: /^(?:call|callback|comment|message|review|ticket|email|inquiry|query)$/,
    kind: 'sending',
  },
  { verbs: /^test$/, objects: /^(?:notification|webhook|email|alert|sms)$/, kind: 'sending' },
  { verbs: /^provide$/, objects: /^(?:feedback|access|permission|approval)$/, kind: 'sending' },
  {
    verbs: /^(?:capture|collect)$/,
    objects: /^(?:payment|order|charge|authorization|fund|fee|money|rent|tip|intent|deposit)$/,
    kind: 'spending',
  },
  {
    verbs: /^(?:rewrite|reformat|redact|anonymi[sz]e|localize|transform|classify|deduplicate|dedupe|encrypt)$/,
    objects: /^(?:file|document|page|record|row|column|contact|table|database|disk|folder|ticket|cell)$/,
    kind: 'changing',
  },
  {
    verbs: /^resolve$/,
    objects:
      /^(?:name|id|handle|domain|hostname|dns|library|address|url|username|alias|reference|link|identifier|redirect|did|symbol|ticker|instrument|[a-z]{2,}[^aeiou]id)$/,
    kind: 'looking',
  },
  { verbs: /^consume$/, objects: /^(?:message|record|event|topic|queue)$/, kind: 'looking' },
  { verbs: /^alter$/, objects: /^(?:table|schema|column|database|index|view)$/, kind: 'overwriting' },
  { verbs: /^push$/, objects: /^(?:button|key)$/, kind: 'touching' },
  {
    verbs: /^withdraw$/,
    objects: /^(?:offer|application|request|listing|consent|proposal|submission|item|bug|nomination|candidate)$/,
    kind: 'changing',
  },
  { verbs: /^(?:set|update|switch)$/, objects: /^(?:live|published)$/, kind: 'releasing' },
  { verbs: /^recall$/, objects: /^(?:message|email|mail)$/, kind: 'destroying' },
  { verbs: /^format$/, objects: /^(?:disk|drive|volume|partition|device|storage)$/, kind: 'destroying' },
  {
    verbs: /^(?:format|sort|group|filter)$/,
    objects: /^(?:cell|range|row|column|sheet|paragraph|slide|shape|table|worksheet)$/,
    kind: 'changing',
  },
  { verbs: /^(?:verify|check)$/, objects: /^(?:otp|box)$/, kind: 'changing' },
  { verbs: /^add$/, objects: /^(?:number|integer|float)$/, kind: 'computing' },
  {
    verbs: /^pull$/,
    objects: /^(?:image|model|container|change|repository|branch|request_branch|commit|update)$/,
    kind: 'changing',
  },
  {
    verbs: /^forward$/,
    objects: /^(?:message|email|mail|sms|conversation|thread|call|file|document|attachment|photo)$/,
    kind: 'sending',
  },
  { verbs: /^(?:make|place|start|create|initiate)$/, objects: /^(?:call|phone)$/, kind: 'sending' },
  { verbs: /^(?:take|capture)$/, objects: /^(?:screenshot|snapshot|screen|photo|picture)$/, kind: 'looking' },
];

/** The deed with the kind that its object gives it. */
export function inSense(deed: Deed): Deed {
  const [first = '', second = ''] = deed.objects;
  const sense = SENSES.find(
    ({ verbs, objects }) =>
      verbs.test(deed.verb) && (objects.test(first) || (objects.test(second) && /^(?:result|job|log)$/.test(first))),
  );
  return sense ? { ...deed, kind: sense.kind } : deed;
}
