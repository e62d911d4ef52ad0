/** What the model is told when nobody says yes. */
export const NOT_APPROVED = 'no person has approved this call';
