import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useMessages } from '../../lib/language/use-messages.ts';
import { ChoiceList } from '../../ui/choice-list.tsx';
import type { DialogProps } from '../../ui/dialogs.tsx';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './palette.module.css';
import { useCommands } from './use-commands.tsx';
import { useFound } from './use-found.tsx';

/** Ctrl K: go to a page, make a record, find one; the keyboard all along. */
export function Palette({ opened, close }: DialogProps<undefined>) {
  const t = useMessages({ fr, en });
  const [typed, type] = useState('');
  // Long enough for a fast typist's next key, short enough to feel at once.
  const [settled] = useDebouncedValue(typed.trim(), 120);
  const found = useFound(settled);
  const commands = useCommands(typed);
  const searching = typed.trim() !== settled || found.waiting;
  return (
    <Modal
      opened={opened}
      onClose={() => close()}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="12vh"
      classNames={{ content: classes.content }}
      attributes={{ content: { 'aria-label': t.palette } }}
    >
      <ChoiceList
        label={t.searchHint}
        typed={typed}
        onType={type}
        groups={[...found.groups, ...commands]}
        onChoose={(choice) => {
          close();
          choice.run();
        }}
        empty={searching ? null : t.nothingFound(typed)}
      />
      <div className={classes.foot} aria-hidden>
        <kbd>↑</kbd> <kbd>↓</kbd> {t.paletteKeys}
      </div>
    </Modal>
  );
}
