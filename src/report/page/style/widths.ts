/** Of drawings, in rems; a style of its own on each drawing would need a policy that allows any. */
export const LEAST_WIDTHS = [0, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 80, 90] as const;
