/** What a text message says: who writes, since it comes from one number for all, and what; cut to `most` characters. */
export function smsWording(business: string, text: string, most: number): string {
  const all = Array.from(`${business}: ${text}`);
  return all.length <= most ? all.join('') : `${all.slice(0, most - 3).join('')}...`;
}
