import type { Rules } from './language-rules.js';

/** What asks in Portuguese to be spared one kind of message: surveys, appeals, offers. No shield takes it back. */
export const PT_REQUESTS: Rules = {
  'stop-asking': [
    'CEASE ~1 me|nos? pedir|perguntar|implorar|mendigar|convidar|pedirem',
    'NEG|NO_MORE ~1 ME peçam|peça|peças|pede|pergunte|perguntem|convidem|convide',
    'NEG|NO_MORE ~1 peçam|peça|pede ~1 me? ~2 mais|dinheiro|doação|doações|voto|donativos|contribuição',
    'não|n ~1 vou|quero|pretendo ~1 doar|votar|comprar|avaliar ~4 CEASE|NEG|parem|pare|para|chega',
  ],
  'stop-offering': [
    'CEASE ~1 me|nos? oferecer|vender|empurrar|tentar|querer|oferecerem|venderem',
    'NEG|NO_MORE ~1 ME? ofereçam|ofereça|ofereças|oferece|vendam|venda|vende ~1 me? ~2 mais|nada|seguro|isso|AD',
    'não|n|nem ~1 tenho|temos|uso|usamos|dirijo|preciso ~5 CEASE|NEG|NO_MORE|parem|pare|para ~3 oferecer|ofereçam|mandar|mandem|enviar|enviem|vender|MSG|AD|SEND|CONTACT|TO_SEND',
    'não|n|nem ~1 vale|adianta ~2 pena? ~2 continuarem|continuar|insistir|insistirem|insistam|mandarem|mandar|a',
    'parem|para|pare|deixem|deixa de ~1 oferecer|vender',
  ],
  'spare-me': [
    'poupem|poupe|poupa ~1 ME',
    'poupem|poupe|poupa ME ~2 MSG|AD|SPAM|das|dos|essas',
    'sem|chega|nada|basta ~1 de|mais ~2 pesquisa|pesquisas|enquete|enquetes|inquérito|inquéritos|lembrete|lembretes|convites|questionários|doações|santinho|santinhos|panfletos|campanhas',
    'não quero ~2 pesquisa|pesquisas|enquete|enquetes|inquérito|inquéritos|lembrete|lembretes|convites|questionários|doações|santinho|santinhos|panfletos|campanhas',
    'NEG|NO_MORE ~2 WANT|receber ~3 pesquisa|pesquisas|lembrete|lembretes|inquéritos|convites|questionários|campanhas|promos|nenhuma|nenhum $',
    'guardem|guarde|guarda|fiquem|fique ~2 os|as|com|seus|suas|vossas|vossos ~2 MSG|AD|SPAM',
    'podem|pode|podes ~1 guardar|enfiar|ficar ~3 MSG|AD|SPAM',
    'não|n ~1 quero nada ~1 vosso|vossa|seu|de',
    'não|n ~1 quero ~1 ficar ~1 recebendo|a',
    'tem|há|dá|teria ~1 como|jeito|para|pra|forma ~1 de? ~1 não|n|parar|deixar ~1 ME? ~1 de? ~1 mandar|enviar|receber|mandarem|enviarem|TO_SEND|TO_RECEIVE|TO_CONTACT',
    'CEASE ~2 spam|pub|reclame|reclames',
    'para|parem|pare ~1 de|com ~2 spam|spams|palhaçada',
    'sem|chega|nada|basta ~1 de|mais ~2 TOPIC ~2 $',
    'sem mais TOPIC',
    'NEG|NO_MORE|não ~1 WANT ~1 receber|ver|mais|suas|essas|esses|as|os ~2 TOPIC ~3 $',
    'poupem|poupe ~3 TOPIC',
  ],
};

/** What asks to be taken out of something, or threatens, unless something shields it. */
export const PT_DEMANDS: Rules = {
  'take-out': [
    'me|nos tira|tire|tirem|remova|removam|exclui|exclua|excluam|retira|retire|retirem|apaga ~3 LIST|grupo|avisos|alertas|promoções|campanhas|contatos|lembretes|daí|disso|daqui|MSG|AD',
    'tira|tire|tirem|tirai|removam|retirem ~1 me? ~3 LIST|grupo|avisos|alertas|promoções|campanhas|contatos|lembretes|daí|disso|daqui',
    'deixa|deixe|deixem ~1 ME ~1 fora|de ~1 fora|das|dos|da|do',
    'deixem|deixe|deixa ~1 o? ~1 MY|meu NUMBER ~2 paz|sossego|sossegado|quieto',
    'larguem|largue|larga|larguem ME ~2 mão|pé',
    'sai|saiam|saia ~1 fora|daqui ~3 SPAM|AD|MSG|com|do',
    'fora do|da meu|minha ~1 NUMBER|whatsapp|zap|vida|celular',
    'favor|pode|podem|por ~2 excluir|remover|retirar|apagar|descadastrar $',
    'bloqueia|bloqueiem|bloqueie|bloquear ~1 meu|este|esse ~1 NUMBER ~4 sistema|vocês|vcs|base|AD|MSG|envio|aí',
    'engano|errado|cliente , ~3 excluir|remover|apagar|tirar|retirem|apaguem|excluam',
    'deixa|deixe|deixem ~1 fora das|dos|da|do ~1 TOPIC|AD|MSG|LIST',
    'me|nos descadastra|descadastrem|descadastre',
    'favor ~1 ME remover|excluir|tirar',
    'segunda|terceira|última vez que ~1 peço',
    'que ~1 essa|esta seja ~2 última',
    'lista de doadores|divulgação',
    'vocês|vcs ~1 estão ~1 me? confundindo',
    'queiram|queira removê|remover|apagar|retirar',
    'não ~1 consigo ~1 me? descadastrar',
  ],
  threaten: [
    'próxima|próximo|outra|mais ~1 uma? ~1 MSG ~6 advogado|procon|anatel|polícia|processo|justiça|denúncia|queixa|denuncio|bloqueio|LAW|deco',
    'denunciado|bloqueado|denunciados|bloqueados|denunciada|bloqueada ~1 e denunciado|bloqueado|denunciados|bloqueados|reportado',
    'comprei|doei|fui|usei ~2 uma|1 ~1 vez ~3 não|NEG|NO_MORE|chega|me ~2 MSG|AD|SEND|quero|preciso|tira|tirem|mandem|recebendo',
    'só|apenas ~1 comprei|usei|dei|passei ~5 não|n ~3 MSG|AD|receber|recebendo',
    'último aviso $',
    'medidas legais|cabíveis',
    'não ~1 são bem',
    'virou assédio|perturbação',
  ],
  'spare-me': ['CEASE ~3 TOPIC', 'parem|para|pare|chega ~1 com ~2 TOPIC'],
};
