/** Most characters (Unicode code points) of a message's text. */
export const MOST_CHARACTERS = 4_096;

/** Whether a text can be a message: 1 to 4,096 characters, and no broken pair of surrogates. */
export function isMessageText(text: string): boolean {
  if (text.length === 0 || text.length > 2 * MOST_CHARACTERS || !text.isWellFormed()) return false;
  if (text.length <= MOST_CHARACTERS) return true;
  let characters = 0;
  for (const _ of text) characters++;
  return characters <= MOST_CHARACTERS;
}
