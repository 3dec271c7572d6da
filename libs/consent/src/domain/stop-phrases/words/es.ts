import { OTHER_SENDERS, REPRESENTATIVES } from './others.js';
import type { Words } from './words.js';

/** Spanish, of Spain and of the Americas. */
export const ES: Words = {
  LANGUAGE: `el la los las un una unos unas y es son de del que en a al por para con sin me mi mis te tu su sus le les lo se no si
    sí más ya muy pero como cómo cuándo dónde qué quién hola gracias favor quiero puede pueden está están estoy soy he ha hay este
    esta esto eso ese esa estos esos`,
  ME: 'me nos mi mí m',
  MY: 'mi mis nuestro nuestra nuestros nuestras',
  I: 'yo nosotros',
  THEY: 'él ella ellos esposo esposa marido mujer mamá papá hijo hija jefe amigo amiga',
  OTHERS: 'le les',
  NEG: 'no nunca jamás tampoco ni nomás',
  AGAIN: `volver volverme vuelva vuelvas vuelvan volváis volvás vuelven siga sigas sigan sigáis continúe continúes continúen continuéis insista insistas
    insistan insistáis anden andes estén estés estéis persistan persista`,
  /** First names in small letters, as people write them: whoever is not called so was not meant. */
  NAME: `maría carmen josé juan pedro luis carlos jorge miguel ana laura marta lucía pablo javier sergio diego andrés antonio
    manuel francisco alejandro fernando ricardo roberto eduardo raúl patricia claudia gabriela daniela sofía elena lorena
    verónica mónica gonzalo rodrigo paco pepe`,
  MORE: 'más mas nunca jamás adelante',
  TOTAL: 'todo',
  WANT: `quiero queremos quisiera deseo deseamos quería necesito necesitamos gusta gustaría interesa interesan pedí pido acepto
    autorizo autorizado consiento permito solicité pedimos kiero qiero qero quero pienso pretendo quise kiero kero`,
  MSG: `mensaje mensajes mensages mensajitos msj msjs msjes mjs msg sms correo correos email emails mail mails llamada llamadas
    llamaditas notificación notificaciones comunicación comunicaciones whatsapp whatsapps wasap wasaps wsp wpp avisos
    recordatorios alertas textos cartas mensajería contacto comunicados encuesta encuestas invitaciones cuestionarios mensaj`,
  AD: `cupón publicidad publicidades publi publicitario publicitarios publicitaria publicitarias anuncio anuncios promoción promociones
    promos promo promocional promocionales oferta ofertas propaganda propagandas descuentos marketing mercadeo boletín boletines
    newsletter newsletters comercial comerciales campañas cupones propagandas volantes`,
  SPAM: 'spam basura porquería porquerías mierda mierdas mamadas chingaderas pendejadas boludeces tonterías cosas huevadas',
  LIST: `lista listas listado listados base bases sistema sistemas registro registros agenda directorio suscripción contactos fichero
    ficheros difusión`,
  NUMBER: 'número numero núm nro num teléfono celular cel móvil tel fono',
  DATA: 'datos dato información perfil nombre correo email contacto dirección',
  CONSENT: 'consentimiento autorización permiso aprobación consentimientos',
  LAW: 'rgpd gdpr lopd lopdgdd aepd profeco robinson reus condusef arco habeas sernac indecopi',
  THESE: 'esto eso estos esos estas esas este ese',
  NOTHING: 'nada',
  DAR: 'dar darme darnos darse denme déme dame danme dennos darle doy dado dadme',
  SPAM_WORD: 'spam',
  HARASS: 'acoso hostigamiento',
  NOW: 'ya ahora inmediatamente',
  RECEIVED: 'recibí recibido recibimos llegó llegado llega llegan recibo',
  CEASE: 'stop basta cesen cese cesar paren pare parad',
  CONTACT: `escrib/ir llam/ar contact/ar molest/ar fastidi/ar jod/er acos/ar spame/ar bombarde/ar textear mensaje/ar whatsape/ar
    comunic/ar hostig/ar insist/ir jorob/ar ching/ar incordi/ar atosig/ar importun/ar comuniquen
    comunique comunicarse hinch/ar rompan timbr/ar marc/ar hables hablen hablarme`,
  SEND: 'mand/ar envi/ar remit/ir pas/ar embiar embien embie embies manden mandes mande reenvi/ar',
  RECEIVE: 'recib/ir reciv/ir resib/ir resiv/ir lleg/ar',
  TO_RECEIVE: 'ver saber oír tener',
  REMOVE: `elimin/ar borr/ar sac/ar quit/ar remuev/er remov/er retir/ar suprim/ir exclu/ir excluy/ir cancel/ar supriman borrado
    bájenme bajenme bajame quítenme sáquenme sáqueme sacáme borráme elimíneme dadme kit/ar`,
  REMOVED: 'eliminado eliminada borrado borrada eliminados borrados eliminen dado dada',
  UNSUB: `desuscrib* desuscrip* desubscrib* desinscrib* dessuscrib* desafili* desapunt* desapúnt* desvincul* anular_suscripción
    unsubscribe`,
  CANCEL: 'cancel/ar anul/ar desactiv/ar revoc/ar',
  KEEP: 'siguen sigue sigan siga sigas seguir siempre continúan continúen continúe constantemente diario cada insisten vuelvan',
  SAY: 'dije dijo dice dicen digo escribió puse mandé pedí pido repito respondí contesté envié',
  FILL: `por favor porfa porfavor porfis xfa xfavor plis pf x fa ya ahora mismo gracias muchas hola buenas buenos días tardes noches oye oigan
    bueno pues esto eso amigo amigos señores ok okay no nada urgente inmediatamente de una vez tanto entonces y pero ay dios mío muy amable`,
  PLEASE: 'favor porfa porfavor xfa xfavor porfis plis pf',
  TIME: `hoy mañana noche tarde tardes antes después hasta mientras durante lunes martes miércoles jueves viernes sábado domingo hora
    horas ahorita rato momento`,
  /** What businesses send that nobody can hold in hands. */
  TOPIC: `encuesta encuestas horóscopo horóscopos rifa rifas sorteo sorteos donación donaciones donativos apuestas recordatorios invitaciones propaganda promos promociones cupones avisos alertas consejos novedades ofertas descuentos préstamos campañas boletines volantes cadenas oraciones`,
  THING: `pedido pedidos factura facturas recibo recibos código códigos paquete paquetes tarjeta tarjetas estado ticket boleto enlace
    link foto fotos imagen presupuesto reembolso entrega producto productos artículo contraseña clave pin contrato contratos
    formulario documento documentos resultado resultados receta recetas dinero pago pagos repartidor técnico respuesta
    confirmación`,
  SERVICE: `hospital pedido pedidos cita citas turno turnos orden órdenes reserva reservación vuelo boleto boletos tarjeta pago transferencia
    contrato membresía línea plan seguro póliza envío entrega viaje habitación mesa clase curso consulta cheque domiciliación
    cuenta gimnasio gym espera compra carrito luz gas agua internet servicio netflix suscripción médica hotel chat colegio`,
  LAUGH: 'jaja jajaja jajajaja jeje jejeje jiji xd lol',
  SWEAR: `puto puta putos putas pinche pinches jodido jodidos jodida maldito malditos maldita mierda carajo coño cabrones pendejos
    joder hijueputa`,
  WHO: `ex jefe jefa vecino vecina vecinos hermano hermana hijo hija perro gato colega dueño esposo esposa marido mamá papá madre padre novio novia bebé amigo amiga profe repartidor suegra`,
  SENDER: OTHER_SENDERS,
  REPRESENTATIVE: REPRESENTATIVES.es,
};
