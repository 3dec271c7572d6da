/**
 * Makes the sample customer file, the same one each time: `node examples/make-customers.ts > examples/customers.csv`.
 *
 * It is what a business exports from its own system: numbers as people wrote them over the years, a few that are none,
 * and a few customers who are in it twice. Numbers of DE, FR, GB and US come from ranges that their regulators keep for
 * films and books and never give to anyone; the other countries have no such ranges, so theirs are merely well formed.
 */

/** Rows of the file, without its header. */
const CUSTOMERS = 1_200;
const INVALID_SHARE = 0.03;
/** The same number in another form, under another external id. */
const SAME_NUMBER_SHARE = 0.016;
/** The same external id once more, as exports that were put together by hand have it. */
const SAME_ID_SHARE = 0.004;
const SEED = 20_261_123;

/** A number without country calling code and trunk prefix, in the groups that people read out. */
type Groups = readonly string[];

interface Country {
  code: string;
  calling: string;
  /** What is dialled before a number inside the country. */
  trunk: '0' | '';
  /** How many customers live there, in parts of all. */
  weight: number;
  /** Ranges of numbers, groups apart, with `#` for any digit. */
  ranges: readonly string[];
  /** How people there write a number to each other; the trunk prefix stands in the first group. */
  national: readonly ((groups: Groups) => string)[];
  firstNames: readonly string[];
  lastNames: readonly string[];
}

const spaced = (groups: Groups) => groups.join(' ');
const dashed = (groups: Groups) => groups.join('-');
const dotted = (groups: Groups) => groups.join('.');
const plain = (groups: Groups) => groups.join('');
const bracketed = ([area = '', ...rest]: Groups) => `(${area}) ${rest.join('-')}`;
const slashed = ([area = '', ...rest]: Groups) => `${area}/${rest.join('')}`;
const words = (text: string) => text.split(' ');

const COUNTRIES: readonly Country[] = [
  {
    // Bundesnetzagentur, notice 148/2021.
    code: 'DE',
    calling: '49',
    trunk: '0',
    weight: 30,
    ranges: words(
      '171_392_00## 176_040_690## 30_23125_### 69_90009_### 40_66969_### 221_4710_### 89_99998_###',
    ),
    national: [spaced, slashed, bracketed, dashed, plain],
    firstNames: words(
      'Anna Jürgen Sabine Mehmet Lukas Käthe Jonas Ute Fatma Björn Greta Wolfgang Leonie Emre Sören',
    ),
    lastNames: words(
      'Müller Schmidt Yılmaz Fischer Weber Schäfer Groß Kaya Bauer Köhler Nowak Richter Jansen',
    ),
  },
  {
    // 555-0100 to 555-0199 of every area code.
    code: 'US',
    calling: '1',
    trunk: '',
    weight: 20,
    ranges: words(
      '202_555_01## 212_555_01## 305_555_01## 312_555_01## 415_555_01## 512_555_01## 617_555_01## 808_555_01##',
    ),
    national: [bracketed, dashed, dotted, plain, spaced, (groups) => `1-${dashed(groups)}`],
    firstNames: words(
      'James Maria Latoya Michael Ashley DeShawn Emily Carlos Grace Tyler Mei Olivia Darnell Ruth',
    ),
    lastNames: words(
      "Johnson Williams O'Brien Garcia Nguyen Davis Kim Washington Miller Lopez Jackson Cohen Park",
    ),
  },
  {
    // Ofcom, numbers for drama.
    code: 'GB',
    calling: '44',
    trunk: '0',
    weight: 12,
    ranges: words(
      '20_7946_0### 161_496_0### 121_496_0### 131_496_0### 141_496_0### 117_496_0### 29_2018_0### 28_9018_0###',
    ),
    national: [spaced, bracketed, plain, dashed],
    firstNames: words(
      'Oliver Amelia Mohammed Isla Harry Siân Poppy Callum Niamh Priya George Freya Alasdair Zadie',
    ),
    lastNames: words(
      'Smith Jones Patel Evans Taylor Hughes MacDonald Khan Wright Thomas Robinson Okafor Walsh',
    ),
  },
  {
    // Arcep, decision 2018-0881.
    code: 'FR',
    calling: '33',
    trunk: '0',
    weight: 10,
    ranges: words('1_99_00_##_## 2_61_91_##_## 3_53_01_##_## 4_65_71_##_## 5_36_49_##_##'),
    national: [spaced, dotted, plain, dashed],
    firstNames: words(
      'Camille Aurélie François Léa Mathieu Zoé Élodie Amadou Théo Manon Noémie Hugo Inès Cédric',
    ),
    lastNames: words(
      'Martin Lefèvre Dubois Moreau Diallo Girard Bonnet Benoît Rousseau Chevalier Traoré Perrin',
    ),
  },
  {
    code: 'ES',
    calling: '34',
    trunk: '',
    weight: 9,
    ranges: words('6##_###_### 64#_##_##_##'),
    national: [spaced, plain, dashed, dotted],
    firstNames: words('Lucía José María Álvaro Begoña Iñaki Carmen Pablo Nuria Jesús Ainhoa Marta Sergio'),
    lastNames: words('García Fernández Muñoz Ibáñez López Ortega Núñez Romero Castaño Vidal Peña Serrano'),
  },
  {
    code: 'IN',
    calling: '91',
    trunk: '0',
    weight: 8,
    ranges: words('98###_##### 97###_##### 99###_##### 88###_#####'),
    national: [spaced, plain, dashed, (groups) => spaced(groups).replace(/^0/, '')],
    firstNames: words('Aarav Priya Arjun Lakshmi Rohan Ananya Vikram Deepa Imran Kavya Sanjay Meera Rahul'),
    lastNames: words('Sharma Iyer Patel Reddy Singh Gupta Nair Khan Das Mehta Banerjee Rao Kulkarni'),
  },
  {
    code: 'BR',
    calling: '55',
    trunk: '',
    weight: 6,
    ranges: words('11_9####_#### 21_9####_#### 31_9####_#### 51_9####_#### 85_9####_####'),
    national: [bracketed, spaced, plain, (groups) => `0${bracketed(groups).replace(/[()]/g, '')}`],
    firstNames: words('João Ana Luísa Rafael Conceição Gabriel Juliana Thiago Beatriz Antônio Larissa Caio'),
    lastNames: words(
      'Silva Souza Araújo Gonçalves Oliveira Santos Conceição Ferreira Magalhães Lima Teixeira',
    ),
  },
  {
    code: 'PT',
    calling: '351',
    trunk: '',
    weight: 5,
    ranges: words('91#_###_### 92#_###_### 93#_###_### 96#_###_###'),
    national: [spaced, plain, dashed, dotted],
    firstNames: words('Inês Tiago Catarina Gonçalo Margarida Nuno Mafalda Vasco Teresa Duarte Leonor Simão'),
    lastNames: words('Pereira Marques Sousa Brandão Fonseca Guimarães Carvalho Assunção Mendes Leitão Pires'),
  },
];

/** How anyone writes a number for readers abroad. */
const INTERNATIONAL: readonly ((groups: Groups, country: Country) => string)[] = [
  (groups, { calling }) => `+${calling} ${spaced(groups)}`,
  (groups, { calling }) => `+${calling}${plain(groups)}`,
  (groups, { calling }) => `+${calling}-${dashed(groups)}`,
  (groups, { calling }) => `+${calling} ${bracketed(groups)}`,
  (groups, { calling, trunk }) =>
    trunk ? `+${calling} (${trunk})${spaced(groups)}` : `+${calling}.${dotted(groups)}`,
  (groups, { calling }) => `00${calling} ${spaced(groups)}`,
  (groups, { calling }) => `00${calling}${plain(groups)}`,
];

/** What stands in the phone column when there is no number to be had. */
const NO_NUMBERS = [
  '',
  '-',
  'n/a',
  'unknown',
  'keine Angabe',
  '???',
  '0',
  '12345',
  '555-0123',
  '4,91717E+12',
];

/** One row of the file. */
interface Customer {
  externalId: string;
  name: string;
  phone: string;
  country: string;
}

/** Random numbers from 0 to 1 that are the same each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The whole file. */
export function makeCustomers(): string {
  const next = random(SEED);
  const below = (limit: number) => Math.floor(next() * limit);
  const any = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from');
    return item;
  };
  const inhabited = COUNTRIES.flatMap((country) => Array<Country>(country.weight).fill(country));

  const taken = new Set<string>();
  const freshNumber = (country: Country): Groups => {
    for (;;) {
      const number = any(country.ranges).replace(/#/g, () => String(below(10)));
      const key = country.calling + number.replaceAll('_', '');
      if (taken.has(key)) continue;
      taken.add(key);
      return number.split('_');
    }
  };

  /** Most people write numbers as at home; who writes the international form often leaves the country out. */
  const write = (groups: Groups, country: Country): Pick<Customer, 'phone' | 'country'> => {
    if (next() < 0.6) {
      const [area = '', ...rest] = groups;
      return { phone: any(country.national)([country.trunk + area, ...rest]), country: country.code };
    }
    return { phone: any(INTERNATIONAL)(groups, country), country: next() < 0.3 ? '' : country.code };
  };

  const customers: Customer[] = [];
  const numbers: { groups: Groups; country: Country; name: string }[] = [];
  for (let row = 0; row < CUSTOMERS; row++) {
    const externalId = `C-${10_000 + row}`;
    const kind = next();
    const twice = row > 100 && kind < SAME_NUMBER_SHARE + SAME_ID_SHARE;
    if (twice && kind < SAME_NUMBER_SHARE) {
      const { groups, country, name } = any(numbers);
      customers.push({ externalId, name, ...write(groups, country) });
    } else if (twice) {
      customers.push({ ...any(customers) });
    } else {
      const country = any(inhabited);
      const name = `${any(country.firstNames)} ${any(country.lastNames)}`;
      if (kind > 1 - INVALID_SHARE) {
        customers.push({ externalId, name, phone: noNumber(country), country: country.code });
      } else {
        const groups = freshNumber(country);
        numbers.push({ groups, country, name });
        customers.push({ externalId, name, ...write(groups, country) });
      }
    }
  }
  return ['external_id,name,phone,country', ...customers.map(toLine), ''].join('\n');

  function noNumber(country: Country): string {
    const groups = freshNumber(country);
    const broken = [
      `+${country.calling} ${spaced(groups.slice(0, -1))}`,
      `${country.trunk}${spaced(groups)} ${spaced(groups)}`,
      `${country.trunk}${spaced(groups)} x${below(90) + 10}`,
    ];
    return next() < 0.5 ? any(NO_NUMBERS) : any(broken);
  }
}

/** One line of CSV (RFC 4180). */
function toLine({ externalId, name, phone, country }: Customer): string {
  return [externalId, name, phone, country]
    .map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',');
}

if (import.meta.main) process.stdout.write(makeCustomers());
