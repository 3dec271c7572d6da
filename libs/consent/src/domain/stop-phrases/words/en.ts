import { OTHER_SENDERS, REPRESENTATIVES } from './others.js';
import type { Words } from './words.js';

/** English, by what the words mean to a stop. */
export const EN: Words = {
  LANGUAGE: `the a an and is are was were be been you your youre ur i im ive my of to for with this that these those it its on at
    from have has had will would can could should not do does did how why what when who where there here we our they their he
    she his her him them please thanks just any all some so if or but as about out up off yes get got dont stop me`,
  ME: 'me us',
  MY: 'my our',
  I: 'i we ive weve',
  THEY: 'he she they someone somebody nobody wife husband mum mom mother dad father son daughter boss friend kids it',
  OTHERS: 'him her them he she his hers their each people strangers',
  NEG: 'dont dnt donot neva never nvr dinnae didnae cannae neednt',
  MORE: 'anymore anymor again agen ever further longer more',
  TOTAL: 'everything',
  WANT: `want wanna wish need care desire like consent agree authorize authorise allow permit intend accept approve`,
  MSG: `message messages msg msgs text texts txt txts sms smses email emails mail mails mailing mailings call calls robocall robocalls
    robotext robotexts notification notifications notifs alerts communication communications comms whatsapp whatsapps dm dms ping
    pings blasts reminders correspondence updates voicemails contacts solicitations billboard survey surveys questionnaire questionnaires invites`,
  AD: `ad ads advert adverts advertise advertising advertisement advertisements promo promos promotion promotions promotional
    offers marketing telemarketing newsletter newsletters deals sales discounts discount coupons coupon commercials campaigns appeals fundraisers propaganda specials flyers adds`,
  SPAM: 'spam spams junk crap shit bs garbage trash bullshit nonsense rubbish',
  LIST: `list lists mailinglist database databases db records record system systems contacts crm directory files file
    distribution subscribers roster`,
  NUMBER: 'number numbers num nr phone cell cellphone mobile digits',
  DATA: 'data info information details profile particulars pii name contact email address account',
  CONSENT: 'consent permission permissions authorization authorisation optin approval agreement',
  LAW: 'gdpr ccpa cpra tcpa canspam dnc ftc fcc ico casl',
  THESE: 'these this those that them it stuff',
  NOTHING: 'anything nothing anythin nuthin',
  CEASE: 'stop quit cease desist discontinue refrain sop stpo sotp stip stopp stahp stawp',
  CONTACT: `text txt message msg mesage contact email mail call phone ring sms dm write spam bother bug harass disturb annoy pester
    hassle ping notify whatsapp bombard flood solicit telephone approach badger hmu`,
  CONTACT_ING: `texting txting textin messaging messagin msging msgin contacting emailing mailing calling callin phoning ringing writing
    spamming spammin bothering botherin bugging harassing harrassing disturbing annoying pestering hassling pinging notifying
    whatsapping bombarding flooding soliciting advertising marketing badgering stalking dming pressuring hounding nagging
    blasting reaching hitting blowing cluttering`,
  SEND: 'send snd forward',
  SEND_ING: 'sending sendin sendng forwarding pushing',
  TO_RECEIVE: 'receive recieve get',
  RECEIVE_ING: 'receiving getting gettin hearing',
  REMOVE: 'remove delete erase unlist purge wipe exclude deleting removing erasing destroy strike scrub',
  REMOVED: 'removed deleted erased purged unsubscribed unlisted',
  UNSUBBED: 'unsubscribed unsubbed',
  RECEIVED: 'received recieved got get gotten getting receiving recieving receive recieve',
  SPAM_WORD: 'spam',
  HARASS: 'harassment harrassment harassing harrassing',
  NOW: 'now already immediately asap',
  UNSUB: `unsubscribe unsubscribing unsub unsubs unsubbing unsubscription desubscribe optout unenroll disenroll unregister
    deregister`,
  CANCEL: 'cancel end terminate deactivate disable cancelling canceling suspend',
  GERUND: '*ing',
  KEEP: 'keep keeps keepin keeping kept still continue continues continuing constantly always repeatedly insist',
  SAY: 'said say says told asked wrote replied texted sent typed repeat reply',
  FILL: `please pls plz plse pleas pleaz plez kindly pretty now thanks thank you thx ty tks cheers just it this that ok okay no oh hey
    hi hello already guys bro man dude immediately all doing asap right away once for so bye folks ppl people
    then sir madam im and the`,
  PLEASE: 'please pls plz plse pleas pleaz plez kindly',
  TIME: `today tonight tomorrow yet before until till til while during weekend monday tuesday wednesday thursday friday saturday
    sunday morning afternoon evening noon lunch pm oclock`,
  /** What businesses send that nobody can hold in hands. */
  TOPIC: `survey surveys horoscope horoscopes raffle raffles sweepstakes fundraiser fundraisers fundraising donation donations campaign campaigns appeals tips alerts notices reminders notifications promos deals coupons specials offers updates listings matches requests invitations invites robocalls webinars jackpots bets propaganda politics rewards questionnaires blasts flyers`,
  THING: `order orders invoice invoices receipt receipts code codes package packages parcel parcels card cards statement statements
    bill bills ticket tickets link photo photos picture pictures quote quotes refund delivery item items product products password
    pin otp contract contracts form forms document documents results result prescription prescriptions money cash payment
    payments driver courier technician reply answer pizza pdf one letters sofa couch crib stroller dress shoes shirt jacket bag sauce cheese onions olives sugar milk bread rice pickles ketchup mayo napkins cutlery towel towels bike fridge mattress lamp printer battery charger box key keys upgrade warranty breakfast dessert wine coffee puppy kitten tires refill vitamins crutches cushion pillow carpet paint tent laptop tablet spare size plates`,
  SERVICE: `order orders appointment appointments booking bookings reservation reservations flight flights ticket tickets card
    cards payment payments transfer transfers contract membership subscription plan policy insurance service delivery shipment
    trip room table class classes course lesson session meeting visit check cheque debit mandate account trial netflix spotify
    gym waitlist waiting schedule rota queue loan purchase item cart basket wishlist shift guest bill autopay renewal hotel cab dentist doctor surgery vaccination interview lease rent installation pickup catering babysitter rehearsal party ride taxi dinner lunch pilates yoga swimming football tournament viewing haircut massage magazine newspaper mealkit youtube hulu disney mortgage refund claim complaint application offer bid auction cleaning repair`,
  LAUGH: 'lol lmao lmfao rofl haha hahaha hehe hihi omg omfg xd teasing flattering blushing hilarious',
  SWEAR: `fuck fck fuk fucking fuckin fking fkn fckin f* f*k f*ck f*ing f*in effing piss bloody damn damned goddamn stupid
    freaking frigging shitty`,
  WHO: `he she ex boss boyfriend girlfriend brother sister neighbor neighbour neighbors neighbours mom mum dad mother father son daughter dog cat kid kids baby roommate landlord teacher husband wife friend cousin uncle aunt grandma grandpa toddler coworker colleague ghost song`,
  SENDER: OTHER_SENDERS,
  REPRESENTATIVE: REPRESENTATIVES.en,
};
