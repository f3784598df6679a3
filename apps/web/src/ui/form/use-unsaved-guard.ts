import { useBlocker } from '@tanstack/react-router';
import { useMessages } from '../../lib/language/use-messages.ts';
import { confirm } from '../confirm.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';

/** Asks before what was typed is lost: on the way to another page, and by the browser on closing the tab. */
export function useUnsavedGuard(dirty: boolean): void {
  const t = useMessages({ fr, en });
  useBlocker({
    enableBeforeUnload: () => dirty,
    shouldBlockFn: async () => {
      if (!dirty) return false;
      const leave = await confirm({
        title: t.unsaved,
        text: t.unsavedHint,
        action: t.leave,
        cancel: t.keepEditing,
      });
      return !leave;
    },
  });
}
