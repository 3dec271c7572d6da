import type { Recognised } from '@assent/consent';

type Language = Recognised['language'];

/** Who a business is, as far as a person who asks for help needs it. */
export interface HelpingBusiness {
  displayName: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  verified: boolean;
}

const CHECKED: Record<Language, readonly [checked: string, unchecked: string]> = {
  de: ['vom Betreiber geprüft', 'vom Betreiber nicht geprüft'],
  en: ['verified by the operator', 'not verified by the operator'],
  es: ['verificada por el operador', 'no verificada por el operador'],
  fr: ['vérifiée par l’opérateur', 'non vérifiée par l’opérateur'],
  pt: ['verificada pelo operador', 'não verificada pelo operador'],
};

const TEXTS: Record<Language, (who: string) => string> = {
  de: (who) =>
    `Das ist ${who}. Mit STOPP enden alle Nachrichten von dort, mit START nehmen Sie das zurück. Einzelne Zwecke stoppen Sie in Ihrer App.`,
  en: (who) =>
    `This is ${who}. STOP ends all messages from them, START takes that back. Single purposes are stopped in your app.`,
  es: (who) =>
    `Esta es ${who}. Con STOP terminan todos sus mensajes, con START lo deshace. Un solo fin se detiene en su aplicación.`,
  fr: (who) =>
    `Ici ${who}. STOP met fin à tous ses messages, START annule cet arrêt. Une seule finalité s’arrête dans votre application.`,
  pt: (who) =>
    `Esta é ${who}. STOP encerra todas as mensagens dela, START desfaz isso. Uma só finalidade é encerrada na sua aplicação.`,
};

/** The answer to HELP, in the language of the keyword: who writes, and how to stop it and to take that back. */
export function helpText(language: Language, { displayName, country, verified }: HelpingBusiness): string {
  const [checked, unchecked] = CHECKED[language];
  return TEXTS[language](`${displayName} (${country}, ${verified ? checked : unchecked})`);
}
