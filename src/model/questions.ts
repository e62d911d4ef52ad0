/** The three questions of the tree, in the order they are asked. */
export const QUESTIONS = ['writes', 'reversible', 'autonomous'] as const;
export type Question = (typeof QUESTIONS)[number];

export const QUESTION_DOCS: Record<Question, { text: string; stopsAt: string }> = {
  writes: {
    text: 'does it write, or read anything that is not public?',
    stopsAt: 'no → light',
  },
  reversible: {
    text: 'is every action reversible and low-impact, on unregulated data, with no disclosure path?',
    stopsAt: 'yes → medium',
  },
  autonomous: {
    text: "does any high-stakes action land without a person's approval?",
    stopsAt: 'no → medium-plus, yes → full',
  },
};
