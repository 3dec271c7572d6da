import type { Purpose } from '../../domain/purpose.js';
import type { Language } from '../../domain/stop-phrases/recognised.js';

/** What the page of a link says in one language. */
export interface StopPageTexts {
  title: string;
  from: string;
  what: string;
  everyBusiness: string;
  /** A business that is no longer on the platform. */
  formerBusiness: string;
  everything: string;
  purposes: Record<Purpose, string>;
  button: string;
  beforehand: string;
  stoppedTitle: string;
  stopped: string;
  unknownTitle: string;
  unknown: string;
}

/** In the languages in which stops are recognised. */
export const STOP_PAGE_TEXTS: Record<Language, StopPageTexts> = {
  en: {
    title: 'Stop these messages?',
    from: 'From',
    what: 'What',
    everyBusiness: 'every business',
    formerBusiness: 'a business that is no longer here',
    everything: 'everything',
    purposes: {
      AUTHENTICATION: 'codes and confirmations',
      SERVICE: 'service messages',
      MARKETING: 'offers and news',
      MATCHING: 'being found by your number',
      ADS: 'ads',
      ANALYTICS: 'being counted in statistics',
    },
    button: 'Stop',
    beforehand:
      'Nothing is stopped until you press the button. Afterwards only you can lift it, in your app.',
    stoppedTitle: 'Stopped',
    stopped: 'Nothing of this reaches you any more. Only you can lift it, in your app.',
    unknownTitle: 'This link does not work',
    unknown: 'It is not complete, or older than 400 days. You can stop any messages in your app.',
  },
  de: {
    title: 'Diese Nachrichten abbestellen?',
    from: 'Von',
    what: 'Was',
    everyBusiness: 'allen Unternehmen',
    formerBusiness: 'einem Unternehmen, das nicht mehr hier ist',
    everything: 'alles',
    purposes: {
      AUTHENTICATION: 'Codes und Bestätigungen',
      SERVICE: 'Servicenachrichten',
      MARKETING: 'Angebote und Neuigkeiten',
      MATCHING: 'Auffindbarkeit über Ihre Nummer',
      ADS: 'Werbeanzeigen',
      ANALYTICS: 'Berücksichtigung in Statistiken',
    },
    button: 'Abbestellen',
    beforehand:
      'Erst mit dem Knopf wird etwas abbestellt. Danach können nur Sie selbst es in Ihrer App wieder aufheben.',
    stoppedTitle: 'Abbestellt',
    stopped: 'Nichts davon erreicht Sie mehr. Nur Sie selbst können das in Ihrer App wieder aufheben.',
    unknownTitle: 'Dieser Link funktioniert nicht',
    unknown:
      'Er ist unvollständig oder älter als 400 Tage. In Ihrer App können Sie alle Nachrichten abbestellen.',
  },
  es: {
    title: '¿Dejar de recibir estos mensajes?',
    from: 'De',
    what: 'Qué',
    everyBusiness: 'todas las empresas',
    formerBusiness: 'una empresa que ya no está aquí',
    everything: 'todo',
    purposes: {
      AUTHENTICATION: 'códigos y confirmaciones',
      SERVICE: 'mensajes de servicio',
      MARKETING: 'ofertas y novedades',
      MATCHING: 'que le encuentren por su número',
      ADS: 'anuncios',
      ANALYTICS: 'contar en estadísticas',
    },
    button: 'Dejar de recibir',
    beforehand:
      'No se cancela nada hasta que pulse el botón. Después solo usted puede revertirlo, en su aplicación.',
    stoppedTitle: 'Cancelado',
    stopped: 'Ya no le llegará nada de esto. Solo usted puede revertirlo, en su aplicación.',
    unknownTitle: 'Este enlace no funciona',
    unknown: 'Está incompleto o tiene más de 400 días. En su aplicación puede cancelar cualquier mensaje.',
  },
  pt: {
    title: 'Deixar de receber estas mensagens?',
    from: 'De',
    what: 'O quê',
    everyBusiness: 'todas as empresas',
    formerBusiness: 'uma empresa que já não está aqui',
    everything: 'tudo',
    purposes: {
      AUTHENTICATION: 'códigos e confirmações',
      SERVICE: 'mensagens de serviço',
      MARKETING: 'ofertas e novidades',
      MATCHING: 'ser encontrado pelo seu número',
      ADS: 'anúncios',
      ANALYTICS: 'contar em estatísticas',
    },
    button: 'Deixar de receber',
    beforehand:
      'Nada é cancelado até que você pressione o botão. Depois, só você pode reverter isso, no seu aplicativo.',
    stoppedTitle: 'Cancelado',
    stopped: 'Nada disso chegará mais a você. Só você pode reverter isso, no seu aplicativo.',
    unknownTitle: 'Este link não funciona',
    unknown:
      'Está incompleto ou tem mais de 400 dias. No seu aplicativo você pode cancelar qualquer mensagem.',
  },
  fr: {
    title: 'Ne plus recevoir ces messages ?',
    from: 'De',
    what: 'Quoi',
    everyBusiness: 'toutes les entreprises',
    formerBusiness: 'une entreprise qui n’est plus ici',
    everything: 'tout',
    purposes: {
      AUTHENTICATION: 'codes et confirmations',
      SERVICE: 'messages de service',
      MARKETING: 'offres et actualités',
      MATCHING: 'être trouvé par votre numéro',
      ADS: 'publicités',
      ANALYTICS: 'être compté dans des statistiques',
    },
    button: 'Ne plus recevoir',
    beforehand:
      'Rien n’est arrêté tant que vous n’appuyez pas sur le bouton. Ensuite, vous seul pouvez revenir dessus, dans votre application.',
    stoppedTitle: 'C’est arrêté',
    stopped: 'Plus rien de cela ne vous parviendra. Vous seul pouvez revenir dessus, dans votre application.',
    unknownTitle: 'Ce lien ne fonctionne pas',
    unknown:
      'Il est incomplet ou date de plus de 400 jours. Dans votre application, vous pouvez arrêter tout message.',
  },
};
