/** What a form of a verb is to a sentence that asks for something to stop. */
export interface Forms {
  /** Asks, forbids or wishes: "write", "schreibt", "escriban". */
  asking: string[];
  /** The infinitive: "escribir", "anzurufen". */
  infinitive: string[];
  /** "Writing", "escribiendo". */
  going: string[];
  /** States that it happens: "me escriben". */
  stating: string[];
  /** Says that it happened: "escribieron". */
  told: string[];
}

/** The pronouns that grow on Spanish and Portuguese verbs. */
export const CLITICS = 'me nos te se le les lo la los las melo mela melos melas noslo'.split(' ');

/** Spanish and Portuguese keep the sound of a stem before e and i: saco, saque; llego, llegue. */
function respell(stem: string, ending: string): string {
  if (!/^[ei]/.test(ending)) return stem + ending;
  return stem.replace(/c$/, 'qu').replace(/g$/, 'gu').replace(/z$/, 'c') + ending;
}

const iberian =
  (asking: string, infinitive: string, going: string, stating: string, told: string) => (stem: string) => {
    const forms = (endings: string) => endings.split(' ').map((ending) => respell(stem, ending));
    return {
      asking: forms(asking),
      infinitive: forms(infinitive),
      going: forms(going),
      stating: forms(stating),
      told: forms(told),
    };
  };

/** Regular verbs, by how the word lists write them; what is irregular stands there form by form. */
export const INFLECTIONS: Record<string, (stem: string) => Forms> = {
  /** Spanish and Portuguese: `mand/ar`. */
  ar: iberian(
    'e es en em eis ad emos ara aran aras ase asen asse assem',
    'ar ares arem',
    'ando',
    'a as an ais am o',
    'aron aram aste ou',
  ),
  /** `beb/er`, `escrib/ir`. */
  er: iberian(
    'a as an am ais ed amos iera ieran esse essem',
    'er eres erem',
    'iendo endo',
    'e es en eis em o',
    'ieron eram iste eu',
  ),
  ir: iberian(
    'a as an am ais id amos iera ieran isse issem',
    'ir ires irem',
    'iendo indo',
    'e es en is em o',
    'ieron iram iste iu',
  ),
  /** French: `contact/é`; people write -er, -ez and -é for one another, and run the pronoun before a vowel together with it. */
  é: (stem) => {
    const forms = ['e', 'es', 'ez', 'er', 'iez', 'ent'].map((ending) => stem + ending);
    const all = /^[aeiouhy]/.test(stem) ? [...forms, ...forms.map((form) => `m${form}`)] : forms;
    return { asking: all, infinitive: all, going: [`${stem}ant`], stating: [], told: [] };
  },
  /** German: `schreib/en`, `an+ruf/en`; in the sentence the prefix of the latter stands apart. */
  en: (stem) => {
    const [root = '', prefix = ''] = stem.split('+').reverse();
    return {
      asking: ['', 'e', 't', 'et', 'en'].map((ending) => root + ending),
      infinitive: prefix ? [`${prefix}${root}en`, `${prefix}zu${root}en`] : [`${root}en`],
      going: [],
      stating: [`${root}st`],
      told: [],
    };
  },
};
