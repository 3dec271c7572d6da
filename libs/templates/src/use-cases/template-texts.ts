import { Injectable } from '@nestjs/common';
import { BoundedCache, type Transaction } from '@assent/platform';
import { chooseLanguage } from '../domain/language.js';
import { type CompiledText, compileText } from '../domain/message-format.js';
import type { WrittenValue } from '../domain/parameters.js';
import { render, type Rendered } from '../domain/render.js';
import { type SendingVersion, SendingTemplatesStore } from '../persistence/sending-templates.store.js';

const KEPT_VERSIONS = 5_000;
const KEPT_TEXTS = 5_000;

/** Texts of versions, ready to be rendered. One that was submitted never changes, so what is kept of it is never stale. */
@Injectable()
export class TemplateTexts {
  private readonly versions = new BoundedCache<string, SendingVersion>(KEPT_VERSIONS);
  private readonly compiled = new BoundedCache<string, CompiledText>(KEPT_TEXTS);

  constructor(private readonly store: SendingTemplatesStore) {}

  /** Versions by id: of those that this process has not met lately, by one statement; else without any. */
  async load(tx: Transaction, ids: Iterable<string>): Promise<Map<string, SendingVersion>> {
    const found = new Map<string, SendingVersion>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const kept = this.versions.find(id);
      if (kept) found.set(id, kept);
      else missing.push(id);
    }
    if (missing.length > 0) {
      for (const version of await this.store.versions(tx, missing)) {
        found.set(version.id, version.settled ? this.versions.get(version.id, () => version) : version);
      }
    }
    return found;
  }

  /** What a person reads in the asked language or what it falls back to. */
  render(
    version: SendingVersion,
    asked: string,
    values: readonly WrittenValue[],
  ): Rendered & { language: string } {
    const { id, settled, defaultLanguage, texts, parameters } = version;
    const language = chooseLanguage(asked, new Set(texts.map((text) => text.language)), defaultLanguage);
    const compile = () => {
      const body = texts.find((text) => text.language === language)?.body ?? '';
      const text = compileText(body, language, parameters);
      if ('rule' in text) throw new Error('A stored body compiles: it did when it was taken');
      return text;
    };
    const compiled = settled ? this.compiled.get(`${id}/${language}`, compile) : compile();
    return { language, ...render(compiled, parameters, values) };
  }
}
