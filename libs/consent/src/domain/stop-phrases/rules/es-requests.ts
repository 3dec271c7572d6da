import type { Rules } from './language-rules.js';

/** What asks in Spanish to be spared one kind of message: surveys, appeals, offers. No shield takes it back. */
export const ES_REQUESTS: Rules = {
  'stop-asking': [
    'CEASE ~1 pedirme|pedirnos|pedir|preguntarme|preguntar|invitarme|invitarnos|rogar|mendigar|insistirme',
    'NEG|NO_MORE ~1 ME pidan|pida|pidas|pidáis|pregunten|preguntes|inviten|invites|inviten ~3 más|dinero|donaciones|donación|plata|voto|nada|opinión|ayuda|NO_MORE|MORE',
    'ya? no ME pidan|pida|pidas|pidáis',
    'no ~1 voy|vamos|pienso|quiero ~1 a? donar|votar|comprar|calificar|opinar ~4 CEASE|NEG|no|basta',
  ],
  'stop-offering': [
    'CEASE ~1 ofrecerme|ofrecernos|ofrecer|venderme|vendernos|vender|querer|intentar|tratar',
    'NEG|NO_MORE ~1 ME? ofrezcan|ofrezca|ofrezcas|ofrezcáis|vendan|venda|vendas|promocionen',
    'no|ni ~1 tengo|tenemos|uso|usamos|manejo|necesito ~5 NEG|NO_MORE|CEASE ~2 ofrezcan|ofrecerme|manden|envíen|mandarme|enviarme|escriban|vendan|MSG|AD|SEND|CONTACT',
    'ya no? ~1 cambié|cambiamos|tengo|terminé ~8 CEASE|NO_MORE ~2 ofrecerme|ofrezcan|TO_SEND|TO_CONTACT|SEND|CONTACT|mandar|escribir',
    'no|ni hace|hay ~1 falta|necesidad|porque que? ~2 CONTACT|SEND|avisen|informen',
  ],
  'spare-me': [
    'ahórrenme|ahórreme|ahórrame|ahorradme|evítenme|evíteme|evítame|ahórrennos ~3 MSG|AD|SPAM|sus|tus|los|las|el|la',
    'no|ni|cero|basta|nada más|de ~2 encuestas|encuesta|cuestionarios|recordatorios|invitaciones|donaciones|promos|ofertas|volantes|cupones|sondeos|propuestas',
    'NEG|NO_MORE ~2 WANT ~3 encuestas|encuesta|recordatorios|invitaciones|cuestionarios|propuestas|promos',
    'guárdense|guárdate|guardaos|guárdese|quédense|quédate ~2 sus|tus|vuestras|vuestros|con',
    'pueden|podéis|puedes ~1 guardarse|guardaros|guardarte|quedarse|meterse|meteros|meterte',
    'ya no los|las quiero|queremos|deseo ~1 recibir ~2 $',
    'no ~1 querer ~2 MSG|AD',
    'ni ~1 uno|una|un ~1 MSG|AD? ~1 más',
    'NEG|NO_MORE ~1 quiero ~1 ver|saber|recibir|tener ~4 ustedes|vosotros|uds|vosotras|esto',
    'no más ~3 TOPIC ~3 $',
    'NEG|NO_MORE ~1 WANT ~1 recibir|ver|más|sus|tus|estas|esas|las|los ~2 TOPIC ~3 $',
    'ahórrense|ahórrenme|ahórrate|métanse|guárdense ~2 TOPIC|MSG|AD',
    'de no ~1 mandarme|enviarme|escribirme|molestarme ~2 más|nada',
  ],
};

/** What asks to be taken out of something, or threatens, unless something shields it. */
export const ES_DEMANDS: Rules = {
  'take-out': [
    'sáquenme|sáqueme|sácame|sacadme|quítenme|quíteme|quítame|quitadme|quítennos|sáquennos|bórrenme|sacame|salgan ~3 grupo|avisos|chat|ahí|acá|aquí|alertas|difusión|campañas|promociones|recordatorios|contactos|MSG|AD|LIST',
    'fuera ~2 de mi|mis|nuestro ~1 NUMBER|vida|whatsapp|wasap|teléfono|celular|móvil|bandeja',
    'dejen|deje|deja|dejad ~1 MY|este ~1 NUMBER ~2 paz|tranquilo|quieto',
    'baja ~1 por ~1 favor|fa $',
    'solicito|pido|exijo|ruego ~2 baja ~3 LIST|MSG|AD|NUMBER|inmediata',
    '^ baja ~1 ya|inmediata|urgente',
    'den|dé|dad|denme|dame|dadme|deme ME? ~1 de|d baja',
    'cesen|cese|cesar|suspendan ~3 envío|envíos',
    'que paren|pare|cesen de una? vez',
    'sácame|sacame|sáqueme|sáquenme|quítenme|quítame ~1 de|del ~1 este|ese|el|la chat|grupo|lista|base|difusión',
    'no|ni ~1 hay ~1 forma|manera ~1 de ~1 DAR ~1 de baja',
    'no ~1 puedo DAR ~1 de baja',
    'no ~1 usa|tiene ~1 este|ese NUMBER',
    'no ~1 soy|hay|vive|conozco NAME ~4 número|REMOVE|baja|borren',
    'segunda|tercera|última vez ~1 que ~1 lo pido|solicito',
    'que ~1 este|sea ~2 último MSG',
    'donantes|difusión|avisos ~1 quiten|bórrenme|sáquenme|bórreme',
    'déjame|dejame|déjenme tranqui',
  ],
  threaten: [
    'próximo|siguiente|otro|próxima ~1 MSG ~7 abogado|denuncia|denuncio|profeco|aepd|policía|juez|demanda|consumidor|bloqueo|LAW',
    'reportado|reportados|bloqueado|bloqueados|denunciado|denunciados ~1 y reportado|reportados|bloqueado|bloqueados|denunciado|denunciados',
    'solo|sólo|solamente|únicamente ~2 quería ~5 , ~1 no ~1 que ~6 CONTACT|SEND|CONTACT_S|escribierais|escribieran|mandaran|MSG|AD',
    'compré|doné|fui|pedí ~1 una ~1 vez ~8 NEG|NO_MORE|CEASE|baja|TO_REMOVE|REMOVE',
    'última|último ~1 advertencia|aviso $',
    'acciones legales',
    'no ~1 son bienvenidos|bienvenidas',
  ],
  'spare-me': ['basta|paren|corten|alto ~1 de|con ~2 TOPIC', 'CEASE ~3 TOPIC'],
};
