/** The header that makes a browser save what it is given, never show it, under a name (RFC 6266). */
export function attachment(name: string | null): string {
  if (name === null) return 'attachment';
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
