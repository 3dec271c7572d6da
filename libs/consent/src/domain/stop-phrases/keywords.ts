import type { KeywordAction, Language } from './recognised.js';

/**
 * What a whole message may consist of to be a keyword. English: the list of 47 CFR 64.1200(a)(10) and of the CTIA, with the
 * REMOVE of some carriers, in their spellings; the other languages: what senders and carriers there print, and what says the
 * same. A keyword of several languages counts for the first here.
 *
 * YES is not among them: long codes of some US carriers take it for START, toll-free numbers do not, and in a conversation
 * it answers whatever the business asked last. What undoes a stop has to mean nothing else.
 */
export const KEYWORDS: Record<Language, Record<KeywordAction, string>> = {
  en: {
    STOP: `stop stopall stop2end stop2quit stop2stop unsubscribe unsubscribeall unsub end endall quit revoke revokeall optout
      optoutall cancel cancelall remove removeall delete`,
    START: `start startall unstop subscribe resubscribe optin`,
    HELP: `help info`,
  },
  de: {
    STOP: `abmelden abmeldung abmelde abbestellen abbestellung austragen aus ende beenden schluss halt aufhoren aufhoeren
      kundigen kuendigen kundigung kuendigung widerruf widerrufen widerspruch stornieren abbrechen loschen loeschen stopalle`,
    START: `starten anmelden`,
    HELP: `hilfe`,
  },
  es: {
    STOP: `baja darbaja darmedebaja darsedebaja dardebaja demedebaja denmedebaja damedebaja alto parar para pare paren detener
      detengan detenganse cancelar cancela cancele cancelen anular fin finalizar terminar salir desuscribir desuscribirse
      desuscribirme desuscribanme desuscribeme desuscripcion borrar eliminar revocar suspender basta nomas`,
    START: `iniciar comenzar empezar alta`,
    HELP: `ayuda informacion`,
  },
  fr: {
    STOP: `arret arreter arrete arretez desabonner desabonne desabonnez desabonnement desabonnermoi desabonnezmoi sedesabonner
      medesabonner desinscrire desinscription sedesinscrire medesinscrire resilier annuler supprimer retirer quitter terminer
      revoquer stoptout toutarreter`,
    START: `demarrer commencer reprendre reabonner`,
    HELP: `aide`,
  },
  pt: {
    STOP: `sair descadastrar descadrastar descadastre descadastro descadastrarme descadastramento desinscrever desinscreverme desinscricao
      parem chega fim encerrar desativar interromper excluir apagar remover revogar cancelarinscricao cancelarassinatura
      cancelarsubscricao`,
    START: `comecar`,
    HELP: `ajuda informacao`,
  },
};

/** Slips of the thumb in keywords too short to be corrected by distance; not `stp` (please, in French) and not `top`. */
export const MISTYPED: Record<'stop' | 'quit' | 'end' | 'baja' | 'sair', string> = {
  stop: 'stpo sotp tsop stip sto stol stob sop atop dtop srop syop sytop sdtop satop stiop stoip stopo stpop stopl stops',
  quit: 'qiut qut',
  end: 'edn',
  baja: 'bja',
  sair: 'siar',
};

/** Words one slip away from a keyword that mean something else. */
export const NO_KEYWORDS = `cancer remote removed deleted canceled cancels quitar auftragen loschten terminal termine terminei termina termino termines`;

/** What people put around a keyword without meaning anything more. */
export const FILLERS = `please pls plz plse pleas pleaz kindly now thanks thank you thx ty tks cheers ok okay hi hey hello dear
  just sms text immediately asap already right away sir madam today bye
  bitte bite jetzt sofort danke dankeschon dankeschoen vielen dank hallo guten tag mfg lg endlich einfach mal
  por favor porfavor porfa porfis xfa xfavor pf pfv plis gracias muchas ya ahora mismo hola buenas buenos dias tardes
  obrigado obrigada obg agora ja gentileza ola oi bom dia boa tarde urgente logo
  s il vous te plait plais svp stp merci maintenant tout de suite bonjour bonsoir salut vite`;
