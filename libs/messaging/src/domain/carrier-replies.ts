import type { Recognised } from '@assent/consent';

type Language = Recognised['language'];

/** What a carrier may send back, once, for what a person asked for; `of`: the business, or null for all of them. */
interface Replies {
  stopped: (of: string | null) => string;
  marketingStopped: (of: string | null) => string;
  lifted: (of: string | null) => string;
  /** Where no business is named; otherwise a business's own help is the answer. */
  help: string;
}

/** In the language of the words that were recognised; plain text, without anything that could be taken for advertising. */
export const CARRIER_REPLIES: Record<Language, Replies> = {
  en: {
    stopped: (of) => `You will get no more messages${of ? ` from ${of}` : ''}. START takes that back.`,
    marketingStopped: (of) =>
      `You will get no more offers and news${of ? ` from ${of}` : ''}. STOP ends all messages.`,
    lifted: (of) =>
      `Your stop of ${of ? `messages from ${of}` : 'all messages'} is taken back. STOP stops them again.`,
    help: 'Businesses write to you by this number. STOP ends all of their messages, START takes that back.',
  },
  de: {
    stopped: (of) => `Sie erhalten keine Nachrichten mehr${of ? ` von ${of}` : ''}. START nimmt das zurück.`,
    marketingStopped: (of) =>
      `Sie erhalten keine Angebote und Neuigkeiten mehr${of ? ` von ${of}` : ''}. STOPP beendet alle Nachrichten.`,
    lifted: (of) =>
      `${of ? `Nachrichten von ${of} sind` : 'Nachrichten sind'} nicht mehr abbestellt. STOPP bestellt sie wieder ab.`,
    help: 'Über diese Nummer schreiben Ihnen Unternehmen. STOPP beendet alle ihre Nachrichten, START nimmt das zurück.',
  },
  es: {
    stopped: (of) => `Ya no recibirá mensajes${of ? ` de ${of}` : ''}. START lo deshace.`,
    marketingStopped: (of) =>
      `Ya no recibirá ofertas ni novedades${of ? ` de ${of}` : ''}. STOP termina todos los mensajes.`,
    lifted: (of) => `Ha deshecho la baja de los mensajes${of ? ` de ${of}` : ''}. STOP los detiene de nuevo.`,
    help: 'Por este número le escriben empresas. STOP termina todos sus mensajes, START lo deshace.',
  },
  fr: {
    stopped: (of) =>
      `Vous ne recevrez plus de messages${of ? ` de la part de ${of}` : ''}. START annule cet arrêt.`,
    marketingStopped: (of) =>
      `Vous ne recevrez plus d’offres ni d’actualités${of ? ` de la part de ${of}` : ''}. STOP met fin à tous les messages.`,
    lifted: (of) =>
      `Votre arrêt des messages${of ? ` de la part de ${of}` : ''} est annulé. STOP les arrête de nouveau.`,
    help: 'Des entreprises vous écrivent par ce numéro. STOP met fin à tous leurs messages, START annule cet arrêt.',
  },
  pt: {
    stopped: (of) => `Você não receberá mais mensagens${of ? ` de ${of}` : ''}. START desfaz isso.`,
    marketingStopped: (of) =>
      `Você não receberá mais ofertas nem novidades${of ? ` de ${of}` : ''}. STOP encerra todas as mensagens.`,
    lifted: (of) =>
      `O cancelamento das mensagens${of ? ` de ${of}` : ''} foi desfeito. STOP as encerra de novo.`,
    help: 'Empresas escrevem a você por este número. STOP encerra todas as mensagens delas, START desfaz isso.',
  },
};
