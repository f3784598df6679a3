import type { Catalogue } from '../../catalogue/catalogue.ts';
import { readCatalogue } from '../../catalogue/read-catalogue.ts';
import type { Onlooker } from './batch.ts';
import { copyWithout } from './engine-without.ts';
import { mutations, type Rule } from './mutations.ts';
import type { Query } from './select.ts';

/** What finds out what statements depend on, in a copy of the code. */
type Understander = Pick<typeof import('../../dependencies/understand.ts'), 'understand'> &
  Pick<typeof import('../../dependencies/depended-on.ts'), 'dependedOn'> &
  Pick<typeof import('../../catalogue/read-catalogue.ts'), 'readCatalogue'>;

interface Suspect extends Understander {
  readonly rule: Rule;
  catalogue: Catalogue | undefined;
}

/**
 * Code without one of its rules, several times, beside the real one: each is asked what it would have said that a SELECT
 * depends on whose result a write has changed. Where that was not bumped, its entry would be stale. So all of them are
 * tried on the same cases, at the price of one.
 */
export class WithoutRules {
  readonly #suspects: readonly Suspect[];
  readonly #stale = new Map<Rule, string>();

  private constructor(suspects: readonly Suspect[]) {
    this.#suspects = suspects;
  }

  static async of(rules: readonly Rule[]): Promise<WithoutRules> {
    return new WithoutRules(await Promise.all(rules.map(suspectWithout)));
  }

  /** Of each rule that was missed, a result that was stale. */
  get stale(): ReadonlyMap<Rule, string> {
    return this.#stale;
  }

  /** Those that nothing stale was found of yet. */
  get left(): Rule[] {
    return this.#suspects.flatMap(({ rule }) => (this.#stale.has(rule) ? [] : rule));
  }

  readonly onlooker: Onlooker = {
    built: async ({ fresh }) => {
      const catalogue = await readCatalogue(fresh);
      for (const one of this.#suspects) {
        const readsItself = mutations[one.rule].file.startsWith('src/catalogue/');
        if (!this.#stale.has(one.rule))
          one.catalogue = readsItself ? await one.readCatalogue(fresh) : catalogue;
      }
    },
    changed: (query, workspace, bumped, told) => {
      for (const one of this.#suspects) {
        if (this.#stale.has(one.rule)) continue;
        const tags = tagsBy(one, query, workspace);
        if (tags && !tags.some((tag) => bumped.has(tag)))
          this.#stale.set(one.rule, `${told()}${JSON.stringify(tags)}`);
      }
    },
  };
}

/** Undefined where it would not be stored. */
function tagsBy(
  { understand, dependedOn, catalogue }: Suspect,
  { text, values }: Query,
  workspace: string | undefined,
) {
  if (!catalogue) return undefined;
  const understood = understand(text, catalogue);
  if (understood.kind !== 'read') return undefined;
  try {
    const settings = new Map(workspace === undefined ? [] : [['app.w', workspace]]);
    const tags = dependedOn(understood, { values, settings });
    return tags.length > 0 ? tags : undefined;
  } catch {
    return undefined; // a refusal
  }
}

async function suspectWithout(rule: Rule): Promise<Suspect> {
  const { load, remove } = await copyWithout(rule);
  try {
    const [{ understand }, { dependedOn }, catalogue] = await Promise.all([
      load<typeof import('../../dependencies/understand.ts')>('src/dependencies/understand.ts'),
      load<typeof import('../../dependencies/depended-on.ts')>('src/dependencies/depended-on.ts'),
      load<typeof import('../../catalogue/read-catalogue.ts')>('src/catalogue/read-catalogue.ts'),
    ]);
    return { rule, understand, dependedOn, readCatalogue: catalogue.readCatalogue, catalogue: undefined };
  } finally {
    await remove();
  }
}
