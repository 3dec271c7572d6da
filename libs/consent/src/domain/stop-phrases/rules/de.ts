import { DE_REQUESTS } from './de-requests.js';
import { DE_SHIELDS } from './de-shields.js';
import { DE_STOPS } from './de-stops.js';
import type { LanguageRules } from './language-rules.js';

/** German. */
export const DE: LanguageRules = {
  phrases: {
    NO_MORE: [
      'nicht|nichts|nix|nie|niemals|kein|keine|keinen|keinerlei|net|nich|ned ~1 [mehr|wieder|weiteren|weitere|länger|nochmal|merh|mer]',
      '[nimmer]',
    ],
    CEASE: ['HOER|TO_HOER ~5 [auf]', 'auf ~1 zu [hören]', 'lass|lasst|lassen ~1 [bleiben]'],
    LIST: ['von|aus ~2 [verteiler|liste|kartei|datei|system|datenbank]'],
    REMOVE: [
      'LIST|raus|heraus|runter [nehmen|streichen|werfen|schmeissen]',
      'nimm|nehmt|nehmen|nehme ~8 [raus|heraus|runter|weg]',
      'wirf|werft|werfen|schmeiß|schmeißt ~6 [raus|runter]',
      'trag|trage|tragt|tragen ~8 [aus]',
    ],
    UNSUB: [
      'meld|melde|meldet|melden ~8 [ab]',
      'bestell|bestellt|bestelle|bestellen ~8 [ab]',
      'abmelde [link]',
    ],
    WRONG: [
      'falsche|falschen|falscher|falsch [nummer|person|empfänger|telefonnummer|handynummer|adressat|kontakt|rufnummer]',
      'sie|ihr|du|euch ~2 [verwählt]',
      'nicht ~1 richtige [nummer|person|empfänger]',
    ],
  },
  never: {
    'by-mistake': [
      'versehen|versehentlich|irrtümlich|ausversehen ~2 CEASE|UNSUBBED',
      'CEASE|UNSUBBED ~3 versehen|versehentlich|irrtum|irrtümlich|ausversehen',
      'bitte wieder anmelden|aktivieren|eintragen|aufnehmen',
    ],
    'what-if': [
      'was ~1 passiert ~6 CEASE|UNSUB',
      'noch|trotzdem ~5 wenn ich ~4 UNSUB|CEASE',
      'muss|soll|sollte ich ME ~1 UNSUB ~2 wenn|bevor|vor|für|falls|beim',
      'verliere|bekomme ~6 wenn ich ~4 UNSUB|CEASE',
      'wie ~1 melde|meldet ~3 SPAM|SPAM_WORD|betrug|anruf',
      'steht ~2 CEASE|UNSUB',
      'immer , ~1 lass ~3 ruhe',
      'was heißt|bedeutet|meint ~2 UNSUB|CEASE|opt',
      'frage für ~2 projekt|schulprojekt|studie|freund',
    ],
    'to-continue': [
      'bitte|WANT weiterhin MSG|AD ~2 TO_RECEIVE|TO_SEND|SEND',
      'weiter|weiterhin ~1 auf der LIST|liste ~1 lassen|bleiben',
      'NEG|bloß|bitte ~2 nicht aufhören',
    ],
    'why-stopped': [
      'warum|wieso ~1 habt|haben|hat ~1 ihr|sie ~3 UNSUBBED|REMOVED|aufgehört',
      'warum|wieso|weshalb CONTACT|SEND|schreibt|schreiben|schickt|schicken ihr|sie|du ~2 NO_MORE|NEG|nichts|nix',
      'hab|habe|haben ~3 MSG ~1 nie|NEG|nicht|niemals gekriegt|bekommen|erhalten',
      'bekomme|kriege|erhalte ~2 KEIN ~1 MSG mehr|NO_MORE ~4 wieder',
    ],
    'of-others': [
      '^ ~2 mein|meine|unser|unsere|der|die|das|dieser WHO ~1 nervt|nerven|lässt|ruft|schreibt|hört|belästigt|sagt|meint|stört|bellt',
      '^ er|sie ~1 sagt|sagte|schrieb|meinte ~6 CEASE|ruhe|HOER',
      'jemand|nutzer|verkäufer|fahrer ~1 belästigt|CONTACT ~5 app|plattform|seite',
      'ihr|sie dürft|dürfen|könnt|können ME CONTACT|schreiben|TO_CONTACT $',
      '^ sag|sagt|sagen ~1 ihm|fahrer|kollegen',
    ],
  },
  certain: {
    ...DE_REQUESTS,
    'want-none': ['WANT ~1 NEG|NO_MORE ~5 LIST|verteiler ~1 stehen|sein|bleiben'],
    'said-stop': [
      '[stop|stopp] ~1 hab|habe ~1 ich ~1 SAY',
      'ich|wir|hab|habe|haben ~4 SAY ~4 [CEASE|aufhören|nicht|kein|keine]',
      'ich|wir|hab|habe|haben|schon|bereits ~6 [stop|stopp] ~1 SAY',
      'mehrfach|bereits|schon|dreimal|zweimal ~3 SAY ~4 [aufhören|stop|stopp]',
      'SAY|bitten|gebeten ~2 ihr|sie|du|euch|dich|dass ~4 [CEASE|CEASE_LAST|aufhört]',
      '[stop|stopp] heißt|bedeutet stop|stopp',
    ],
    'cannot-unsubscribe': [
      'stop|stopp ~1 funktioniert|geht|hilft|bringt ~1 nicht|nichts',
      'MSG ~1 dienst|service|abo|abonnement ~3 UNSUB|CANCEL|TO_CANCEL|abbestellen|kündigen',
      'UNSUB|CANCEL|kündige ~3 MSG ~1 dienst|service|abo',
      '[UNSUB|UNSUBBED|REMOVED] ~4 funktioniert|klappt|geht|trotzdem|immer|weiterhin|dennoch',
      'abmeldelink|abmeldung|abbestellung|abmelden ~3 funktioniert|klappt|geht ~2 nicht',
      'trotz ~2 UNSUB|abmeldung|kündigung',
      'trotzdem|obwohl|dennoch|schon|doch|bereits ~8 [abgemeldet|abbestellt|ausgetragen|gekündigt]',
    ],
    'cancel-messages': ['CANCEL ~4 newsletter|AD', 'newsletter|AD ~4 CANCEL'],
    'never-agreed': [
      'KEIN ~1 abo|abonnement ~1 bei ~1 euch|ihnen',
      'nie ~3 NUMBER ~2 angegeben|gegeben',
      'nie|niemals|nirgends|nirgendwo ~5 angemeldet|zugestimmt|eingewilligt|abonniert|registriert|erlaubt|angefordert|eingetragen|gewollt|zustimmung|einwilligung|einverständnis|bestellt',
      'NEG ~3 zugestimmt|eingewilligt|abonniert|angefordert',
      'NUMBER ~3 nie|nicht|niemals|keinem|niemandem ~2 gegeben|rausgegeben|weitergegeben|mitgeteilt|hinterlassen',
      'nie|nicht|niemals ~8 dürft|dürfen|darf|dürfte',
      'KEIN|ohne ~2 CONSENT',
    ],
    'not-interested': [
      'ich|wir|habe|hab ~3 KEIN ~1 interesse $',
      'KEIN ~1 interesse ,',
      '^ ~3 KEIN ~1 interesse $',
      'KEIN ~1 interesse ~3 mehr|MSG|AD|daran|NO_MORE',
      'KEIN ~1 bock|lust ~3 auf ~2 MSG|AD|SPAM|euch',
    ],
    'wrong-number': ['NO_MORE|NEG ~2 NUMBER ~1 von', 'gehört ~2 NO_MORE|NEG'],
    'refuse-messages': [
      'verstorben|gestorben|tot|verschieden , ~9 KEIN|NO_MORE|NEG ~3 MSG|AD|CONTACT|SEND',
      'wenn ~2 das|ihr|sie ~2 nicht|weiter|nochmal|noch ~3 aufhört|aufhören|schreibt|schreiben|kontaktieren|kontaktiert',
    ],
  },
  shields: DE_SHIELDS,
  stops: DE_STOPS,
};
