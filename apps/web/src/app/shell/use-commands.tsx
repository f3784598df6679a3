import {
  IconAddressBook,
  IconBuilding,
  IconKey,
  IconPlus,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { plain } from '../../lib/language/plain.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useMay } from '../../lib/session/use-may.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import type { CommandGroup } from './command.ts';

const look = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** The pages one may open and the records one may make, those that match what is typed. */
export function useCommands(typed: string): CommandGroup[] {
  const t = useMessages({ fr, en });
  const may = useMay();
  const navigate = useNavigate();
  const pages = [
    { to: '/organisations', label: t.organisations, icon: <IconBuilding {...look} />, allowed: true },
    { to: '/people', label: t.people, icon: <IconAddressBook {...look} />, allowed: true },
    { to: '/members', label: t.members, icon: <IconUsersGroup {...look} />, allowed: may('members', 'read') },
    { to: '/bin', label: t.bin, icon: <IconTrash {...look} />, allowed: true },
    { to: '/password', label: t.changePassword, icon: <IconKey {...look} />, allowed: true },
  ] as const;
  const forms = [
    { to: '/organisations/new', label: t.newOrganisation, allowed: may('organisations', 'create') },
    { to: '/people/new', label: t.newPerson, allowed: may('people', 'create') },
  ] as const;
  const asked = plain(typed);
  const matching = <C extends { label: string; allowed: boolean }>(all: readonly C[]) =>
    all.filter(({ label, allowed }) => allowed && plain(label).includes(asked));
  return [
    {
      label: t.create,
      choices: matching(forms).map(({ to, label }) => ({
        id: to,
        label,
        icon: <IconPlus {...look} />,
        run: () => void navigate({ to }),
      })),
    },
    {
      label: t.goTo,
      choices: matching(pages).map(({ to, label, icon }) => ({
        id: to,
        label,
        icon,
        run: () => void navigate({ to }),
      })),
    },
  ];
}
