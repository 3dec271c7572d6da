/**
 * The words of a language by meaning, between blanks: `word`, `stem*`, `*end`, or a regular verb `mand/ar`, whose forms mean
 * SEND where they ask, TO_SEND in the infinitive, SEND_ING, and SEND_S and SEND_ED where they state what is and what was. LANGUAGE lists words that tell
 * which language a message is in, and no more.
 */
export type Words = Readonly<Record<string, string>>;
