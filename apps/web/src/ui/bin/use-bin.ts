import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { Listed } from '../../lib/list-reads.ts';
import { changed } from '../../lib/reads.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { toast } from '../toasts.ts';
import { useProblemText } from '../use-problem-text.ts';

interface Named {
  readonly id: string;
  /** How the record is called in what is said about it. */
  readonly name: string;
}

interface Bin {
  /** Puts a record into the bin and offers to undo that. Answers whether it is there now. */
  readonly remove: (record: Named) => Promise<boolean>;
  /** Takes it out again. */
  readonly restore: (record: Named) => Promise<boolean>;
}

/**
 * Deleting to the bin and restoring, each with a word about it; errors are told, never thrown.
 * @example if (await bin.remove({ id, name })) void navigate({ to: '/organisations' });
 */
export function useBin(subject: keyof Listed): Bin {
  const t = useMessages({ fr, en });
  const text = useProblemText();
  const client = useQueryClient();

  async function tell(work: Promise<unknown>, done: () => void): Promise<boolean> {
    try {
      await work;
    } catch (error) {
      toast({ kind: 'problem', message: text(error) });
      return false;
    }
    done();
    await changed(client, 'organisations', 'people');
    return true;
  }

  const restore = ({ id, name }: Named) =>
    tell(api(`POST /api/v1/${subject}/:id/restore`, { params: { id } }), () =>
      toast({ kind: 'done', message: t.restored(name) }),
    );
  const remove = ({ id, name }: Named) =>
    tell(api(`DELETE /api/v1/${subject}/:id`, { params: { id } }), () =>
      toast({
        kind: 'done',
        message: t.removed(name),
        action: { label: t.undo, run: () => void restore({ id, name }) },
      }),
    );
  return { remove, restore };
}
