import { OTHER_SENDERS, REPRESENTATIVES } from './others.js';
import type { Words } from './words.js';

/** French; what is elided before an apostrophe is a word of its own. */
export const FR: Words = {
  LANGUAGE: `le la les l un une des du de d et est sont c ce cette ces je j tu il elle on nous vous ils me m te t se s mon ma mes
    votre vos ton ta tes son sa ses pas plus ne n que qu qui quoi quand où comment pourquoi pour par avec sans sur dans en au
    aux à y oui non merci bonjour svp plaît si mais ou très ai as avez avons suis êtes été être peux pouvez veux voulez`,
  ME: 'me m nous moi',
  MY: 'mon ma mes notre nos',
  I: 'je j jai jveux jpeux nous',
  THEY: 'il elle ils elles on mari femme mère père fils fille patron ami amie quelqu',
  OTHERS: 'lui leur',
  NEG: 'pas plus jamais aucun aucune aucuns aucunes rien pa ni',
  NE: 'ne n',
  MORE: 'plus encore davantage désormais dorénavant jamais nouveau',
  TOTAL: 'tout',
  WANT: `veux veut voulons voudrais souhaite souhaitons souhaiterais désire aimerais accepte autorise consens intéresse intéressé
    intéressée intéressés intéressent besoin envie veu souhaiterai demande demandé`,
  MSG: `message messages msg msgs sms texto textos mail mails email emails courriel courriels courrier courriers appel appels coup
    notification notifications notif notifs communication communications sollicitation sollicitations contact alertes rappels
    whatsapp whatsapps relance relances mms lettres envois envoi démarches prospectus enquête enquêtes sondage sondages questionnaire questionnaires textage`,
  AD: `pub pubs publicité publicités publicitaire publicitaires promo promos promotion promotions promotionnel promotionnels
    promotionnelle promotionnelles offre offres réclame réclames démarchage prospection commercial commerciale commerciaux
    commerciales marketing newsletter newsletters infolettre infolettres annonces soldes bons_plans réductions propagande campagne campagnes pubes soldes`,
  SPAM: 'spam spams merde merdes conneries saloperies bêtises trucs truc pourriel pourriels indésirables indésirable',
  LIST: `liste listes fichier fichiers base bases répertoire système registre registres diffusion contacts abonnés mailing listing
    listings carnet abonnement`,
  NUMBER: 'numéro num numéros téléphone tél portable mobile tel',
  DATA: 'données donnée coordonnées informations infos profil nom adresse email mail contact',
  CONSENT: 'consentement autorisation accord permission approbation',
  LAW: 'rgpd gdpr cnil bloctel droit',
  THESE: 'ça ca cela ceci ces cet cette ce',
  NOTHING: 'rien',
  SPAM_WORD: 'spam spams',
  HARASS: 'harcèlement',
  NOW: 'maintenant immédiatement',
  RECEIVED: 'reçu reçus reçois recois reçoit eu arrivé',
  CEASE: 'stop stopper stoppez stoppe cesse cesser cessez arrête arrêtes arrêter arrêtez arrêté arret halte',
  CONTACT: `contact/é appel/é appell/é écrire écris écrit écrivez écrives écrive mécrire mécrivez mécris mécrivé
    téléphon/é harcel/é harcèl/é dérang/é embêt/é embêtt/é importun/é ennuy/é ennui/é emmerd/é spamm/é spam/é sollicit/é relanc/é
    démarch/é inond/é bombard/é textot/é joign/é joindre rejoindre recontact/é rappel/é prospect/é saoûl/é soûl/é
    gonfl/é cass/é text/é`,
  SEND: `envoy/é envoi envoie envoies menvoie menvoi adress/é transmettre transmettez transmett/é expédi/é balanc/é faire_parvenir
    pass/é`,
  TO_RECEIVE: 'recevoir reçevoir avoir voir entendre lire',
  REMOVE: `supprim/é effac/é retir/é enlev/é ôt/é ray/é rayé radi/é sortir sortez sors élimin/é exclu/é désabonn/é désinscrire
    oubli/é détruire détruisez`,
  REMOVED:
    'supprimé supprimée effacé retiré retirée désabonné désabonnée désinscrit désinscrite enlevé radié rayé',
  UNSUB: `désabon* désinscri* désinscript* unsubscribe désouscri* désengag* mdésabonner mdésinscrire`,
  CANCEL: 'annul/é résili/é désactiv/é résiliation',
  KEEP: 'continuez continue continuer continuent toujours encore sans_cesse jour constamment persistez arrêtez_pas',
  SAY: 'dit disait écrit répondu envoyé demandé répète dis tapé',
  FILL: `svp s il vous te plaît plait stp merci maintenant tout de suite bonjour bonsoir salut ça cela vite immédiatement maintenant ok
    non bon alors et mais allez enfin vraiment une fois pour toutes messieurs madame monsieur cordialement beaucoup`,
  PLEASE: 'svp plaît merci stp veuillez prière',
  TIME: `aujourd hui demain matin soir après avant jusqu pendant lundi mardi mercredi jeudi vendredi samedi dimanche heure heures midi
    tant instant moment nuit`,
  /** What businesses send that nobody can hold in hands. */
  TOPIC: `enquête enquêtes sondage sondages horoscope horoscopes loterie tombola concours dons paris invitations rappels alertes propagande promos offres bons conseils pronostics tracts ventes notifs campagnes démarchage prières annonces nouveautés`,
  THING: `commande commandes facture factures reçu reçus code codes colis carte cartes relevé relevés billet billets lien photo photos
    image images devis remboursement livraison article produit produits passe pin contrat contrats formulaire document
    documents résultat résultats ordonnance argent paiement paiements livreur technicien réponse confirmation canapé poussette vélo robe chaussures veste sac sauce fromage oignons olives sucre lait pain riz ketchup mayo couverts serviettes frigo matelas lampe imprimante batterie chargeur clé clés garantie dessert vin café coussin tapis tente armoire lit meuble meubles cadeau croûtons piment glaçons`,
  SERVICE: `commande commandes rdv rendez réservation vol billet carte paiement virement contrat adhésion forfait assurance mutuelle
    livraison colis voyage chambre table cours séance consultation chèque prélèvement compte salle gym attente achat panier
    box ligne service netflix électricité eau gaz hôtel visite inscription crèche école cantine dentiste médecin opération vaccin entretien bail loyer massage réparation entraînement magazine journal taxi dîner déjeuner yoga piscine judo coiffeur fête`,
  LAUGH: 'mdr ptdr lol haha hihi xd mort morte',
  SWEAR: 'putain merde foutus foutu foutue bordel chier connards connard cons enfoirés salauds purée',
  WHO: `ex patron patronne voisin voisine voisins frère sœur fils fille chien chat collègue propriétaire mari femme mère père copain copine bébé ami amie prof livreur`,
  SENDER: OTHER_SENDERS,
  REPRESENTATIVE: REPRESENTATIVES.fr,
};
