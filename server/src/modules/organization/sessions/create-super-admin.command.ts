import { v7 as uuidv7 } from "uuid";
import { hashPassword, newToken } from "#platform/crypto";
import { Refusal } from "#platform/errors";
import type { Workplace } from "#platform/tenant";
import { findAccount, insertSuperAdmin } from "./accounts.store.ts";

/**
 * Makes the account that runs the installation. It belongs to no organization and sees none.
 * @returns its password, which nobody can read again
 * @throws Refusal `email_taken`
 */
export async function createSuperAdmin(workplace: Workplace, email: string, now: Date): Promise<string> {
  const door = { tx: workplace.database.outside };
  if ((await findAccount(door, email)) !== undefined)
    throw new Refusal("conflict", "email_taken", `${email} has an account already`);
  const password = newToken();
  const passwordHash = await hashPassword(password);
  await insertSuperAdmin(door, { id: uuidv7(), email, passwordHash, firstName: "Super", lastName: "Admin" }, now);
  return password;
}
