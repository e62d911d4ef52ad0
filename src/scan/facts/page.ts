/** A page in a browser, and what is on it. */
export const PAGE =
  /\b(?:browser|web ?page|page|elements?|dom|tab|focused input|text ?area|keyboard|form fields?|input fields?|selector)\b/;
