import { readFileSync } from 'node:fs';

/** A labelled phrase of the corpus. */
export interface Phrase {
  language: string;
  label: string;
  text: string;
}

/** The part of the corpus to work with; the part to judge on is not for training, and not read here. */
export function phrases(): Phrase[] {
  const lines = readFileSync('test/consent/stop-phrases/work.tsv', 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [language = '', label = '', text = ''] = line.split('\t');
    return { language, label, text };
  });
}
