const { EVENTS: known } = (await import(new URL('../../action/event.mjs', import.meta.url).href)) as {
  EVENTS: readonly string[];
};

/** What the action runs on. */
export const EVENTS = known;
