import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { toast } from '../ui/toasts.ts';
import { ToolButton } from '../ui/tool-button.tsx';
import { useProblemText } from '../ui/use-problem-text.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface RestoreButtonProps {
  readonly name: string;
  readonly restore: () => Promise<unknown>;
}

/** Takes one record out of the bin. */
export function RestoreButton({ name, restore }: RestoreButtonProps) {
  const t = useMessages({ fr, en });
  const text = useProblemText();
  const client = useQueryClient();
  const restoring = useMutation({
    mutationFn: restore,
    onSuccess: async () => {
      toast({ kind: 'done', message: t.restored(name) });
      await changed(client, 'organisations', 'people');
    },
    onError: (error) => toast({ kind: 'problem', message: text(error) }),
  });
  return (
    <ToolButton
      aria-label={t.restoreOf(name)}
      disabled={restoring.isPending}
      onClick={() => restoring.mutate()}
    >
      {t.restore}
    </ToolButton>
  );
}
