import type { Rules } from './language-rules.js';

/** What asks for a stop in German as a right that the writer has. */
export const DE_RIGHTS: Rules = {
  'withdraw-consent': [
    '^ ich widerrufe $',
    'widerrufe ~2 alles',
    'hiermit widerrufe ich $',
    'widerruf|widerrufe|widerrufen|ziehe|zurückziehen|entziehe|entzieh|nehme|zurücknehmen ~5 CONSENT',
    'CONSENT ~6 zurück|zurückziehen|widerrufe|widerrufen|widerruf|entziehe|zurückgezogen|entzogen|zurückzunehmen|entziehen|erloschen',
    'KEIN|NEG|ohne|NO_MORE ~3 CONSENT',
    'stimme|stimmt|willige ~6 NEG|NO_MORE ~2 zu|ein',
    '[widerspruchsrecht] ~2 gebrauch',
  ],
  'object-to-use': [
    'MY widerspruch|widerspruchs',
    'sperren|sperrt|sperre ~3 DATA',
    'widerspruch ~2 vermerken|einlegen $',
    'widersprech|widerspreche|widersprechen|widerspruch ~8 AD|MSG|SPAM|nutzung|verarbeitung|verwendung|speicherung|weitergabe|datennutzung|werbenutzung|datenverarbeitung|LAW|zusendung|kontaktaufnahme|DATA|erhalt',
    'AD|MSG|nutzung|verarbeitung|verwendung|DATA|speicherung|weitergabe ~6 widerspreche|widersprechen|widerspruch|untersage|verbiete',
    'recht|rechte|anspruch ~2 löschung|widerspruch|vergessenwerden|vergessen',
    'widerspruchsrecht',
    'LAW ~12 REMOVE|TO_REMOVE|REMOVED|löschung|NEG|KEIN|widerspruch|unterlassen|widerspreche|verstoß|NO_MORE',
    'REMOVE|TO_REMOVE|löschung|fordere|verlange|beantrage|verstoß|beschwerde|melde|NEG|KEIN ~12 LAW',
    'MY ~3 NUMBER|DATA ~4 NEG|NO_MORE ~3 verwenden|nutzen|speichern|benutzen|weitergeben|verwendet',
    'NEG|NO_MORE ~3 MY ~2 DATA|NUMBER ~3 verwenden|nutzen|benutzen',
    'robinsonliste|sperrliste',
  ],
  'erase-data': [
    'löschung|entfernung|sperrung ~5 DATA|NUMBER',
    'REMOVE|TO_REMOVE ~2 alle|alles ~4 DATA|über|von|NUMBER',
    'alle|sämtliche|alles ~3 DATA ~5 REMOVE|TO_REMOVE|REMOVED|vernichten',
    'DATA ~3 sperren|sperrt|löschen',
    'löscht|lösche|löschen|lösch mich',
  ],
};
