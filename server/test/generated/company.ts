import { roles, type Role } from "@rainmaker/contracts/organization/permissions";
import type { TestApp } from "../app.ts";
import { makeCrew, makeMember, makeOrganization, type Crew, type MadeOrganization, type Person } from "../make.ts";

/** An organization with somebody for every part of the work. */
export type Company = Crew & {
  readonly organization: MadeOrganization;
  readonly admin: Person;
  readonly teamId: string;
  /** Holds every permission there is. */
  readonly master: Person;
  /** Somebody with this role alone; the same one each time. */
  member(role: Role): Promise<Person>;
};

export async function makeCompany(app: TestApp, name?: string): Promise<Company> {
  const organization = await makeOrganization(app, name);
  const crew = await makeCrew(app, organization);
  const master = await makeMember(app, organization, roles);
  const known = new Map<Role, Promise<Person>>();
  return {
    ...crew,
    organization,
    admin: organization.admin,
    master,
    member(role) {
      const made = known.get(role) ?? makeMember(app, organization, [role]);
      known.set(role, made);
      return made;
    },
  };
}
