import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconKey,
  IconLogout,
  IconMoon,
  IconSun,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { api } from '../../lib/api.ts';
import { language, languages, useLanguage } from '../../lib/language/language.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useMe } from '../../lib/session/me.ts';
import { useMay } from '../../lib/session/use-may.ts';
import { toast } from '../../ui/toasts.ts';
import { useProblemText } from '../../ui/use-problem-text.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './account-menu-items.module.css';

const languageNames = { fr: 'Français', en: 'English' };
const schemes = [
  { scheme: 'light', Icon: IconSun },
  { scheme: 'dark', Icon: IconMoon },
  { scheme: 'auto', Icon: IconDeviceDesktop },
] as const;
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

interface AccountMenuItemsProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly children: ReactElement;
}

/** Language, colours, password, the other workspaces and the way out. */
export function AccountMenuItems({ opened, onChange, children }: AccountMenuItemsProps) {
  const t = useMessages({ fr, en });
  const spoken = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { workspace, workspaces, name, email } = useMe();
  const may = useMay();
  const leave = useLeave();
  return (
    <Menu opened={opened} onChange={onChange} width={272} position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown aria-label={t.account(workspace.name, name)}>
        <div className={classes.who}>
          <strong>{name}</strong>
          <span>{email}</span>
          <span>{t.roles[workspace.role]}</span>
        </div>
        {workspaces.length > 1 && <Menu.Divider />}
        {workspaces.length > 1 && <Menu.Label>{t.workspaces}</Menu.Label>}
        {workspaces.length > 1 &&
          workspaces.map((one) => (
            <Menu.Item
              key={one.id}
              role="menuitemradio"
              aria-checked={one.id === workspace.id}
              rightSection={one.id === workspace.id && <IconCheck {...icon} />}
              onClick={() => leave.toWorkspace(one.id)}
            >
              {one.name}
            </Menu.Item>
          ))}
        <Menu.Divider />
        {may('members', 'read') && (
          <Menu.Item
            hiddenFrom="sm"
            leftSection={<IconUsersGroup {...icon} />}
            component={Link}
            to="/members"
            closeMenuOnClick
          >
            {t.members}
          </Menu.Item>
        )}
        <Menu.Item
          hiddenFrom="sm"
          leftSection={<IconTrash {...icon} />}
          component={Link}
          to="/bin"
          closeMenuOnClick
        >
          {t.bin}
        </Menu.Item>
        <Menu.Label>{t.language}</Menu.Label>
        <div className={classes.choices}>
          {languages.map((one) => (
            <Menu.Item
              key={one}
              lang={one}
              role="menuitemradio"
              aria-checked={one === spoken}
              className={classes.choice}
              onClick={() => language.choose(one)}
            >
              {languageNames[one]}
            </Menu.Item>
          ))}
        </div>
        <Menu.Label>{t.colours}</Menu.Label>
        <div className={classes.choices}>
          {schemes.map(({ scheme, Icon }) => (
            <Menu.Item
              key={scheme}
              role="menuitemradio"
              aria-checked={scheme === colorScheme}
              className={classes.choice}
              onClick={() => setColorScheme(scheme)}
            >
              <Icon {...icon} />
              {t[scheme]}
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKey {...icon} />} component={Link} to="/password" closeMenuOnClick>
          {t.changePassword}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={leave.signOut}>
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Leaving for another workspace or for good: nothing that was read may stay behind. */
function useLeave() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText();
  const onError = (error: unknown) => toast({ kind: 'problem', message: text(error) });
  const switching = useMutation({
    mutationFn: (id: string) => api('PUT /api/v1/me/workspace', { body: { id } }),
    onError,
    onSuccess: async () => {
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
  return { toWorkspace: (id: string) => switching.mutate(id), signOut: () => signingOut.mutate() };
}
