import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../lib/api.ts';
import { workspaceShown } from '../../lib/session/workspace.ts';
import { toast } from '../../ui/toasts.ts';
import { useProblemText } from '../../ui/use-problem-text.ts';

/** Leaving for another workspace or for good: nothing that was read may stay behind. */
export function useLeave(): { toWorkspace: (id: string) => void; signOut: () => void } {
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText();
  const onError = (error: unknown) => toast({ kind: 'problem', message: text(error) });
  const switching = useMutation({
    mutationFn: (id: string) => api('PUT /api/v1/me/workspace', { body: { id } }),
    onError,
    onSuccess: async ({ data }) => {
      workspaceShown.enter(data.workspace.id);
      await navigate({ to: '/organisations' });
      await client.resetQueries();
    },
  });
  const signingOut = useMutation({
    mutationFn: () => api('POST /api/auth/sign-out', {}),
    onError,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      client.clear();
    },
  });
  return { toWorkspace: (id) => switching.mutate(id), signOut: () => signingOut.mutate() };
}
