import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import { useBin } from '../ui/bin/use-bin.ts';
import { confirm } from '../ui/confirm.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface RemoveOrganisationProps {
  readonly record: { readonly id: string; readonly name: string; readonly peopleTotal: number };
}

/** Puts an organisation into the bin; asks first where that is seen on its people. */
export function RemoveOrganisation({ record }: RemoveOrganisationProps) {
  const t = useMessages({ fr, en });
  const bin = useBin('organisations');
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { name, peopleTotal } = record;
  const remove = async () => {
    const question = { title: t.removeTitle(name), text: t.removeText(peopleTotal), action: t.remove };
    if (peopleTotal > 0 && !(await confirm(question))) return;
    setBusy(true);
    const removed = await bin.remove(record);
    setBusy(false);
    if (removed) await navigate({ to: '/organisations' });
  };
  return (
    <Button loading={busy} onClick={() => void remove()}>
      {t.remove}
    </Button>
  );
}
