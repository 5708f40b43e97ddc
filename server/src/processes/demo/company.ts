import * as members from "@rainmaker/contracts/organization/members";
import * as sessions from "@rainmaker/contracts/organization/sessions";
import * as customers from "@rainmaker/contracts/sales/customers";
import { listPipelines } from "@rainmaker/contracts/sales/pipelines";
import type { CustomerId, StageId, TeamId } from "@rainmaker/contracts/ids";
import type { InProcessApi, Person } from "../in-process-api.ts";
import { fieldsOf, foundFields } from "./fields.ts";
import { cast, demoCustomers, demoPassword, emailOf, sellerOf, teams, type Part } from "./cast.ts";

/** The people, teams, customers and stages of the demo organization, by the names the story uses. */
export type Company = {
  readonly admin: Person;
  person(key: string): Person;
  team(name: string): TeamId;
  customer(index: number): CustomerId;
  readonly stages: { readonly open: readonly StageId[]; readonly won: StageId; readonly lost: StageId };
};

/** Makes them, or finds those that an earlier fill made. */
export async function foundCompany(
  api: InProcessApi,
  admin: Person,
  at: Date,
  progress: (done: number, all: number) => void,
): Promise<Company> {
  const teamIds = await foundTeams(api, admin, at);
  const people = new Map<string, Person>();
  for (const [index, part] of cast.entries()) {
    progress(index, cast.length);
    people.set(part.key, await join(api, admin, part, part.team === null ? null : named(teamIds, part.team), at));
  }
  await appointLeaders(api, admin, people, at);
  await foundFields(api, admin, at);
  const customerIds: CustomerId[] = [];
  for (const [index, { name, industry, location }] of demoCustomers.entries()) {
    const ownerId = named(people, sellerOf(index)).memberId;
    const body = { name, industry, location, ownerId, custom: fieldsOf(index) };
    const input = { body, key: `demo-customer-${index}` };
    customerIds.push((await api.send(admin, customers.createCustomer, input, at)).id);
  }
  return {
    admin,
    person: (key) => named(people, key),
    team: (name) => named(teamIds, name),
    customer: (index) => named(new Map(customerIds.entries()), index),
    stages: await readStages(api, admin),
  };
}

async function foundTeams(api: InProcessApi, admin: Person, at: Date): Promise<Map<string, TeamId>> {
  const ids = new Map<string, TeamId>();
  for (const { name, parent } of teams) {
    const parentId = parent === null ? null : named(ids, parent);
    const input = { body: { name, parentId }, key: `demo-team-${name}` };
    ids.set(name, (await api.send(admin, members.createTeam, input, at)).id);
  }
  return ids;
}

async function join(api: InProcessApi, admin: Person, part: Part, teamId: TeamId | null, at: Date): Promise<Person> {
  const signIn = { body: { email: emailOf(part), password: demoPassword } };
  const known = await api.send(null, sessions.login, signIn).catch(() => null);
  const { user } = known ?? (await accept(api, admin, part, teamId, at));
  const member = await api.send(admin, members.getMember, { params: { memberId: user.id } });
  if (member.jobTitle === null) {
    const body = { jobTitle: part.jobTitle, seenVersion: member.version };
    await api.send(admin, members.updateMember, { params: { memberId: member.id }, body }, at);
  }
  return { organizationId: admin.organizationId, memberId: user.id };
}

async function accept(
  api: InProcessApi,
  admin: Person,
  part: Part,
  teamId: TeamId | null,
  at: Date,
): Promise<sessions.Session> {
  const { firstName, lastName, roles } = part;
  const invitation = { body: { emails: [emailOf(part)], roles: [...roles], teamId } };
  const { items } = await api.send(admin, members.inviteMembers, invitation, at);
  const body = { token: items[0]?.token ?? "", firstName, lastName, password: demoPassword };
  return api.send(null, members.acceptInvitation, { body }, at);
}

async function appointLeaders(
  api: InProcessApi,
  admin: Person,
  people: ReadonlyMap<string, Person>,
  at: Date,
): Promise<void> {
  const { items } = await api.send(admin, members.listTeams);
  for (const { name, leader } of teams) {
    const team = items.find((item) => item.name === name);
    if (team === undefined || leader === null || team.leader !== null) continue;
    const body = { leaderId: named(people, leader).memberId, seenVersion: team.version };
    await api.send(admin, members.updateTeam, { params: { teamId: team.id }, body }, at);
  }
}

async function readStages(api: InProcessApi, admin: Person): Promise<Company["stages"]> {
  const { items } = await api.send(admin, listPipelines);
  const stages = items[0]?.stages ?? [];
  const byKind = new Map(stages.map(({ kind, id }) => [kind, id]));
  return {
    open: stages.filter(({ kind }) => kind === "open").map(({ id }) => id),
    won: named(byKind, "won"),
    lost: named(byKind, "lost"),
  };
}

function named<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the demo story names "${String(key)}", which does not exist`);
  return value;
}
