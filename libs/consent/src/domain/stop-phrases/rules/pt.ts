import type { LanguageRules } from './language-rules.js';
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
      'deixa|deixe|deixem|deixar|deixarem|deixam ~1 [de]',
      'chega|basta|cansei|cansada|cansado ~1 [de|d|das|dessas|dos]',
      'abstenham|abstenha|abster ~1 se [de]',
    ],
    UNSUB: [
      'me|quero|como|pra|para|vou|favor|gostaria|pode|podem|poderia|pedi|queria ~4 [sair] ~3 LIST|grupo|MSG|AD|disso|dessa|desse|daqui',
      '^ ~1 quero|queria|gostaria ~1 [sair] $',
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
  certain: {
    'cease-contacting': [
      'não|n param|para|parou|pararam ~1 de ~1 TO_CONTACT|TO_SEND|SEND_ING|CONTACT_ING|me',
      'parar|deixar de TO_RECEIVE ~4 MSG|AD|SPAM|NOTHING|MORE|THESE',
      'parar|deixar de TO_RECEIVE $',
    ],
    'cancel-messages': [
      'CANCEL|TO_CANCEL|CANCEL_S ~3 AD|newsletter',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 as|os|essas|esses|todas|MY|o ~1 MSG|envio|recebimento',
      'CANCEL|TO_CANCEL|CANCEL_S ~2 assinatura|inscrição|subscrição ~3 MSG|AD|LIST|newsletter',
    ],
    'said-stop': [
      'disse|falei|mandei|respondi|pedi|digo|escrevi|enviei|repito|avisei|pedimos|pedindo|digitei|coloquei ~5 [CEASE|UNSUB|sair|pararem|parar|pare|parem|não|stop]',
      'qual ~1 parte ~3 [não|sair]',
    ],
    'cannot-unsubscribe': [
      '[UNSUB] ~3 não funciona',
      'link|botão|opção ~2 UNSUB|descadastro|cancelamento ~2 não|n',
      'descadastrei|cancelei|desinscrevi|saí ~9 continuam|continuo|ainda|mas|continua|recebendo',
    ],
  },
  shields: {
    'cannot-help-it': [
      'não ~2 consigo|consegui|posso|consegue|dá ~2 parar|deixar|para [CEASE]',
      'não ~2 consigo|consegui|posso|consegue|dá ~2 [parar|deixar]',
      'não|nunca|n ~1 ME? param|para|paro|pare|parem|parou|deixem|deixe|deixa|deixo|parar [CEASE]',
      '[não|nunca|n] ~1 ME? param|para|paro|pare|parem|deixem|deixe|deixa|deixo|parar CEASE',
      'não|nunca|n ME? [para|parem|pare|paro|parar|cesse]',
      'dor|bebê|chuva|febre|sangramento|tosse|barulho|filho ~3 [CEASE|para|parar|parou]',
      'posso|devo|tenho|quando|preciso ~2 [parar|deixar]',
      'posso|devo|tenho|quando|preciso|mandou|disse ~3 parar|deixar [CEASE]',
      'parei|parou [de|CEASE]',
      'eu|ele|ela parar|paro [CEASE]',
    ],
    'a-purpose': [
      '[para] TO_CONTACT|TO_SEND|TO_RECEIVE|mim|o|a|as|os|que|hoje|amanhã|quando|um|uma|mandar|quem|qual|minha|meu|ele|ela|ver|saber|fazer|nos|cima|onde|viagem|duas|dois|três',
      'é|eh|era|serve|obrigado|algo|nada|tempo|espaço|pronto|hora|presente|vai|vou|saiu [para]',
      '[para] ~2 perto|aqui|ali|lá',
      'a|na|uma|de|da|próxima|última [parada]',
      'no|fim|o|ao|do [fim|final]',
      'quando|que|só|já|onde|encomenda|pedido ~1 [chega] ~1 $',
      '[chega] que|hoje|amanhã|quando|até|quantas|as|logo|em|na|no',
      '[sair] ~1 de|agora|hoje|cedo|com|da|do casa|trabalho|escola|aqui|férias',
      'vou|posso|vamos|pretendo|preciso ~1 [sair]',
      '[basta] um|uma|só|apenas|que',
    ],
    'in-the': [
      '[no] meu|seu|zap|whats|whatsapp|email|celular|número|site|app|insta|instagram|dia|mês|cartão|telefone|nome|fim|final|azul|crédito|pix|próximo|momento|endereço|domingo|sábado|carrinho|outro',
    ],
    'not-received': [
      '[NEG|NO_MORE|não|nenhuma|nenhum] ~3 RECEIVED',
      'recebi|recebo|recebeu|chegou|RECEIVED ~1 [nenhuma|nenhum|NO_MORE|mais]',
      'não|nem|nunca|ainda ~3 recebi|recebo|recebemos|recebeu|chegou|chegam|chega|chegaram|veio ~3 [NEG|nenhum|nenhuma|MORE|NO_MORE]',
      'porque|por que|quê [não] ~1 ME',
      'tem|há|tenho|temos|existe|vejo|aparece ~3 [NEG|nenhum|nenhuma|NO_MORE|mais]',
      '[não|n] ~1 tem|há|tenho|temos|vejo|aparece ~2 MSG|AD|THING',
    ],
    'states-it': [
      'ele|ela|você|vocês|vc|vcs|eles|app|site|entregador|técnico|motorista|ninguém|eu|doutor|doutora|marido ~1 [no|não|nunca|n|NO_MORE] ~1 ME',
      '[não|nunca|n] ME mandou|mandaram|ligou|ligaram|enviou|enviaram|chamou|responde|respondeu|retornaram',
    ],
    'this-thing': [
      '[NEG|NO_MORE|não] ~2 SEND|TO_SEND|SEND_S|CONTACT ~4 THING',
      '[NEG|NO_MORE] ~2 WANT ~4 THING|vestido|sacola|esperar|pagar|incomodar|perder|ir|comprar|atrapalhar|trocar|cebola',
      '[NEG|NO_MORE] THING|dúvidas|problema|obrigado|tempo|dinheiro|tem|precisa|preciso|perguntas',
      '[não|NO_MORE] ~1 preciso|precisa|vou|funciona|consigo|sei|serve ~3 mais',
      '[REMOVE|TO_REMOVE] ~4 antigo|antiga|THING|anterior|item|cobrança|salvo|queijo',
      '^ mais [nada] $',
      'nada [mais] $',
    ],
    'for-now': [
      '[NEG|não|n] ~2 CONTACT|TO_CONTACT|CONTACT_S ~5 TIME|agora',
      '[não|n] ~1 ME? ligue|liguem|liga ~1 agora|hoje|antes',
      '[não|n] toque|perturbe|incomode ~~4 campainha|dormindo|bebê',
    ],
    'rather-so': [
      '[NEG|não|n] ~1 ME? CONTACT|CONTACT_S ~~3 manda|mande|escreve|escreva|chama|melhor|prefiro|envia|envie|mandem',
    ],
    'of-a-service': [
      '[CANCEL|TO_CANCEL|CANCEL_S] ~5 SERVICE',
      '[UNSUB|REMOVE|TO_REMOVE] ~5 SERVICE|espera|foto|comentário',
      '[LIST] de espera',
      'LIST de [espera]',
      '[parem|parar|pare|suspendam|interrompam] ~3 SERVICE|THING',
      '[CEASE] ~2 SERVICE|THING|tomar|beber|comer|fumar|chover|rir|trabalhar|comprar|funcionar|correr|chorar|doer|tossir',
      '[CONSENT] ~2 cirurgia|informado|operação',
    ],
    'stay-subscribed': [
      'não|nunca|n ~1 ME ~1 [UNSUB|REMOVE]',
      'não|nunca ~3 quero|me ~2 [UNSUB|sair]',
      '[UNSUB|REMOVED] ~4 engano|erro|querer',
      'engano|erro ~3 [UNSUB|REMOVED]',
      'porque|por ~4 [UNSUB|REMOVED]',
    ],
    'in-peace': [
      'deixa|deixe|deixem [na|com|o|a|no|eu|meu|minha]',
      'me [deixa|deixe] pensar|ver|saber',
      'deixa [quieto] ~~3 já|resolvi',
      'tira|tirar|tire [uma] dúvida',
    ],
    'wrong-thing': [
      'coloquei|digitei|passei|dei|escrevi|meu|informei|cadastrei|botei|mandei ~4 [WRONG]',
      'número do|da|de ~2 [WRONG|errado|errada]',
      '[WRONG] ~4 certo|correto',
      'número ~1 do|de|da ~1 THING ~3 [errado|WRONG|errada]',
    ],
    'is-it-spam': [
      '[SPAM_WORD|SPAM] ou',
      'no|na|como|em|pro|para ~1 [SPAM_WORD|SPAM]',
      'ou ~2 [SPAM_WORD]',
      'não ~2 [SPAM_WORD]',
    ],
    liked: [
      'adoro|amo|gosto|adorei|amei|curto|boa|boas|legal|ótima ~4 [AD|MSG|SPAM]',
      'trabalho|agência|empresa ~3 [AD]',
      'LAUGH ~~2 [CEASE|para|chega|pare]',
      '[para|pare|chega|CEASE] ~~2 LAUGH',
    ],
  },
  stops: PT_STOPS,
};
