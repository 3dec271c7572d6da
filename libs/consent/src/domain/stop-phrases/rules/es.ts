import { ES_REQUESTS } from './es-requests.js';
import { ES_SHIELDS } from './es-shields.js';
import { ES_STOPS } from './es-stops.js';
import type { LanguageRules } from './language-rules.js';

/** Spanish. */
export const ES: LanguageRules = {
  phrases: {
    NO_MORE: ['no|ni|nunca|nada [más|nunca]', 'ya [no]', 'ni un|una [más]', '[nomás] MSG|AD|SPAM'],
    CEASE: [
      'deja|deje|dejen|dejad|dejar|dejes|dejas|dejan|dejéis|dejáis|dejás|dejés|dejaran|dejaseis|dejarais|dejarían|dejarías|dejaría|dejarse|déjense|déjate|déjenme|déjame|déjenos|déjenle|dejarme ~2 [de|d]',
      'para|pare|paren|parad|parar|paras|paréis|pararse|párenle|párele|párenla|parame ~2 [de|d|con]',
      'basta ~1 [de|con]',
      'corta|corte|corten|cortad|cortala|cortela|cortenla|cortadla|acaba|acaben|acabenla|termina|terminen|terminala|terminenla|aflojen ~1 [con]',
      'pares|paréis|pare|paren|corten|cortes ~1 [con]',
      '[bajenle|bajale|bajele|parale|parenle|aflojale] ~1 a|con',
      'absténganse|absténgase|abstenerse|abstengan|abstenga|abstente|abstenerte ~1 [de]',
    ],
    UNSUB: [
      'DAR|den|des|das|doy|da|dan|de|d|dieron|demen ~2 de|d [baja]',
      'solicito|quiero|pido|deseo|exijo|necesito ~1 la|mi|una ~1 [baja] ~1 $',
      'baja [definitiva|inmediata]',
      'solicito|quiero|pido|deseo|exijo|necesito|tramiten|cursen|procedan|solicitar ~2 la|mi|una|su [baja] ~3 LIST|DATA|NUMBER|MSG|AD',
      '[baja] ~2 LIST|AD|MSG|boletín|newsletter',
      'cancelar|cancela|cancele|cancelen|anular|anulen|cancelo|anule ~2 [suscripción] ~2 $',
    ],
    REMOVE: ['[bájenme|bájame|bájeme|bajarme] ~3 LIST'],
    WRONG: [
      'número|teléfono|persona|contacto|celular|destinatario ~1 [equivocado|equivocada|erróneo|incorrecto|errado]',
      'equivocaron|equivocado|equivocada|equivocados|equivocan|equivocaste|equivocó|equivocas|confunden|confundieron|confundiste|confundido|equivocando ~2 de ~2 [número|persona|teléfono|celular|contacto]',
    ],
    RECEIVING: ['envío|recepción|recibo|entrega ~1 [de] ~3 MSG|AD'],
  },
  never: {
    'by-mistake': [
      'baja|UNSUB|CEASE|stop ~2 error|querer|accidente|equivocación',
      'por error|equivocación ~2 baja|UNSUB',
    ],
    'what-if': [
      'pasa ~1 si ~5 CEASE|UNSUB|baja|stop',
      'si me doy|doi de baja ~6 ASKED|pierdo',
      'si respondo|mando|envío|escribo ~2 CEASE|baja|stop',
      'tengo que ~3 baja antes|para|si',
      'cómo ~1 reporto|denuncio|reportar|denunciar ~3 SPAM|SPAM_WORD|estafa',
      'es real|verdad ~3 ASKED',
      'qué|que significa|quiere ~1 decir? ~2 UNSUB|CEASE|opt|baja|stop',
      'nunca|no ~1 me? ~1 llegaron|llegó|llegan|recibí|recibimos ~2 MSG ~3 SEND|ASKED',
    ],
    'of-others': [
      '^ ~2 mi|el|la|mis|ese|esa WHO ~1 no? deja|para|es|sigue|quiere|paran|dejan|llama|grita',
      'mi|el|la WHO no me deja',
      'me dijo|grita|gritó|dijeron ~6 paz|CEASE|tranquilo',
      '^ pueden TO_CONTACT $',
      '^ díganle|dile|dígale que no',
      'NEG autorizo|autoricé ~2 cargo|compra|cobro|pago',
    ],
  },
  certain: {
    ...ES_REQUESTS,
    block: [
      '[marqué|marco|marcado|marcados|marcaré|reporté|reporto|reporte|reportados|reportado] ~2 como SPAM_WORD',
    ],
    'never-agreed': [
      'nunca|no|jamás ~2 di|dado|proporcioné|facilité|dimos ~2 MY ~1 [NUMBER|DATA]',
      'qué derecho|permiso|autorización|motivo ~3 [CONTACT_S|SEND_S|escriben|mandan|llaman]',
      'quién|quiénes|nadie ~2 [autorizó|autorizado] ~2 TO_CONTACT|TO_SEND|a|que',
    ],
    'cease-contacting': [
      'no dejan|paran|dejas|paras|cesan|deja|para ~1 de|d ~1 TO_CONTACT|TO_SEND|CONTACT_ING',
      'dejar|parar de TO_RECEIVE ~4 MSG|AD|SPAM|NOTHING|MORE|THESE',
      'dejar|parar de TO_RECEIVE $',
      'cómo|dónde|q|qué ~4 dejo|paro|dejar|parar de TO_RECEIVE|TO_SEND',
      'cómo|qué|q|forma|manera|modo|hago|hacer|hay ~4 que|q|k no ~1 SEND|CONTACT|RECEIVE',
    ],
    'cease-messages': [
      'cesar|cese|cesen|suspendan|suspender|detengan|detener|paren|parar|interrumpan|finalicen ~2 [envío|envíos] ~3 MSG|AD|SPAM',
    ],
    'cancel-messages': [
      'CANCEL|TO_CANCEL|CANCEL_S ~4 AD|newsletter|boletín',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 los|las|estos|estas|sus|MY|el ~1 MSG',
      'CANCEL|TO_CANCEL|CANCEL_S ~1 el envío ~1 de ~1 MSG|AD',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 los|las|estos|estas|sus|MY|el ~1 MSG|envío',
      'UNSUB ~3 servicio|lista|suscripción|sistema ~1 [MSG|AD]',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 suscripción ~3 MSG|AD|LIST|newsletter|boletín',
    ],
    'said-stop': [
      'dije|dicho|puse|puesto|mandé|mandado|escribí|escrito|pedí|respondí|contesté|digo|repito|dijimos|envié|enviado|avisé ~5 [CEASE|UNSUB|paren|pare|baja|stop]',
      'he|hemos|había|veces pedido ~5 [CEASE|UNSUB|paren|pare|baja|stop]',
      'dije|dicho|pedí|pedido|repito|digo|avisé|pido|decir|decirles|repetir|dijimos ~2 que|q|k [no] ~1 $',
      'dije|dicho|pedí|pedido|repito|digo|avisé|decir|decirles|repetir|dijimos ~2 que|q|k ya? [no] ~2 SEND|CONTACT|RECEIVE|TO_RECEIVE|molesten|MSG|AD',
      'veces ~4 decir|decirles|decirle|poner|pedir|pedirles|repetir|repetirles|mandar|escribir|contestar|dicho|pedido|puesto|escrito|mandado ~4 [no|baja|UNSUB|CEASE|stop|paren]',
      'que ~1 parte ~2 [no]',
    ],
    'cannot-unsubscribe': [
      '[UNSUB] ~3 NEG funciona|sirve|deja',
      'link|enlace|botón|opción ~2 baja ~1 no',
      'di|dado|dieron ~2 baja ~9 siguen|sigo|todavía|aún|y|pero|llegan',
      'desuscribí|suscribí ~9 siguen|sigo|todavía',
    ],
  },
  shields: ES_SHIELDS,
  stops: ES_STOPS,
};
