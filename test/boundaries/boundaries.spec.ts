import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cleanTree } from './clean-tree.js';
import { INNOCENT, STRUCTURAL_FAULTS, STYLE_FAULTS } from './planted-faults.js';
import { PlantedProject } from './planted-project.js';
import type { Finding } from './planted-project.js';

// ESLint compiles a whole project first, which takes a busy machine its time.
jest.setTimeout(300_000);

describe('a project that keeps every boundary', () => {
  let project: PlantedProject;

  beforeAll(async () => {
    project = await PlantedProject.grow(cleanTree());
  });
  afterAll(() => project.remove());

  it('passes dependency-cruiser', async () => {
    expect(await project.cruise()).toEqual([]);
  });

  it('passes ESLint', async () => {
    expect(await project.lint()).toEqual([]);
  });
});

describe('a project with planted faults', () => {
  let project: PlantedProject;
  let structure: Finding[];
  let style: Finding[];

  beforeAll(async () => {
    project = await PlantedProject.grow(cleanTree(), [...STRUCTURAL_FAULTS, ...STYLE_FAULTS, ...INNOCENT]);
    structure = await project.cruise();
    style = await project.lint();
  });
  afterAll(() => project.remove());

  it.each(STRUCTURAL_FAULTS)('makes dependency-cruiser name $rule in $file', ({ rule, file }) => {
    expect(structure).toContainEqual({ rule, file });
  });

  it.each(STYLE_FAULTS)('makes ESLint name $rule in $file', ({ rule, file }) => {
    expect(style).toContainEqual({ rule, file });
  });

  it.each(INNOCENT)('does not make ESLint name $rule in $file', ({ rule, file }) => {
    expect(style).not.toContainEqual({ rule, file });
  });

  it('is not blamed for files in which nothing was planted', () => {
    expect(
      [...structure, ...style].filter(({ file }) => !file.includes('planted') && !isJunkDrawer(file)),
    ).toEqual([]);
  });
});

function isJunkDrawer(file: string): boolean {
  return STYLE_FAULTS.some((fault) => fault.file === file);
}
