/** Everyday words one slip away from a listed one: they are never corrected. */
export const LOOK_ALIKES = `massage massages contract contracts testing waiting spending lending content contents receipt receipts recipe
  recipes recover remote removals renovate heading spacing spanning standing update updated seeing feeling buying stopped tracing
  schicht zusammen anstelle unterlagen abrufen abgerufen abzurufen umgebend natifs tirage limpeza passado contrato contratos contrat
  contrats contacte importante importantes presente present compliant molestia molestias incorporate`;

/** Meanings that no mistyped word is given: they matter too little. */
export const NEVER_CORRECTED_TO =
  'ME MY I THEY OTHERS THING SERVICE TIME LAUGH RECEIVED PLEASE NOW TOTAL FILL GERUND SWEAR LAW SENDER REPRESENTATIVE';
