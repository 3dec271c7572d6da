import {
  type DateElement,
  type MessageFormatElement,
  type NumberElement,
  parse,
  type PluralElement,
  type SelectElement,
  type TimeElement,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import { isolated } from './clean-text.js';
import { dateFormat, numberFormat, pluralRules } from './formats.js';
import { isRightToLeft } from './language.js';
import type { Parameter, ParameterType, Value } from './parameters.js';

/** Values by the name of their parameter: all that a text names. */
export type Values = ReadonlyMap<string, Value>;

/** A body that is ready to be rendered in its language, as often as one likes. */
export interface CompiledText {
  language: string;
  /** Names of the parameters that it shows or decides by. */
  names: ReadonlySet<string>;
  /** Names of dates of which it shows the time of day. */
  timed: ReadonlySet<string>;
  write: (values: Values) => string;
}

/** One piece of a compiled text; `count` is what `#` stands for, inside of a plural. */
type Piece = (values: Values, count: number) => string;

class Fault extends Error {
  constructor(readonly rule: string) {
    super(rule);
  }
}

/**
 * Compiles a body in ICU MessageFormat. Values are never parsed and never choose what is looked up on an object, so no
 * value can become syntax. Dates are what the clock on the wall shows, so they read alike in every time zone.
 */
export function compileText(
  body: string,
  language: string,
  parameters: readonly Parameter[],
): CompiledText | { rule: string } {
  try {
    const compiler = new Compiler(language, new Map(parameters.map(({ name, type }) => [name, type])));
    const write = compiler.all(parseBody(body));
    return {
      language,
      names: compiler.names,
      timed: compiler.timed,
      write: (values) => write(values, NaN),
    };
  } catch (error) {
    if (error instanceof Fault) return { rule: error.rule };
    throw error;
  }
}

function parseBody(body: string): MessageFormatElement[] {
  try {
    return parse(body, { ignoreTag: true, requiresOtherClause: true, shouldParseSkeletons: true });
  } catch (error) {
    // The parser's own faults, and those of the skeletons (RangeError) that it reads on the way.
    const { message, location } = error as { message: string; location?: { start: { offset: number } } };
    const what = /^[A-Z_]+$/.test(message) ? message.toLowerCase().replaceAll('_', ' ') : 'unknown skeleton';
    const where = location ? ` at position ${location.start.offset}` : '';
    throw new Fault(`must be a message in ICU MessageFormat: ${what}${where}`);
  }
}

class Compiler {
  readonly names = new Set<string>();
  readonly timed = new Set<string>();
  private readonly rightToLeft: boolean;
  private readonly numbers: Intl.NumberFormat;
  private readonly currencies = new Map<string, Intl.NumberFormat>();

  constructor(
    private readonly language: string,
    private readonly types: ReadonlyMap<string, ParameterType>,
  ) {
    this.rightToLeft = isRightToLeft(language);
    this.numbers = numberFormat(language, {});
  }

  all(elements: readonly MessageFormatElement[]): Piece {
    const pieces = elements.map((element) => this.one(element));
    return (values, count) => pieces.map((piece) => piece(values, count)).join('');
  }

  private one(element: MessageFormatElement): Piece {
    switch (element.type) {
      case TYPE.literal:
        return () => element.value;
      case TYPE.argument:
        return this.argument(element.value);
      case TYPE.number:
        return this.number(element);
      case TYPE.date:
      case TYPE.time:
        return this.date(element);
      case TYPE.select:
        return this.select(element);
      case TYPE.plural:
        return this.plural(element);
      case TYPE.pound:
        return (_, count) => this.numbers.format(count);
      case TYPE.tag:
        throw new Fault('must have no tags');
    }
  }

  private argument(name: string): Piece {
    switch (this.typeOf(name)) {
      case 'TEXT':
        return (values) => isolated(pick(values, name, 'TEXT').text, this.rightToLeft);
      case 'URL':
        return (values) => isolated(pick(values, name, 'URL').href, this.rightToLeft);
      case 'NUMBER':
        return (values) => this.numbers.format(pick(values, name, 'NUMBER').number);
      case 'MONEY':
        return (values) => {
          const { amount, currency } = pick(values, name, 'MONEY');
          return this.currency(currency).format(amount);
        };
      case 'DATE': {
        const day = this.dates({ dateStyle: 'long' });
        const dayAndTime = this.dates({ dateStyle: 'long', timeStyle: 'short' });
        return (values) => {
          const { at, timed } = pick(values, name, 'DATE');
          return (timed ? dayAndTime : day).format(at);
        };
      }
    }
  }

  private number({ value: name, style }: NumberElement): Piece {
    this.expect(name, 'NUMBER', 'number');
    if (typeof style === 'object' && style && Object.keys(style.parsedOptions).length === 0) {
      throw new Fault('must have skeletons that can be shown');
    }
    const { scale = 1, ...options } =
      typeof style === 'object' && style ? style.parsedOptions : plainNumber(style ?? '');
    const format = checked(() => numberFormat(this.language, options));
    return (values) => format.format(pick(values, name, 'NUMBER').number * scale);
  }

  private date({ type, value: name, style }: DateElement | TimeElement): Piece {
    this.expect(name, 'DATE', type === TYPE.date ? 'date' : 'time');
    const options =
      typeof style === 'object' && style ? style.parsedOptions : plainDate(type, style ?? 'medium');
    if (options.timeZoneName)
      throw new Fault('must not show time zones: dates are what the clock on the wall shows');
    if (options.timeStyle || options.hour || options.minute || options.second) this.timed.add(name);
    const format = checked(() => this.dates(options));
    return (values) => format.format(pick(values, name, 'DATE').at);
  }

  private select({ value: name, options }: SelectElement): Piece {
    this.expect(name, 'TEXT', 'select');
    // A map: what a value chooses by must not find what every object has.
    const choices = new Map(Object.entries(options).map(([key, { value }]) => [key, this.all(value)]));
    const other = choices.get('other') ?? empty;
    return (values, count) => (choices.get(pick(values, name, 'TEXT').text) ?? other)(values, count);
  }

  private plural({ value: name, options, offset, pluralType }: PluralElement): Piece {
    this.expect(name, 'NUMBER', 'plural');
    const rules = pluralRules(this.language, { type: pluralType ?? 'cardinal' });
    const choices = new Map(Object.entries(options).map(([key, { value }]) => [key, this.all(value)]));
    const other = choices.get('other') ?? empty;
    return (values) => {
      const { number } = pick(values, name, 'NUMBER');
      const count = number - offset;
      return (choices.get(`=${number}`) ?? choices.get(rules.select(count)) ?? other)(values, count);
    };
  }

  private typeOf(name: string): ParameterType {
    const type = this.types.get(name);
    if (!type)
      throw new Fault("must name declared parameters only; written in braces, and a brace itself as '{'");
    this.names.add(name);
    return type;
  }

  private expect(name: string, type: ParameterType, use: string): void {
    if (this.typeOf(name) !== type)
      throw new Fault(`must use "${use}" with a parameter of type ${type} only`);
  }

  private dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return dateFormat(this.language, { ...options, timeZone: 'UTC' });
  }

  private currency(currency: string): Intl.NumberFormat {
    let format = this.currencies.get(currency);
    if (!format) {
      format = numberFormat(this.language, { style: 'currency', currency });
      this.currencies.set(currency, format);
    }
    return format;
  }
}

const empty: Piece = () => '';
const STYLES = new Set(['short', 'medium', 'long', 'full']);

function plainNumber(style: string): Intl.NumberFormatOptions & { scale?: number } {
  switch (style) {
    case '':
      return {};
    case 'integer':
      return { maximumFractionDigits: 0 };
    case 'percent':
      return { style: 'percent' };
    default:
      throw new Fault('must show numbers plainly, as integer, as percent, or by a skeleton (::…)');
  }
}

function plainDate(type: TYPE.date | TYPE.time, style: string): Intl.DateTimeFormatOptions {
  if (!STYLES.has(style)) {
    throw new Fault('must show dates and times as short, medium, long or full, or by a skeleton (::…)');
  }
  // The long forms of a time name its zone, and a time on the wall has none.
  if (type === TYPE.time) return { timeStyle: style === 'short' ? 'short' : 'medium' };
  return { dateStyle: style as 'short' | 'medium' | 'long' | 'full' };
}

function checked<Format>(make: () => Format): Format {
  try {
    return make();
  } catch {
    throw new Fault('must have skeletons that can be shown');
  }
}

function pick<Type extends ParameterType>(
  values: Values,
  name: string,
  type: Type,
): Extract<Value, { type: Type }> {
  const value = values.get(name);
  if (value?.type !== type)
    throw new Error('A text is written with a value of its own type for each parameter');
  return value as Extract<Value, { type: Type }>;
}
