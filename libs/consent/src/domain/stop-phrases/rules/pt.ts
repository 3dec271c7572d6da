import type { LanguageRules } from './language-rules.js';
import { PT_REQUESTS } from './pt-requests.js';
import { PT_SHIELDS } from './pt-shields.js';
import { PT_STOPS } from './pt-stops.js';

/** Portuguese. */
export const PT: LanguageRules = {
  phrases: {
    NO_MORE: [
      'não|nada|nunca|nem|n|num|naum [mais|mas]',
      'nem [mais]',
      '[nenhuma|nenhum] ~1 MSG|AD|contato',
      'não|n ~4 [mais] ~1 $',
    ],
    CEASE: [
      'para|pare|parem|parar|pararem|parassem|parando ~2 [de|com|d]',
      'deixa|deixe|deixem|deixar|deixarem|deixam|deixes|deixassem ~1 [de]',
      'larga|largue|larguem mão [de]',
      'evite|evitem|evitar ~1 [ME]',
      'acaba|acabem|acabe|corta|cortem|maneira|maneirem|manera|manerem|segura|sossega ~1 [com|nas|na|nos|no]',
      'chega|basta|cansei|cansada|cansado ~1 [de|d|das|dessas|dos]',
      'abstenham|abstenha|abster ~1 se [de]',
    ],
    UNSUB: [
      'me|quero|como|pra|para|vou|favor|gostaria|pode|podem|poderia|pedi|queria ~4 [sair] ~3 LIST|grupo|MSG|AD|disso|dessa|desse|daqui',
      '^ ~1 quero|queria|gostaria|qro|kero ~1 [sair] $',
      'como ~2 [saio] ~3 LIST|disso|daqui',
      'cancelar|cancela|cancele|cancelem|cancelo ~3 [inscrição|cadastro|subscrição]',
      '[sair] ~3 LIST',
      'cancelar|cancela|cancele|cancelem|anular ~2 [assinatura|subscrição] ~3 MSG|AD|LIST|newsletter',
    ],
    WRONG: [
      'número|telefone|pessoa|contato|contacto|celular|destinatário ~1 [errado|errada|trocado|enganado]',
      'enganou|enganaram|enganado|engano|errou|erraram|confundiu|confundiram|confundindo ~2 de|o|a|no ~1 [número|pessoa|telefone|contato]',
    ],
  },
  never: {
    'by-mistake': ['sair|UNSUB|CEASE|stop ~2 engano|querer|acidente', 'por engano ~2 sair|UNSUB'],
    'what-if': [
      'acontece ~1 se ~5 CEASE|UNSUB|sair|stop',
      'se eu responder|mandar|enviar|sair',
      'como ~1 denuncio|reporto|denunciar|reportar ~3 SPAM|SPAM_WORD|golpe',
      'quer|que dizer|significa ~2 UNSUB|CEASE|opt|sair|stop',
      'nunca|não ~1 recebi|recebemos|chegaram|chegou ~2 MSG ~3 mandem|manda|enviem|envie|ASKED',
    ],
    'of-others': [
      '^ ~2 meu|minha|o|a|meus|esse|essa WHO ~1 não? para|é|continua|param|liga|grita',
      'ele|ela|eles disse|falou|disseram|gritou ~6 paz|CEASE',
      '^ podem ME CONTACT|TO_CONTACT $',
      '^ ~1 fala|diz|diga|avisa pra|para ele|ela|eles não',
      'meu|minha WHO disse|diz|falou|fala|mandou ~1 pra|para|que ~2 CEASE|parar|deixar',
    ],
  },
  certain: {
    ...PT_REQUESTS,
    'wrong-number': [
      'não ~1 tem mais ~1 esse|este NUMBER',
      'aqui|cá não|n ~1 tem|há|existe|mora|trabalha|vive ~1 nenhum|nenhuma|ninguém [NAME]',
    ],
    block: [
      '[marquei|marco|marcando|denunciei|denuncio|denunciado|denunciando|reportei|marcado] ~2 SPAM_WORD',
    ],
    'refuse-contact': [
      'não|n é|eh para|pra|p ME [TO_CONTACT|TO_SEND|SEND|CONTACT]',
      'não|n é|eh para|pra|p ~1 [TO_CONTACT|TO_SEND|SEND|CONTACT] ~2 mais',
      'não|n|sem ~1 necessidade|preciso|precisa|precisam ~1 de? ~2 TO_SEND|TO_CONTACT|receber ~2 [MSG|AD|isso|nada]',
    ],
    'never-agreed': [
      'que direito|permissão|autorização ~3 [CONTACT_S|SEND_S|mandam|ligam]',
      'quem ~1 [autorizou] vocês|vcs|vc|a|que|ME|isso',
    ],
    'cease-contacting': [
      'não|n param|para|parou|pararam ~1 de ~1 TO_CONTACT|TO_SEND|SEND_ING|CONTACT_ING|me',
      'parar|deixar de TO_RECEIVE ~4 MSG|AD|SPAM|NOTHING|MORE|THESE',
      'parar|deixar de TO_RECEIVE $',
      'tem|há|teria|haveria|existe|qual como|jeito|maneira|forma ~2 não|n [TO_SEND|TO_CONTACT|TO_RECEIVE]',
      'como|onde|que ~4 paro|deixo|parar|deixar de TO_RECEIVE|TO_SEND',
      'não|n|NO_MORE precisa|precisam|precisava ~2 TO_SEND|TO_CONTACT|SEND|CONTACT ~2 [MSG|AD|NO_MORE|nada]',
      'vezes ~4 dizer|falar|pedir|repetir|mandar|responder|escrever|dito|falado|pedido ~4 [não|n|sair|UNSUB|CEASE|stop|parem]',
    ],
    'cancel-messages': [
      'CANCEL|TO_CANCEL|CANCEL_S ~3 AD|newsletter',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 as|os|essas|esses|todas|MY|o ~1 MSG|envio|recebimento',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 assinatura|inscrição|subscrição ~3 MSG|AD|LIST|newsletter',
    ],
    'said-stop': [
      'disse|falei|mandei|respondi|pedi|digo|escrevi|enviei|repito|avisei|pedimos|pedindo|digitei|coloquei|dito|falado|pedido|botei ~5 [CEASE|UNSUB|sair|pararem|parar|pare|parem|stop|removessem|tirassem|tirarem]',
      'disse|falei|pedi|digo|repito|avisei|pedimos|dito|falado|pedido|dizer|falar|repetir|dissemos ~2 que|q [não|n] ~1 $',
      'disse|falei|pedi|digo|repito|avisei|pedimos|dito|falado|pedido|dizer|falar|repetir ~2 que|q|pra|para [não|n] ~2 SEND|CONTACT|RECEIVE|TO_RECEIVE|TO_SEND|TO_CONTACT|SEND_S|CONTACT_S|MSG|AD',
      'disse|falei|respondi|disso [não] ~1 $',
      'qual ~1 parte ~3 [não|sair]',
    ],
    'cannot-unsubscribe': [
      '[UNSUB] ~3 não funciona',
      'link|botão|opção ~2 UNSUB|descadastro|cancelamento ~2 não|n',
      'descadastrei|cancelei|desinscrevi|saí ~9 continuam|continuo|ainda|mas|continua|recebendo',
    ],
  },
  shields: PT_SHIELDS,
  stops: PT_STOPS,
};
