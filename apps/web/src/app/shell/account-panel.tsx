import { useMantineColorScheme } from '@mantine/core';
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
import { Link } from '@tanstack/react-router';
import { language, languages, useLanguage } from '../../lib/language/language.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useMe } from '../../lib/session/me.ts';
import { useMay } from '../../lib/session/use-may.ts';
import type { PanelContentProps } from '../../ui/panel-button.tsx';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './account-panel.module.css';
import { PanelChoice } from './panel-choice.tsx';
import { useLeave } from './use-leave.ts';

const languageNames = { fr: 'Français', en: 'English' };
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;
const schemes = [
  { scheme: 'light', icon: <IconSun {...icon} /> },
  { scheme: 'dark', icon: <IconMoon {...icon} /> },
  { scheme: 'auto', icon: <IconDeviceDesktop {...icon} /> },
] as const;

/** Language, colours, password, the other workspaces and the way out. */
export function AccountPanel({ close }: PanelContentProps) {
  const t = useMessages({ fr, en });
  const spoken = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { workspace, workspaces, name, email } = useMe();
  const may = useMay();
  const leave = useLeave();
  return (
    <div className={classes.panel}>
      <div className={classes.who}>
        <strong>{name}</strong>
        <span>{email}</span>
        <span>{t.roles[workspace.role]}</span>
      </div>
      {workspaces.length > 1 && (
        <section className={classes.part} aria-label={t.workspaces}>
          <div className={classes.label}>{t.workspaces}</div>
          {workspaces.map((one) => (
            <button
              key={one.id}
              type="button"
              className={classes.item}
              aria-current={one.id === workspace.id}
              onClick={() => {
                close();
                if (one.id !== workspace.id) leave.toWorkspace(one.id);
              }}
            >
              <span>{one.name}</span>
              {one.id === workspace.id && <IconCheck {...icon} />}
            </button>
          ))}
        </section>
      )}
      <div className={classes.phoneOnly}>
        {may('members', 'read') && (
          <Link to="/members" className={classes.item} onClick={close}>
            <IconUsersGroup {...icon} />
            {t.members}
          </Link>
        )}
        <Link to="/bin" className={classes.item} onClick={close}>
          <IconTrash {...icon} />
          {t.bin}
        </Link>
      </div>
      <div className={classes.part}>
        <PanelChoice
          label={t.language}
          focused
          value={spoken}
          choices={languages.map((one) => ({ value: one, label: languageNames[one], lang: one }))}
          onChoose={(next) => language.choose(next)}
        />
        <PanelChoice
          label={t.colours}
          value={colorScheme}
          choices={schemes.map(({ scheme, icon: drawn }) => ({
            value: scheme,
            label: t[scheme],
            icon: drawn,
          }))}
          onChoose={setColorScheme}
        />
      </div>
      <div className={classes.part}>
        <Link to="/password" className={classes.item} onClick={close}>
          <IconKey {...icon} />
          {t.changePassword}
        </Link>
        <button type="button" className={classes.item} onClick={leave.signOut}>
          <IconLogout {...icon} />
          {t.signOut}
        </button>
      </div>
    </div>
  );
}
