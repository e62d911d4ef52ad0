/** Why a call has no token, and so is not sent. Holds nothing of any token, nor what an endpoint wrote besides its error's name. */
export class TokenFault extends Error {}
