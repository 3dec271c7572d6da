/** Phrases that press a reader to act at once: common to fraud by message in all languages. */
// prettier-ignore
export const URGENCY = [
  'act now', 'urgent', 'immediately', 'final notice', 'last warning', 'account will be closed',
  'account suspended', 'within 24 hours', 'verify your account', 'confirm your identity',
  'unusual activity', 'final reminder', 'sofort handeln', 'dringend', 'letzte mahnung', 'konto gesperrt',
  'konto wird gesperrt', 'innerhalb von 24 stunden', 'bestätigen sie ihre identität', 'letzte erinnerung',
  'ungewöhnliche aktivität', 'actúe ahora', 'urgente', 'último aviso', 'cuenta suspendida',
  'cuenta bloqueada', 'verifique su cuenta', 'confirme su identidad', 'en 24 horas', 'agissez maintenant',
  'dernier avis', 'dernier rappel', 'compte suspendu', 'compte bloqué', 'vérifiez votre compte',
  'sous 24 heures', 'confirmez votre identité', 'aja agora', 'conta bloqueada', 'conta suspensa',
  'verifique sua conta', 'em 24 horas', 'срочно', 'немедленно', 'счёт заблокирован', 'счет заблокирован',
  'карта заблокирована', 'подтвердите личность', 'عاجل', 'فوراً', 'فورا', 'تم تعليق حسابك', 'حسابك موقوف',
  'تأكيد هويتك', 'דחוף', 'מיידית', 'חשבונך נחסם', 'חשבונך הושעה', 'तुरंत', 'खाता बंद', 'खाता निलंबित',
  'अंतिम चेतावनी', '立即', '紧急', '緊急', '账户已冻结', '帳戶已凍結', '最后通知', '最後通知',
];

/** Phrases that promise money or prizes for nothing. */
// prettier-ignore
export const BAIT = [
  'you have won', 'you won', 'winner', 'congratulations', 'claim your prize', 'free gift', 'gift card',
  'guaranteed', 'risk free', 'risk-free', 'double your money', 'easy money', 'work from home', 'get rich',
  'no credit check', 'crypto', 'lottery', 'jackpot', 'inheritance', 'refund waiting', 'wire transfer',
  'seed phrase', 'send us your password', 'your pin', 'sie haben gewonnen', 'gewinner',
  'herzlichen glückwunsch', 'gratis geschenk', 'geschenkkarte', 'schnelles geld', 'ha ganado',
  'has ganado', 'enhorabuena', 'premio', 'tarjeta regalo', 'dinero fácil', 'lotería', 'vous avez gagné',
  'félicitations', 'carte cadeau', 'argent facile', 'loterie', 'você ganhou', 'parabéns', 'prêmio',
  'dinheiro fácil', 'vale-presente', 'вы выиграли', 'поздравляем', 'лёгкие деньги', 'легкие деньги',
  'лотерея', 'لقد ربحت', 'مبروك', 'جائزة', 'يانصيب', 'זכית', 'פרס', 'הגרלה', 'आप जीत', 'लॉटरी', 'इनाम',
  '您中奖', '恭喜您', '彩票', '中獎',
];

/** Phrases that sell: what a SERVICE or AUTHENTICATION template should not need. */
// prettier-ignore
export const SELLING = [
  'sale', 'discount', 'special offer', 'limited offer', 'limited time', 'exclusive offer', 'buy now',
  'shop now', 'order now', 'coupon', 'promo code', 'voucher', '% off', 'black friday', 'new collection',
  'new arrivals', 'save up to', 'deal of', 'best price', 'free shipping', 'don’t miss', "don't miss",
  'subscribe', 'upgrade now', 'while stocks last', 'recommend', 'rabatt', 'angebot', 'sonderangebot',
  'jetzt kaufen', 'jetzt bestellen', 'jetzt shoppen', 'gutschein', 'neue kollektion', 'nur für kurze zeit',
  'nur noch heute', 'ausverkauf', 'schlussverkauf', 'sparen sie', 'spare bis', 'versandkostenfrei',
  'oferta', 'descuento', 'rebajas', 'compra ahora', 'compre ahora', 'cupón', 'nueva colección',
  'envío gratis', 'ahorra', 'offre', 'soldes', 'remise', 'réduction', 'achetez maintenant', 'code promo',
  'nouvelle collection', 'livraison gratuite', 'promoção', 'desconto', 'compre agora', 'cupom',
  'nova coleção', 'frete grátis', 'liquidação', 'скидк', 'распродаж', 'акция', 'купите', 'промокод',
  'новая коллекция', 'спецпредложени', 'خصم', 'تخفيض', 'عرض خاص', 'عروض', 'اشتر الآن', 'تسوق الآن',
  'كوبون', 'הנחה', 'מבצע', 'קנו עכשיו', 'קופון', 'קולקציה חדשה', 'छूट', 'ऑफर', 'सेल', 'अभी खरीदें', 'कूपन',
  '优惠', '折扣', '促销', '立即购买', '新品', '打折', '特惠', '優惠', '促銷', '立即購買',
];

/** Hosts that hide where a link leads. */
// prettier-ignore
export const SHORTENERS = new Set([
  'bit.ly', 'tinyurl.com', 't.co', 'goo.gl', 'ow.ly', 'is.gd', 'buff.ly', 'rebrand.ly', 'cutt.ly',
  'shorturl.at', 'rb.gy', 't.ly', 'tiny.cc', 'bl.ink', 'lnkd.in', 'soo.gd', 's.id', 'v.gd', 'clck.ru',
  'shorte.st', 'adf.ly', 'tiny.one', 'short.io', 'qr.ae', 'u.to', 'x.co', 'snip.ly', 'trib.al', 'dub.sh',
  'dub.co', 'wa.link', 'surl.li', 'goo.su', 'urlz.fr', 'kutt.it',
]);

/** Names that fraud borrows most, with the domains that are theirs; a start that the operator's reviewers know to be one. */
export const BRANDS: readonly { name: string; domains: readonly string[] }[] = [
  {
    name: 'Amazon',
    domains: ['amazon.com', 'amazon.de', 'amazon.co.uk', 'amazon.fr', 'amazon.es', 'amazon.it'],
  },
  { name: 'Apple', domains: ['apple.com', 'icloud.com'] },
  { name: 'Microsoft', domains: ['microsoft.com', 'live.com', 'office.com', 'outlook.com'] },
  { name: 'Google', domains: ['google.com', 'gmail.com', 'youtube.com'] },
  { name: 'WhatsApp', domains: ['whatsapp.com'] },
  { name: 'Facebook', domains: ['facebook.com', 'meta.com'] },
  { name: 'Instagram', domains: ['instagram.com'] },
  { name: 'Telegram', domains: ['telegram.org'] },
  { name: 'TikTok', domains: ['tiktok.com'] },
  { name: 'Netflix', domains: ['netflix.com'] },
  { name: 'Spotify', domains: ['spotify.com'] },
  { name: 'PayPal', domains: ['paypal.com'] },
  { name: 'Visa', domains: ['visa.com'] },
  { name: 'Mastercard', domains: ['mastercard.com'] },
  { name: 'American Express', domains: ['americanexpress.com'] },
  { name: 'Western Union', domains: ['westernunion.com'] },
  { name: 'Revolut', domains: ['revolut.com'] },
  { name: 'Klarna', domains: ['klarna.com'] },
  { name: 'Binance', domains: ['binance.com'] },
  { name: 'Coinbase', domains: ['coinbase.com'] },
  { name: 'Sparkasse', domains: ['sparkasse.de'] },
  { name: 'Deutsche Bank', domains: ['deutsche-bank.de', 'db.com'] },
  { name: 'Commerzbank', domains: ['commerzbank.de'] },
  { name: 'HSBC', domains: ['hsbc.com', 'hsbc.co.uk'] },
  { name: 'Barclays', domains: ['barclays.co.uk', 'barclays.com'] },
  { name: 'Santander', domains: ['santander.com', 'santander.co.uk'] },
  { name: 'BBVA', domains: ['bbva.com', 'bbva.es'] },
  { name: 'BNP Paribas', domains: ['bnpparibas.com', 'mabanque.bnpparibas'] },
  { name: 'Crédit Agricole', domains: ['credit-agricole.fr'] },
  { name: 'Bank of America', domains: ['bankofamerica.com'] },
  { name: 'Wells Fargo', domains: ['wellsfargo.com'] },
  { name: 'Citibank', domains: ['citi.com', 'citibank.com'] },
  { name: 'DHL', domains: ['dhl.com', 'dhl.de'] },
  { name: 'UPS', domains: ['ups.com'] },
  { name: 'FedEx', domains: ['fedex.com'] },
  { name: 'USPS', domains: ['usps.com'] },
  { name: 'Royal Mail', domains: ['royalmail.com'] },
  { name: 'Deutsche Post', domains: ['deutschepost.de'] },
  { name: 'La Poste', domains: ['laposte.fr'] },
  { name: 'Correios', domains: ['correios.com.br'] },
  { name: 'eBay', domains: ['ebay.com', 'ebay.de', 'ebay.co.uk'] },
  { name: 'Booking.com', domains: ['booking.com'] },
  { name: 'Airbnb', domains: ['airbnb.com'] },
  { name: 'Uber', domains: ['uber.com'] },
  { name: 'Mercado Libre', domains: ['mercadolibre.com'] },
  { name: 'AliExpress', domains: ['aliexpress.com'] },
  { name: 'Alibaba', domains: ['alibaba.com'] },
  { name: 'Alipay', domains: ['alipay.com'] },
  { name: 'Paytm', domains: ['paytm.com'] },
  { name: 'Flipkart', domains: ['flipkart.com'] },
  { name: 'Vodafone', domains: ['vodafone.com', 'vodafone.de'] },
  { name: 'Telekom', domains: ['telekom.de', 'telekom.com'] },
];
