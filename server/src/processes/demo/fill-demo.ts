import { dayIn } from "@rainmaker/contracts/time";
import * as members from "@rainmaker/contracts/organization/members";
import * as sessions from "@rainmaker/contracts/organization/sessions";
import { openInProcessApi, type InProcessApi, type Person } from "../in-process-api.ts";
import type { Runtime } from "../runtime.ts";
import { instantOf, play } from "./act.ts";
import { cast, demoOrganization, demoPassword, emailOf, founder } from "./cast.ts";
import { foundCompany } from "./company.ts";
import { goalActs } from "./goal-acts.ts";
import { saleActs } from "./sale-acts.ts";
import { tellStory, type DemoStory } from "./story.ts";

/** Told as the work goes on. @param all of the same unit as `done` */
export type Progress = (what: "people" | "history", done: number, all: number) => void;

/**
 * Makes the demo organization: eighteen months of history by its own people through the API, with the clock moved. Each
 * act carries its own Idempotency-Key, so a fill that was cut off goes on where it stopped.
 * @param tell the history up to a day
 * @returns false where it was complete already
 */
export async function fillDemo(
  runtime: Runtime,
  progress: Progress,
  tell: (today: string) => DemoStory = tellStory,
): Promise<boolean> {
  const api = await openInProcessApi(runtime);
  try {
    const story = tell(dayIn(zone(), runtime.clock()));
    const firstMorning = instantOf({ day: story.firstDay, minute: 420 });
    const admin = await registerOrFind(api, firstMorning);
    const { holidays, version } = await api.send(admin, members.getSettings);
    if (holidays.length > 0) return false;
    const company = await foundCompany(api, admin, firstMorning, (done, all) => progress("people", done, all));
    const acts = [
      ...goalActs(api, company, story),
      ...story.sales.flatMap((sale) => saleActs(api, company, sale)),
    ].filter((act) => instantOf(act) <= runtime.clock());
    await play(acts, (done, all) => progress("history", done, all));
    await signEverybodyIn(api, runtime.clock());
    // Set last: an organization that has its holidays was filled to the end.
    const body = { holidays: holidaysAround(story.today), seenVersion: version };
    await api.send(admin, members.updateSettings, { body });
    return true;
  } finally {
    await api.close();
  }
}

/** The history is told in the machine's own time zone, so that "today" is the reader's today. */
function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function registerOrFind(api: InProcessApi, at: Date): Promise<Person> {
  const account = { email: emailOf(founder), password: demoPassword };
  const known = await api.send(null, sessions.login, { body: account }).catch(() => null);
  const { user } = known ?? (await register(api, account, at));
  if (user.organization === null) throw new Error("the demo account has no organization");
  return { organizationId: user.organization.id, memberId: user.id };
}

function register(
  api: InProcessApi,
  account: { readonly email: string; readonly password: string },
  at: Date,
): Promise<sessions.Session> {
  const { firstName, lastName } = founder;
  const body = {
    ...account,
    firstName,
    lastName,
    organizationName: demoOrganization,
    currency: "USD",
    timeZone: zone(),
  };
  return api.send(null, sessions.registerOrganization, { body }, at);
}

/** Today's sign-ins, some minutes apart: who was last seen when is something to look at, too. */
async function signEverybodyIn(api: InProcessApi, now: Date): Promise<void> {
  for (const [index, part] of cast.entries()) {
    const body = { email: emailOf(part), password: demoPassword };
    await api.send(null, sessions.login, { body }, new Date(now.getTime() - (index * 17 + 4) * 60_000));
  }
}

function holidaysAround(today: string): string[] {
  const year = Number(today.slice(0, 4));
  return [year - 1, year].flatMap((each) => ["01-01", "07-04", "12-25", "12-26"].map((day) => `${each}-${day}`));
}
