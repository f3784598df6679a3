import { fields as enFields, problems as enProblems } from '@vif/server/src/problems/texts.en.ts';
import { fields as frFields, problems as frProblems } from '@vif/server/src/problems/texts.fr.ts';
import { en as enApp } from '@vif/web/src/app/messages.en.ts';
import { fr as frApp } from '@vif/web/src/app/messages.fr.ts';
import { en as enBin } from '@vif/web/src/bin/messages.en.ts';
import { fr as frBin } from '@vif/web/src/bin/messages.fr.ts';
import { en as enJoin } from '@vif/web/src/join/messages.en.ts';
import { fr as frJoin } from '@vif/web/src/join/messages.fr.ts';
import { en as enMembers } from '@vif/web/src/members/messages.en.ts';
import { fr as frMembers } from '@vif/web/src/members/messages.fr.ts';
import { en as enOrganisations } from '@vif/web/src/organisations/messages.en.ts';
import { fr as frOrganisations } from '@vif/web/src/organisations/messages.fr.ts';
import { en as enPassword } from '@vif/web/src/password/messages.en.ts';
import { fr as frPassword } from '@vif/web/src/password/messages.fr.ts';
import { en as enPeople } from '@vif/web/src/people/messages.en.ts';
import { fr as frPeople } from '@vif/web/src/people/messages.fr.ts';
import { en as enSetup } from '@vif/web/src/setup/messages.en.ts';
import { fr as frSetup } from '@vif/web/src/setup/messages.fr.ts';
import { en as enSignIn } from '@vif/web/src/sign-in/messages.en.ts';
import { fr as frSignIn } from '@vif/web/src/sign-in/messages.fr.ts';
import { en as enUi } from '@vif/web/src/ui/messages.en.ts';
import { fr as frUi } from '@vif/web/src/ui/messages.fr.ts';

/** Everything people read, by the page it is on. */
export interface Words {
  readonly language: 'fr' | 'en';
  readonly app: typeof frApp;
  readonly bin: typeof frBin;
  readonly join: typeof frJoin;
  readonly members: typeof frMembers;
  readonly organisations: typeof frOrganisations;
  readonly password: typeof frPassword;
  readonly people: typeof frPeople;
  readonly setup: typeof frSetup;
  readonly signIn: typeof frSignIn;
  readonly ui: typeof frUi;
  /** What the server says of a request. */
  readonly problems: typeof frProblems;
  /** What it says of a field, by the code of what is wrong. */
  readonly wrong: (code: string) => string;
}

/** The product's own words, so that a test finds what a reader of that language would. */
export const words: Readonly<Record<'fr' | 'en', Words>> = {
  fr: {
    language: 'fr',
    app: frApp,
    bin: frBin,
    join: frJoin,
    members: frMembers,
    organisations: frOrganisations,
    password: frPassword,
    people: frPeople,
    setup: frSetup,
    signIn: frSignIn,
    ui: frUi,
    problems: frProblems,
    wrong: (code) => wrong(frFields, code),
  },
  en: {
    language: 'en',
    app: enApp,
    bin: enBin,
    join: enJoin,
    members: enMembers,
    organisations: enOrganisations,
    password: enPassword,
    people: enPeople,
    setup: enSetup,
    signIn: enSignIn,
    ui: enUi,
    problems: enProblems,
    wrong: (code) => wrong(enFields, code),
  },
};

function wrong(fields: typeof frFields, code: string): string {
  const text = fields[code]?.({});
  if (text === undefined) throw new Error(`The server has no words for ${code}`);
  return text;
}
