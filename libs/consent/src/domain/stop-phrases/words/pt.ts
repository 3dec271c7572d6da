import { OTHER_SENDERS, REPRESENTATIVES } from './others.js';
import type { Words } from './words.js';

/** Portuguese, of Brazil first and of Portugal. */
export const PT: Words = {
  LANGUAGE: `vai some o a os as um uma uns umas e é são do da dos das no na nos nas em ao aos à por para com sem me meu minha meus minhas seu
    sua seus suas vocês você voce vcs vc que não nao sim mais mas muito como quando onde quem qual já pra pro isso esse essa
    este esta eu ele ela eles oi olá obrigado obrigada favor quero pode podem tá estou está sou ser foi tem tenho`,
  ME: 'me nos mim nós mi',
  MY: 'meu minha meus minhas nosso nossa',
  I: 'eu nós',
  THEY: 'ele ela eles marido esposa mulher mãe pai filho filha chefe amigo amiga',
  OTHERS: 'lhe lhes',
  NEG: 'não nao nunca jamais nem n ñ naum num',
  AGAIN: `volte voltem voltes volta fique fiquem fiques fica continue continuem continues torne tornem tornes insista insistam insistas
    ande andem esteja estejam`,
  /** First names in small letters, as people write them: whoever is not called so was not meant. */
  NAME: `maria josé joão ana antônio carlos paulo pedro lucas luiz luis marcos gabriel rafael daniel marcelo bruno eduardo felipe
    fernanda juliana patrícia aline camila amanda letícia jéssica beatriz larissa vanessa mariana rodrigo ricardo fábio
    gustavo tiago thiago rui nuno sofia inês joana`,
  MORE: 'mais + novamente nunca jamais adiante',
  TOTAL: 'tudo',
  WANT: `quero queremos queria desejo desejamos gosto gostaria preciso interessa interesso interesse aceito autorizo autorizei
    consinto permito pedi peço solicitei kero qero qro quer pretendemos faço_questão pretendo tenho_interesse concordo kero kro`,
  MSG: `mensagem mensagens mensajem mensajens mensagen mensage menssagem msgns msgn msg msgs mensagenzinha sms torpedo torpedos email emails mail mails ligação ligações telefonema telefonemas
    chamada chamadas notificação notificações comunicação comunicações comunicado comunicados whatsapp whats zap zaps wpp avisos
    alertas lembretes contato contatos contacto contactos textos correspondência pesquisa pesquisas inquérito inquéritos enquete enquetes lembrete`,
  AD: `cupom propaganda propagandas publicidade publicidades publicitário publicitária publicitárias publicitários anúncio anúncios promoção
    promoções promos promo promocional promocionais oferta ofertas descontos divulgação divulgações marketing newsletter
    newsletters comercial comerciais campanhas cupons telemarketing boletim informativos informativo reclame reclames`,
  SPAM: 'spam spams lixo porcaria porcarias merda merdas bosta droga coisas besteira besteiras bagulho',
  LIST: `lista listas base bases banco sistema sistemas cadastro cadastros registro registros registo registos agenda contatos
    contactos mailing transmissão distribuição grupo inscrição ficheiro ficheiros`,
  NUMBER: 'número numero num nº telefone celular telemóvel cel fone tel',
  DATA: 'dados dado informações informação perfil nome email cadastro contato contacto',
  CONSENT: 'consentimento autorização permissão aprovação',
  LAW: 'lgpd rgpd anpd procon anatel gdpr perturbe cnpd',
  THESE: 'isso isto esses essas estes estas esse essa',
  NOTHING: 'nada',
  SPAM_WORD: 'spam',
  HARASS: 'assédio perturbação',
  NOW: 'já agora imediatamente',
  RECEIVED: 'recebi recebido recebemos chegou chegado recebo recebendo',
  CEASE: 'stop chega basta cessem cesse parem pare',
  CONTACT: `lig/ar telefon/ar contat/ar contact/ar escrev/er escreve incomod/ar perturb/ar encher encham enche importun/ar aborrec/er
    aborreç/er chate/ar atorment/ar spam/ar bombarde/ar cham/ar procur/ar abord/ar assedi/ar azucrin/ar atazan/ar manda liga
    chama perturba incomoda chatear chateie chateies chateiem chateiam torr/ar torra`,
  SEND: 'mand/ar envi/ar remet/er passem encaminh/ar dispar/ar mandem manda envia encaminha',
  RECEIVE: 'receb/er reçeb/er cheg/ar',
  TO_RECEIVE: 'ver saber ouvir ter',
  REMOVE: `remov/er exclu/ir exclua excluam apag/ar tir/ar retir/ar delet/ar elimin/ar risc/ar tira deleta apaga exclui retira remove
    cancel/ar limp/ar`,
  REMOVED:
    'removido removida excluído excluída apagado apagada retirado retirada descadastrado descadastrada deletado',
  UNSUB:
    'descadastr* descadrast* discadastr* desinscrev* desinscri* desassin* desvincul* descredenci* unsubscribe desinscriç* desubscrev*',
  CANCEL: 'cancel/ar cancela desativ/ar desativa encerrar revog/ar revogo',
  KEEP: 'continuam continua continuem fica ficam sempre insistem toda todo dia direto vivem insiste fiquem',
  SAY: 'disse digo dizia diz escreveu respondi mandei pedi falei falou repito enviei',
  FILL: `por favor porfavor pf pfv pfvr já agora mesmo obrigado obrigada obg oi olá bom dia boa tarde noite gente isso isto ok logo então e
    mas gentileza imediatamente urgente pelo amor de deus caramba porra pessoal moço moça senhores né aí faz se viu`,
  PLEASE: 'favor pfv pf pfvr gentileza porfavor',
  TIME: `hoje amanhã agora_não noite tarde antes depois até enquanto durante segunda terça quarta quinta sexta sábado domingo hora
    horas horário manhã momento`,
  /** What businesses send that nobody can hold in hands. */
  TOPIC: `pesquisa pesquisas inquérito inquéritos horóscopo horóscopos rifa rifas sorteio sorteios doação doações donativos apostas lembretes convites propaganda promoções cupons avisos alertas dicas novidades ofertas descontos empréstimos campanhas newsletters santinhos panfletos correntes vagas`,
  THING: `pedido pedidos fatura faturas boleto boletos recibo recibos nota código códigos pacote encomenda encomendas cartão cartões
    extrato ingresso passagem link foto fotos imagem orçamento reembolso entrega produto produtos artigo item senha pin contrato
    contratos formulário documento documentos resultado resultados exame receita dinheiro pagamento pagamentos entregador
    técnico resposta confirmação comprovante pix`,
  SERVICE: `pedido pedidos consulta consultas agendamento compra encomenda reserva voo passagem cartão pagamento transferência contrato
    linha plano seguro apólice entrega viagem quarto mesa aula curso cheque débito conta academia ginásio espera carrinho luz
    água internet serviço netflix assinatura mensalidade matrícula hotel boleto visita`,
  LAUGH: 'kk kkk kkkk rs rsrs rsrsrs haha hahaha huahua lol',
  SWEAR: `porra caralho merda puta putas bosta droga maldito malditos maldita desgraça desgraçados foda cacete saco inferno`,
  WHO: `ex chefe vizinho vizinha vizinhos irmão irmã filho filha cachorro gato colega dono marido esposa mãe pai namorado namorada bebê amigo amiga professor entregador sogra`,
  SENDER: OTHER_SENDERS,
  REPRESENTATIVE: REPRESENTATIVES.pt,
};
