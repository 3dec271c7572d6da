/** Who else sends messages: what comes from them, no business here can stop. */
export const OTHER_SENDERS = `amazon netflix facebook linkedin instagram twitter tiktok google youtube spotify paypal ebay zalando aliexpress
  temu shein uber airbnb booking telekom vodafone movistar orange claro gmail outlook apple microsoft disney mercadolibre mercadolivre
  shopee ikea walmart lidl aldi`;

/** Whom, and not the writer, a business is asked not to write to. */
export const REPRESENTATIVES: Readonly<Record<'de' | 'en' | 'es' | 'fr' | 'pt', string>> = {
  de: 'chef chefin arbeitgeber vermieter vermieterin anwalt hausarzt makler steuerberater kollegen büro schule',
  en: 'employer boss landlord landlady lawyer accountant realtor agent manager supervisor office school coworkers',
  es: 'jefe jefa empleador casero casera contador gerente oficina escuela colegio colegas',
  fr: 'patron patronne employeur propriétaire comptable gérant bureau école collègues chef',
  pt: 'chefe empregador proprietário proprietária contador gerente escritório escola colegas',
};
