import { Button } from '@mantine/core';
import { useMessages } from '../lib/language/use-messages.ts';
import type { ConfirmProps } from './confirm.ts';
import { Dialog, DialogActions } from './dialog.tsx';
import type { DialogProps } from './dialogs.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { PrimaryButton } from './primary-button.tsx';

/** See `confirm`. */
export function ConfirmDialog({
  title,
  text,
  action,
  cancel,
  opened,
  close,
}: ConfirmProps & DialogProps<boolean>) {
  const t = useMessages({ fr, en });
  return (
    <Dialog title={title} opened={opened} onClose={() => close(false)}>
      <div>{text}</div>
      <DialogActions>
        <Button onClick={() => close(false)}>{cancel ?? t.cancel}</Button>
        <PrimaryButton data-autofocus onClick={() => close(true)}>
          {action}
        </PrimaryButton>
      </DialogActions>
    </Dialog>
  );
}
