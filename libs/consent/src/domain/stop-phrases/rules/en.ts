import type { LanguageRules } from './language-rules.js';
import { EN_REQUESTS } from './en-requests.js';
import { EN_SHIELDS } from './en-shields.js';
import { EN_STOPS } from './en-stops.js';

/** English. */
export const EN: LanguageRules = {
  phrases: {
    NEG: [
      'can|could|will|would you|u|ya|yall ~1 [not]',
      'do|does|did|will|would|to|please|pls|plz|better|rather|can|could|u|you [not]',
      '[not] to|be|ever',
      'no [longer]',
      'dont|do not [even|ever]',
    ],
    NO_MORE: ['no [more|further|additional|longer]', 'not|dont any [more]', 'nomore'],
    CEASE: [
      'knock|cut it [off|out]',
      'give ~2 a [rest]',
      'lay|back [off]',
      'put ~2 an [end]',
      'call it [off]',
    ],
    UNSUB: [
      'opt|opting ~3 [out]',
      'sign|signing ~1 me [out|off]',
      'un [subscribe]',
      'sign off from ~2 [LIST|MSG]',
    ],
    UNSUBBED: ['opted [out]', 'un [subscribed]'],
    LIST: ['mailing|contact|call|calling|sms|text|distribution|email|phone|subscriber [list|lists]'],
    WRONG: [
      '[wrong] ~1 nr|nbr|number|num|numbers|phone|person|guy|recipient|contact|lady|man|woman|people|one|fella|bloke|chap|dude|girl|gal|customer|house|household',
    ],
    MSG: ['marketing|promotional|sales [calls|call]'],
  },
  never: {
    'by-mistake': [
      'SAY ~2 CEASE|UNSUB ~3 mistake|accident|accidentally|accidently|error',
      'accidentally|accidently|mistakenly|unintentionally ~1 SAY|hit|pressed|UNSUBBED|opted',
      'UNSUBBED|opted ~4 mistake|accident|accidentally|accidently|error',
      'mistakenly|accidentally UNSUBBED',
      'NEG mean to ~3 CEASE|UNSUB',
      'didnt mean to ~3 CEASE|UNSUB',
      'put|add|sign|opt ME back on|in|up|please|pls',
    ],
    'what-if': [
      'what ~1 happens ~8 CEASE|UNSUB',
      'what if ~1 i ~4 CEASE|UNSUB',
      'if ~1 i text|reply|send|say|type|answer ~2 CEASE|UNSUB',
      'will|do|would|can i ~2 still|lose ~8 UNSUB|CEASE|CANCEL',
      'i lose ~8 UNSUB|CEASE|CANCEL',
      'how ~3 report ~3 SPAM|SPAM_WORD|scam|phishing',
      'alone|CEASE is|was ~2 song|movie|film|book|favourite|favorite|episode',
      'it|text|message|sign|email|letter|website|page said|says|say|reads ~6 CEASE|UNSUB',
      'what ~1 does|is|do|means ~3 CEASE|UNSUB ~2 mean|means|meaning|for',
      'what ~1 does ~2 UNSUB|CEASE ~1 mean',
      'asking for ~2 project|school|paper|thesis',
    ],
    'not-to-stop': ['^ NEG CEASE', '^ NEG ever CEASE'],
    'why-stopped': [
      'why did|have|has you|u|they|yall CEASE|REMOVE|stopped|REMOVED|UNSUB',
      'why did|have|has the|your|my|all ~2 MSG|AD ~1 CEASE|stopped',
    ],
    'of-others': [
      '^ ~3 WHO ~1 wont|keeps|kept|cant|never|doesnt|always|still ~2 CONTACT_ING|leave|CEASE|CONTACT|leaving ~1 ME|alone|us',
      'WHO ~1 said|says|wrote|screamed|yelled|yells|texted ~6 CEASE|alone',
      'WHO ~1 told|asked|tells ME ~5 CEASE|alone',
      'dog|kids|music|noise|boss|baby|cat|job|neighbors|neighbours ~2 driving|making ME',
      'someone|somebody|seller|user|buyer ~2 is|keeps harassing|spamming|CONTACT_ING',
      'sick|tired|fed ~1 of|up|with ~1 with? this|the|that|waiting weather|internet|rain|snow|cold|heat|on|slow|traffic',
      'shut up and take',
      'you ~1 can|may CONTACT ME',
      '^ i give you permission',
    ],
  },
  certain: {
    ...EN_REQUESTS,
    'object-to-use': ['CEASE using|sharing|selling|storing ~1 MY ~2 NUMBER|DATA'],
    'cease-this': ['stop this|it|that please|pls|plz|now', 'lets|we|can ~2 stop this'],
    'cease-contacting': [
      'you|u|they|yall|yous|ya ~1 dont|never|wont|cant|didnt|still CEASE ~1 CONTACT_ING|SEND_ING',
      '[CEASE] at once',
      'make|makes|making|get|getting ~3 [stop] $',
      'cant|cannot|unable|how|way|want|possible|like ~3 stop ~1 getting|receiving|these|those|your',
    ],
    'cease-messages': [
      'CEASE the|these|your|all|those|ur|any|with|this ~2 MSG|AD|SPAM',
      'CEASE ~2 SERVICE|THING MSG|AD',
      'MSG|SPAM ~1 wont|dont|doesnt|never|not CEASE',
    ],
    'cancel-messages': [
      'CANCEL ~3 AD|newsletter',
      'CANCEL ~1 these|those|all|your|ur|the ~1 texts|sms|messages|notifications|alerts|emails|reminders|msgs|mailings|updates',
      'CANCEL texts|sms|messages|notifications|alerts|emails|reminders ~2 $',
      'CANCEL ~3 subscription ~3 MSG|AD|LIST|newsletter',
      'CANCEL ~1 your|all text|sms|email|phone messages|alerts|calls',
    ],
    'cannot-unsubscribe': [
      'can ~1 i ~1 stop getting|receiving ~3 MSG|these|this|AD',
      'stop ~2 does|did nothing',
      'cant|cannot|couldnt|unable|impossible|trying|tried|lets|let|wont|failed ~4 [UNSUB]',
      '[UNSUB] ~4 doesnt|isnt|didnt|broken|wont|fails|failed|nothing',
      'command|unsubscribe|stop ~1 doesnt|does|isnt|wont|not ~2 work|working',
      'already|have|ive|i ~2 [UNSUBBED|REMOVED] ~9 still|but|again|yet|keep|times|twice|before',
      'still|keep|again|despite|after|though|although|but ~9 [UNSUBBED]',
      'still|again ~5 after [unsubscribing]',
    ],
    'said-stop': [
      'i|ive|we|weve|already ~3 said|told|asked|wrote|replied|texted|sent|typed|requested|repeat|say ~4 [CEASE|UNSUB]',
      'ask|asking|asked|tell|telling|told|want|wanted|need|like|beg|begging|order|demand|request|people|guys ~1 you|u|yall|need ~1 to ~2 [CEASE] $',
      'i|ive|we|weve|already ~2 said|say|told ~2 [no]',
      'times ~6 tell|say|ask|text|reply|write ~5 [CEASE|UNSUB]',
      '[CEASE] means CEASE',
      'what ~2 part of ~1 [CEASE|no|UNSUB]',
    ],
  },
  shields: EN_SHIELDS,
  stops: EN_STOPS,
};
