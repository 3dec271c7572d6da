import { OTHER_SENDERS, REPRESENTATIVES } from './others.js';
import type { Words } from './words.js';

/** German; ä, ö and ü are looked up written ae, oe and ue as well. */
export const DE: Words = {
  LANGUAGE: `der die das den dem des ein eine einen einem einer und ist sind war ich du er sie es wir ihr ihnen mir mich uns euch
    mein meine meinen meiner dein deine euer eure von vom zu zur zum mit auf aus bei nach für nicht kein keine keinen nie mehr
    bitte danke wie was wann wer wo warum ja nein auch noch schon mal doch dass ob oder aber wenn als habe haben hat hast kann
    können könnt möchte will wollen werden wird bin an im in am`,
  ME: 'mir mich uns',
  MY: 'mein meine meinen meiner meinem meines unser unsere unseren',
  I: 'ich wir',
  THEY: 'er es man jemand mann frau mutter vater sohn tochter chef freund freundin kind kinder',
  OTHERS: 'ihn ihm',
  NEG: 'nicht nie niemals nix nimmer net nich ned keinesfalls keineswegs nimma',
  KEIN: 'kein keine keinen keinerlei keiner keinem keins null',
  MORE: 'mehr merh länger wieder weiter weiterhin weitere weiteren nochmal nochmals erneut jemals künftig zukünftig mer',
  TOTAL: 'alles',
  WANT: `will wollen wolle möchte möchten wünsche wünschen mag brauche brauchen benötige benötigen bedarf erlaube wünsch möcht
    interessiere gestatte`,
  MSG: `nachrichten* nachricht nachrichten *nachricht *nachrichten nachichten nachrichte sms* *sms mail mails *mail *mails email emails anruf
    anrufe anrufen *anrufe kontakt kontaktaufnahme kontaktaufnahmen kontaktversuche benachrichtigung* mitteilung* zuschrift*
    zusendung* meldungen post erinnerungen messages whatsapp whatsapps texte briefe belästigungen infomails rundschreiben umfrage umfragen *umfrage *umfragen push *einladungen bewertungsanfrage*`,
  AD: `werbung werb* *werbung reklame *reklame angebot angebote angeboten *angebote *angeboten rabatt* aktionen newsletter*
    *newsletter *newslettern marketing* *marketing promo* gutschein* katalog* prospekt* vertriebs* spendenaufruf* *angebot spendenbrief* webinare* kampagne* wahlwerbung`,
  SPAM: 'müll dreck scheiss scheisse mist spam* schrott schwachsinn quatsch kram zeug zeugs',
  LIST: `liste listen verteiler* *verteiler *verteilern mailverteiler datenbank* *datenbank adressliste* *liste kartei* system
    systemen kontakten kontakte adressbuch abo abonnement crm`,
  NUMBER: 'nummer nr *nummer handy handynr telefon rufnummer tel handynr mobilnummer',
  DATA: 'daten *daten kontaktdaten adresse *adresse profil konto email angaben name namen infos informationen',
  CONSENT:
    'einwilligung* zustimmung* einverständnis* erlaubnis* genehmigung* *einwilligung *zustimmung opt optin',
  LAW: 'dsgvo ds gvo datenschutz* bdsg uwg gdpr abmahn* verbraucherzentrale bundesnetzagentur',
  THESE: 'das dies diese diesen dieser dieses sowas damit davon solche solchen so so_was euch den denen',
  NOTHING: 'nichts nix nichs gar',
  HOER: 'hör/en',
  CEASE_LAST: 'aufhör* aufzuhören einstell* einzustellen beend* unterlass* unterbleib*',
  SPAM_WORD: 'spam',
  HARASS: 'belästigung belästigungen',
  NOW: 'jetzt sofort endlich umgehend',
  CEASE: 'stopp stoppt stoppe stoppen stop',
  CONTACT: `schreib/en an+schreib/en an+ruf/en kontaktier/en belästig/en nerv/en stör/en spamm/en spam zu+spam/en zu+spamm/en
    zu+müll/en sims/en simse bombardier/en bedräng/en an+text/en zu+text/en text/en zu+ball/en informier/en benachrichtig/en
    bewerb/en nervst an+mail/en mail/en behellig/en melden an+funk/en an+quatsch/en angeschrieben kontaktiert angerufen schreibts`,
  SEND: `schick/en send/en zu+schick/en zu+send/en übermitt/en verschick/en versend/en zukommen`,
  TO_RECEIVE: 'bekommen erhalten empfangen kriegen haben hören lesen sehen bekomme erhalte kriege bekommt',
  REMOVE: `lösch/en entfern/en streich/en austragen auszutragen rausnehmen herausnehmen rauszunehmen herauszunehmen tilg/en
    vernicht/en rauswerfen raus heraus löschung entfernung streichung rausstreichen`,
  REMOVED: 'gelöscht entfernt gestrichen rausgenommen herausgenommen',
  UNSUBBED: 'abgemeldet abbestellt ausgetragen',
  UNSUB: `abmeld* abzumelden abbestell* abzubestellen austragen auszutragen deabonnier* abonnement_kündigen unsubscriben
    deregistrieren`,
  CANCEL:
    'kündig/en stornier/en storno deaktivier/en abstell/en abschalten ausschalten abzustellen abzuschalten abstelle widerruf/en',
  KEEP: 'ständig dauernd immer andauernd weiterhin trotzdem schon_wieder ewig dauern permanent',
  SAY: 'sagte gesagt schrieb geschrieben meinte sage sag schreibe geschickt gebeten',
  FILL: `bitte bite jetzt sofort endlich danke dankeschön vielen dank hallo guten tag mfg lg einfach mal doch ok okay also so nun
    umgehend hiermit mit freundlichen grüßen gruß liebe leute nein ja hey echt wirklich aber und`,
  PLEASE: 'bitte bite bidde biddö pls',
  TIME: `heute morgen abend nachmittag vormittag bevor bis vor nach ab während wochenende montag dienstag mittwoch donnerstag freitag
    samstag sonntag uhr gerade momentan vorerst solange`,
  /** What businesses send that nobody can hold in hands. */
  TOPIC: `umfrage umfragen *umfrage *umfragen horoskop horoskope gewinnspiel* wetttipps tipps spendenaufruf* spenden einladung einladungen erinnerungen *erinnerungen aktionen *aktionen *angebote *angebot jobangebote partnervorschläge vorschläge wahlwerbung *werbung gutscheine *gutscheine webinare hinweise bewertungsanfragen infos gebetsanliegen *tipps *news sonderangebote deals`,
  THING: `bestellung bestellungen rechnung rechnungen quittung code codes tan paket pakete päckchen karte karten kontoauszug
    kontoauszüge ticket tickets link foto fotos bild bilder angebotspreis lieferung artikel produkt passwort pin vertrag verträge
    formular dokument dokumente unterlagen befund rezept geld zahlung termin antwort rückmeldung pizza bestätigung ware sofa kinderwagen fahrrad kleid schuhe jacke tasche soße käse zwiebeln oliven zucker milch brot reis ketchup mayo tüte besteck servietten handtuch handtücher kühlschrank matratze lampe drucker akku ladegerät schlüssel garantie frühstück nachtisch wein kaffee kindersitz winterreifen krücken kissen teppich zelt schrank regal bett möbel geschenk größe`,
  SERVICE: `bestellung bestellungen termin termine buchung reservierung flug ticket karte kreditkarte zahlung überweisung vertrag
    mitgliedschaft tarif versicherung lieferung sendung reise zimmer tisch kurs stunde treffen scheck lastschrift auftrag
    konto fitnessstudio warteliste dienst einkauf warenkorb wohnung strom gas auto kfz wohnsitz schule kind tochter sohn
    handyvertrag bankkonto dauerauftrag abo abonnement rechnung police mitarbeiter personal zahnarzt arzt operation impfung vorstellungsgespräch mietvertrag miete massage besichtigung reparatur training zeitung kochbox putzfrau handwerker techniker klinikum pizza fitness yoga schwimmkurs turnier friseur feier party taxi internetanschluss handytarif`,
  LAUGH: 'haha hahaha hehe lol hihi',
  SWEAR:
    'scheiss* verdammt* verfickt* kack* dämlich* blöd* bescheuert* beschissen* fick* arsch* idioten penner wichser',
  WHO: `ex chef chefin nachbar nachbarin nachbarn bruder schwester sohn tochter hund katze kollege kollegin vermieter mann frau mutter vater freund freundin oma opa lehrer lehrerin baby kind kinder mama papa fahrer`,
  SENDER: OTHER_SENDERS,
  REPRESENTATIVE: REPRESENTATIVES.de,
};
