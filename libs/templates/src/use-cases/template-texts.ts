import { Injectable } from '@nestjs/common';
import { BoundedCache, type Transaction } from '@assent/platform';
import { chooseLanguage } from '../domain/language.js';
import { type CompiledText, compileText } from '../domain/message-format.js';
import type { WrittenValue } from '../domain/parameters.js';
import { render, type Rendered } from '../domain/render.js';
import { type ApprovedVersion, SendingTemplatesStore } from '../persistence/sending-templates.store.js';

const KEPT_VERSIONS = 5_000;
const KEPT_TEXTS = 5_000;

/** Texts of approved versions, ready to be rendered. A version never changes, so what is kept of it is never stale. */
@Injectable()
export class TemplateTexts {
  private readonly versions = new BoundedCache<string, ApprovedVersion>(KEPT_VERSIONS);
  private readonly compiled = new BoundedCache<string, CompiledText>(KEPT_TEXTS);

  constructor(private readonly store: SendingTemplatesStore) {}

  /** Approved versions by id: of those that this process has not met lately, by one statement; else without any. */
  async load(tx: Transaction, ids: Iterable<string>): Promise<Map<string, ApprovedVersion>> {
    const found = new Map<string, ApprovedVersion>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const kept = this.versions.find(id);
      if (kept) found.set(id, kept);
      else missing.push(id);
    }
    if (missing.length > 0) {
      for (const version of await this.store.versions(tx, missing)) {
        found.set(
          version.id,
          this.versions.get(version.id, () => version),
        );
      }
    }
    return found;
  }

  /** What a person reads in the asked language or what it falls back to. */
  render(
    version: ApprovedVersion,
    asked: string,
    values: readonly WrittenValue[],
  ): Rendered & { language: string } {
    const { id, defaultLanguage, texts, parameters } = version;
    const language = chooseLanguage(asked, new Set(texts.map((text) => text.language)), defaultLanguage);
    const compiled = this.compiled.get(`${id}/${language}`, () => {
      const body = texts.find((text) => text.language === language)?.body ?? '';
      const text = compileText(body, language, parameters);
      if ('rule' in text) throw new Error('An approved body compiles: it did when it was taken');
      return text;
    });
    return { language, ...render(compiled, parameters, values) };
  }
}
