import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import type { ConflictDialogProps } from './conflict.ts';
import classes from './conflict-dialog.module.css';
import { Dialog, DialogActions } from './dialog.tsx';
import type { DialogProps } from './dialogs.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { PrimaryButton } from './primary-button.tsx';

/** See `askConflict`. One's own values are chosen at first; theirs are one press away. */
export function ConflictDialog(props: ConflictDialogProps & DialogProps<readonly string[]>) {
  const { conflicts, opened, close } = props;
  const t = useMessages({ fr, en });
  const [theirs, choose] = useState<readonly string[]>([]);
  return (
    <Dialog title={t.conflictTitle} opened={opened} onClose={() => close()} size={600}>
      <p className={classes.intro}>{t.conflictIntro}</p>
      {conflicts.map((one, place) => (
        <fieldset key={one.field} className={classes.field}>
          <legend>{one.label}</legend>
          {(['mine', 'theirs'] as const).map((side) => (
            <label key={side} className={classes.choice}>
              <input
                type="radio"
                name={one.field}
                data-autofocus={(place === 0 && side === 'mine') || undefined}
                checked={theirs.includes(one.field) === (side === 'theirs')}
                onChange={() =>
                  choose(
                    side === 'theirs' ? [...theirs, one.field] : theirs.filter((name) => name !== one.field),
                  )
                }
              />
              <span className={classes.side}>{t[side]}</span>
              <span className={classes.value}>{one[side] || <em>{t.empty}</em>}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <DialogActions>
        <Button onClick={() => close()}>{t.keepEditing}</Button>
        <PrimaryButton onClick={() => close(theirs)}>{t.saveChoice}</PrimaryButton>
      </DialogActions>
    </Dialog>
  );
}
