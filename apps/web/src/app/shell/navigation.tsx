import {
  IconAddressBook,
  IconBuilding,
  IconSearch,
  IconSelector,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy } from 'react';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useMe } from '../../lib/session/me.ts';
import { useMay } from '../../lib/session/use-may.ts';
import { Mark } from '../../ui/mark.tsx';
import { PanelButton } from '../../ui/panel-button.tsx';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './navigation.module.css';
import { openPalette } from './open-palette.ts';

const loadAccountPanel = () =>
  import('./account-panel.tsx').then((module) => ({ default: module.AccountPanel }));
const AccountPanel = lazy(loadAccountPanel);
const commandKey = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘ K' : 'Ctrl K';
const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** At the left, or at the foot of a phone: the account, the search and the pages one may open. */
export function Navigation() {
  const t = useMessages({ fr, en });
  const { name, workspace } = useMe();
  const may = useMay();
  return (
    <nav className={classes.nav} aria-label={t.navigation}>
      <PanelButton
        name={t.account}
        width={272}
        className={classes.account}
        label={
          <>
            <Mark size={22} />
            <span className={classes.who}>
              <strong>{workspace.name}</strong>
              <span>{name}</span>
            </span>
            <IconSelector {...icon} size={16} />
            <span className={classes.phoneLabel}>{t.more}</span>
            <span className="vif-hidden">{t.account}</span>
          </>
        }
        preload={loadAccountPanel}
      >
        {(close) => <AccountPanel close={close} />}
      </PanelButton>
      <button
        type="button"
        className={classes.search}
        onClick={() => void openPalette()}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch {...icon} />
        <span>{t.search}</span>
        <kbd aria-hidden>{commandKey}</kbd>
      </button>
      <ul className={classes.pages}>
        <li>
          <Link to="/organisations" className={classes.page}>
            <IconBuilding {...icon} />
            {t.organisations}
          </Link>
        </li>
        <li>
          <Link to="/people" className={classes.page}>
            <IconAddressBook {...icon} />
            {t.people}
          </Link>
        </li>
        {may('members', 'read') && (
          <li className={classes.deskOnly}>
            <Link to="/members" className={classes.page}>
              <IconUsersGroup {...icon} />
              {t.members}
            </Link>
          </li>
        )}
        <li className={classes.deskOnly}>
          <Link to="/bin" className={classes.page}>
            <IconTrash {...icon} />
            {t.bin}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
