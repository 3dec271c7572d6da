import { FR_REQUESTS } from './fr-requests.js';
import { FR_SHIELDS } from './fr-shields.js';
import { FR_STOPS } from './fr-stops.js';
import type { LanguageRules } from './language-rules.js';

/** French. */
export const FR: LanguageRules = {
  phrases: {
    NO_MORE: ['ne|n NEG ~1 [plus|jamais]', '[aucun|aucune|aucuns] ~2 MSG|AD|SPAM', 'ne [plus]'],
    CEASE: ['mettre|mettez|mets|met ~2 [fin|terme|stop]'],
    RECEIVE: [
      'être|soyez|sois ~1 [contacté|contactée|sollicité|sollicitée|démarché|démarchée|dérangé|dérangée|appelé|appelée|importuné|importunée|relancé|relancée|contacter|contactés|inscrit|abonné]',
    ],
    UNSUB: [
      'CANCEL|TO_CANCEL ~1 mon|l|mes [inscription]',
      'CANCEL|TO_CANCEL ~1 mon|l abonnement ~1 aux|à ~1 [MSG]',
      'procéder|procédez ~2 [désinscription|désabonnement]',
      'lien|formulaire|demande|bouton ~2 [désabonnement|désinscription]',
    ],
    WRONG: [
      'mauvais|faux [numéro|num|destinataire|interlocuteur|tel]',
      '[mauvaise] personne',
      'bonne [personne]',
      'trompez|trompe|trompes|tromper|trompé ~2 de ~1 [numéro|personne|destinataire|num]',
      'erreur|erreurs ~1 de|sur ~2 [numéro|personne|destinataire|num]',
      'pas ~1 le|la ~1 bon|bonne [numéro|personne|num]',
      'vous|tu ~1 [faites|fais] erreur',
    ],
  },
  never: {
    'by-mistake': [
      'CEASE|UNSUB|stop ~2 par erreur|accident|mégarde',
      'CEASE|UNSUB|stop ~2 sans ~2 exprès|vouloir',
    ],
    'what-if': [
      'passe ~4 si ~5 CEASE|UNSUB|stop',
      'si j|je ~4 UNSUB|CEASE|stop ~5 perds|ASKED',
      'dois|faut ~2 UNSUB ~3 avant|si|quand|pour',
      'comment signaler|dénoncer ~3 SPAM|SPAM_WORD|arnaque',
      'ça|que|qu ~2 veut|signifie ~3 opt|stop|UNSUB',
    ],
    'of-others': [
      '^ ~2 mon|ma|le|la|mes|un|une WHO ~2 harcèle|dérange|appelle|arrête|laisse|lâche|saoule|écrit|énerve|crie|fatigue',
      'il|elle m a|avait ~1 dit|écrit|crié|demandé ~6 CEASE|tranquille|paix',
      'il|elle|ils ~1 ME ~1 harcèle|harcèlent',
      'vous pouvez ~1 ME CONTACT|TO_CONTACT|écrire',
      'ras le bol ~1 de ce|cette|la temps|pluie',
      'mes enfants|voisins|mon chien ME rendent|rend',
      '^ dites|dis lui|leur de',
    ],
  },
  certain: {
    ...FR_REQUESTS,
    'complain-spam': ['^ signalé|signalés|marqué comme spam|SPAM_WORD'],
    'withdraw-consent': ['NEG|pas ~1 mon|notre CONSENT'],
    'cease-this': [
      'comment ~5 CEASE ~1 ça|cela|ceci|MSG',
      'que ~1 ça|cela ~1 s? CEASE',
      'vous ai|avais|avons ~2 dit|demandé|répété ~3 CEASE',
      'fois ~5 dis|dit|dire|répète|redis ~2 CEASE|stop|non',
      'si ~1 vous|tu ~2 n? CEASE pas',
    ],
    'cease-contacting': ['vous|tu n|ne? [CEASE] pas|jamais ~2 de|d ~2 CONTACT|SEND|TO_CONTACT|TO_SEND'],
    'refuse-contact': [
      'que|voudrais|veux|souhaite|demande|aimerais|souhaiterais|prie|préfère|exige ~2 vous|tu ne|n ~3 CONTACT|SEND ~3 NEG|MORE',
      'pourquoi ~2 vous|tu continuez|continue|insistez',
      'décédé|décédée|mort|morte , ~9 NEG|NO_MORE ~3 MSG|AD|CONTACT|SEND|TO_SEND|TO_CONTACT',
    ],
    'cancel-messages': [
      'CANCEL|TO_CANCEL ~4 newsletter|AD|infolettre',
      'CANCEL|TO_CANCEL ~3 abonnement ~3 MSG|LIST|AD',
      'CANCEL|TO_CANCEL ~2 les|vos|ces|tous ~1 MSG',
    ],
    'said-stop': [
      'non c est non',
      'ai ~1 dit|demandé|répété ~2 de ne|plus',
      'ai ~2 dit ~2 non|stop',
      'dit de ne plus ~3 CONTACT|TO_CONTACT|SEND|TO_SEND',
      'j|jai|déjà ~4 dit|répondu|demandé|écrit|envoyé|tapé|dis|redis|redemandé|mis|marqué ~4 [CEASE|UNSUB|non|stop]',
      'j|je ~2 [stop] ~1 SAY',
      'quelle partie ~3 [CEASE|non]',
    ],
    'cannot-unsubscribe': [
      '[UNSUB] ~4 NEG marche|fonctionne',
      'désabonné|désinscrit|désabonnée|désinscrite ~6 toujours|encore|mais|continue|reçois',
    ],
    'never-agreed': [
      'NEG ~1 demandé|autorisé|sollicité ~1 THESE|MSG|ça|à',
      'autorise NEG $',
      'rien|jamais ~1 demandé|sollicité',
      'jamais|pas|NEG ~1 donné ~3 CONSENT|NUMBER',
      'jamais ~2 inscrit|inscrite|abonné|abonnée|autorisé|accepté',
    ],
    'wrong-number': ['n ~1 a|est plus ~1 ce|le|son NUMBER'],
    'enough-of-it': ['peux|supporte plus ~1 de? ~1 MSG|AD|SPAM', 'en peux plus de ~2 MSG|AD|SPAM'],
  },
  shields: FR_SHIELDS,
  stops: FR_STOPS,
};
