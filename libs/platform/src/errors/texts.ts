/** Whether PostgreSQL keeps a text as it is: it can store no zero byte, and what is no well-formed Unicode it stores as another text. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The same, of a text without any control character, such as the end of a line. */
export function isOneLine(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}
