/** Large enough to be killed in the middle of, and of two lengths. */
export const contents = ['old\n'.repeat(500_000), 'newer\n'.repeat(700_000)] as const;
