/** How long after a person last wrote a business may answer in its own words; as the WhatsApp Business Platform has it. */
export const SERVICE_WINDOW_MS = 24 * 3_600_000;

/** Whether a business may answer at a time: the person wrote in the 24 hours before. */
export function isOpenAt(lastInboundAt: Date | null, at: Date): boolean {
  return lastInboundAt !== null && at < closesAt(lastInboundAt);
}

/** When the window closes that opened, or opened anew, when the person wrote. */
export function closesAt(lastInboundAt: Date): Date {
  return new Date(lastInboundAt.getTime() + SERVICE_WINDOW_MS);
}
