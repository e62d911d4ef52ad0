/** Units that an input of the cost model can have, with the bounds that hold for them. */
export const ROI_UNITS = {
  usd: { most: 1e10 },
  'usd/hour': { most: 100_000 },
  'usd/month': { most: 1e8 },
  hours: { most: 1e6 },
  'hours/month': { most: 744 },
  minutes: { most: 100_000 },
  seconds: { most: 86_400 },
  share: { most: 1 },
  'days/year': { most: 366 },
  'events/year': { most: 10_000 },
  'calls/day': { most: 1e6 },
  'prompts/day': { most: 1e6 },
  calls: { most: 1e7 },
  people: { most: 10_000 },
  tokens: { most: 1e8 },
  tools: { most: 10_000 },
  turns: { most: 1000 },
} as const;
export type RoiUnit = keyof typeof ROI_UNITS;

/** What an input is, for the schema, the docs and whoever is asked for it. */
export interface RoiInputDoc {
  unit: RoiUnit;
  about: string;
  /**
   * `year`: one value a simulated future, from a PERT distribution. `event`: one value for each loss event, from a lognormal
   * distribution with `likely` as its median, cut at `low` and `high`.
   */
  drawn: 'year' | 'event';
}

const year = (unit: RoiUnit, about: string) => ({ unit, about, drawn: 'year' }) as const;
const event = (about: string) => ({ unit: 'usd', about, drawn: 'event' }) as const;
const build = (what: string) => year('hours', `hours to build ${what}, once`);
const upkeep = (what: string) => year('hours/month', `hours a month to keep ${what} working`);
const bill = (what: string) => year('usd/month', `what ${what} costs to run, without people`);

/** Every input of the cost model, in the order in which they are listed to people. */
export const ROI_INPUTS = {
  engineerHourlyCost: year('usd/hour', 'an hour of whoever builds, keeps and mends the agent, with benefits'),
  approverHourlyCost: year('usd/hour', 'an hour of whoever approves calls, with benefits'),
  daysPerYear: year('days/year', 'days a year on which the agent works'),
  unstatedCalls: year('calls/day', 'calls a day of each tool whose `callsPerDay` nobody has stated'),
  openFactsBad: year('share', 'how likely a fact that nobody has stated turns out badly'),

  actionErrorRate: year('share', 'share of calls of high-stakes tools that do harm by an error of the agent'),
  hijackTries: year('events/year', 'times a year that a stranger plants text to steer this agent'),
  hijackSuccess: year('share', 'share of those that steer it, with no control in place'),
  runaways: year('events/year', 'times a year that the agent loops or runs on unnoticed'),
  leakRate: year('share', 'share of long-lived credentials that leak in a year'),
  actionLoss: event('loss from one high-stakes call gone wrong'),
  commandLoss: event('loss from one piece of arbitrary code, shell or query gone wrong'),
  breachConfidential: event('loss from one disclosure of confidential data'),
  breachRegulated: event('loss from one disclosure of regulated data'),
  runawayLoss: event('what one runaway spends on model tokens before somebody stops it'),
  leakLoss: event('response to one leaked long-lived credential'),
  runawayCalls: year('calls', 'calls of a tool that costs money which one runaway makes'),
  unstatedCallUsd: year('usd', 'what one call of a tool costs whose cost nothing bounds'),
  stagedShare: year('share', 'share of a loss that is left where nothing of production is in reach'),

  isolationStops: year('share', 'share of incidents that a hard sandbox stops: no high-stakes tool, no open exit'),
  sandboxShrinks: year('share', 'share of the loss from arbitrary code or a disclosure that a sandbox takes away'),
  limitsShrinks: year('share', 'share of the loss that rate limit and token budget take away'),
  spendShrinks: year('share', 'share of the loss from a runaway that spend cap and loop limit take away'),
  tokensStops: year('share', 'share of credential leaks that do no harm when tokens live at most an hour'),
  tokensShrinks: year('share', 'share of the loss that narrow scopes take away'),
  recordsShrinks: year('share', 'share of a loss that is saved because records show it sooner'),
  denyStops: year('share', 'share of incidents that allowlists of arguments and hosts stop'),
  stagingStops: year('share', 'share of incidents that never reach production behind a staging boundary'),

  reviewSeconds: year('seconds', 'time that a person gives one approval'),
  reviewers: year('people', 'people who share the approvals of a day'),
  catchRate: year('share', 'share of bad calls that a rested reviewer stops'),
  fatigueAt: year('prompts/day', 'approvals a day for one person at which half of that catch is gone'),
  wrongDenials: year('share', 'share of good calls that are denied or expire'),
  denialMinutes: year('minutes', 'work to get over one wrong denial'),
  waitMinutes: year('minutes', 'how long a call waits for its approval'),
  delayCost: year('usd/hour', 'what an hour of waiting costs the work behind it'),

  slipRate: year('share', 'share of calls that can be undone and have to be'),
  reworkMinutes: year('minutes', 'work to find and undo one of them'),
  recordsRework: year('share', 'share of that work which records save'),
  auditCycles: year('events/year', 'times a year that somebody asks what the agent did'),
  auditHours: year('hours', 'hours to answer it without records'),
  recordsAudit: year('share', 'share of those hours which records save'),
  signedAudit: year('share', 'share of the rest which signed records save, where high-stakes calls have to be proven'),
  rotations: year('events/year', 'times a year that a long-lived credential is rotated by hand'),
  rotationHours: year('hours', 'hours for one rotation of one credential'),
  handMinutes: year('minutes', 'time of a person for a call that the agent may no longer make'),
  handShare: year('share', 'share of staged writes that a person has to carry to production'),

  isolationBuild: build('a hard sandbox'),
  isolationUpkeep: upkeep('a hard sandbox'),
  isolationBill: bill('a hard sandbox'),
  sandboxBuild: build('a sandbox with the bounds of the manifest'),
  sandboxUpkeep: upkeep('the sandbox'),
  sandboxBill: bill('the sandbox'),
  limitsBuild: build('rate limit and token budget'),
  limitsUpkeep: upkeep('rate limit and token budget'),
  limitsBill: bill('rate limit and token budget'),
  spendBuild: build('spend cap and loop limit'),
  spendUpkeep: upkeep('spend cap and loop limit'),
  spendBill: bill('spend cap and loop limit'),
  tokensBuild: build('tokens with narrow scopes and a short life'),
  tokensUpkeep: upkeep('the tokens'),
  tokensBill: bill('the token service'),
  recordsBuild: build('records of every call'),
  recordsUpkeep: upkeep('the records'),
  recordsBill: bill('keeping the records'),
  gatesBuild: build('approvals: channel, approvers, expiry'),
  gatesUpkeep: upkeep('the approvals'),
  gatesBill: bill('the approval channel'),
  denyBuild: build('allowlists of arguments, paths and hosts'),
  denyUpkeep: upkeep('the allowlists'),
  denyBill: bill('the allowlists'),
  signedBuild: build('signed and chained records'),
  signedUpkeep: upkeep('keys and checks of signed records'),
  signedBill: bill('signed records'),
  stagingBuild: build('a staging boundary with data of its own'),
  stagingUpkeep: upkeep('the staging boundary'),
  stagingBill: bill('the staging boundary'),

  turnsPerCall: year('turns', 'model turns for each tool call'),
  contextTokens: year('tokens', 'input tokens of one turn, without tool definitions'),
  outputTokens: year('tokens', 'output tokens of one turn'),
  toolTokens: year('tokens', 'input tokens of one tool definition'),
  idleTools: year('tools', 'tools that one server shows the agent and that it never calls'),
  contextCut: year('share', 'share of the context that trimming and fresh sessions save'),
  smallerShare: year('share', 'share of the turns that the smaller model of the family can take'),
} as const satisfies Record<string, RoiInputDoc>;

export type RoiInput = keyof typeof ROI_INPUTS;
export const ROI_INPUT_NAMES = Object.keys(ROI_INPUTS) as RoiInput[];
