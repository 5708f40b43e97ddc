import type { CustomRole } from "@rainmaker/contracts/organization/roles";
import { getRole, updateRole } from "@rainmaker/contracts/organization/roles";
import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { useState } from "react";
import { call } from "#lib/api";
import { hasCode } from "#lib/api-problem";
import { invalidateEntities } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";
import type { CellReach } from "./permission-words.ts";
import { grantsAfter, withCell, type RoleDraft } from "./role-draft.ts";

/** A role that somebody else saved while its cells were changed here. */
export type RoleConflict = { readonly before: CustomRole; readonly now: CustomRole };

type RoleDraftState = {
  readonly draft: RoleDraft;
  /** The roles, those with changed cells as they were when the first was changed. */
  readonly shown: readonly CustomRole[];
  readonly conflicts: readonly RoleConflict[];
  readonly isSaving: boolean;
  readonly change: (role: CustomRole, permission: Permission, reach: CellReach) => void;
  readonly discard: () => void;
  readonly save: () => void;
  /** Saves what was changed here over what somebody else saved. */
  readonly keepMine: (conflict: RoleConflict) => void;
  readonly takeTheirs: (conflict: RoleConflict) => void;
};

/** Changes of the matrix until they are saved, role by role; what somebody else saved meanwhile is asked about. */
export function useRoleDraft(roles: readonly CustomRole[]): RoleDraftState {
  const [draft, setDraft] = useState<RoleDraft>({});
  const [conflicts, setConflicts] = useState<readonly RoleConflict[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  // The roles as they were when their first cell was changed: that is what is saved over.
  const [opened, setOpened] = useState<ReadonlyMap<string, CustomRole>>(new Map());
  const shown = roles.map((role) => opened.get(role.id) ?? role);

  const forget = (ids: readonly string[]): void => {
    setDraft((before) => Object.fromEntries(Object.entries(before).filter(([id]) => !ids.includes(id))));
    setOpened((before) => new Map([...before].filter(([id]) => !ids.includes(id))));
    setConflicts((before) => before.filter(({ now }) => !ids.includes(now.id)));
  };
  const saveOne = async (role: CustomRole, seenVersion: number): Promise<void> => {
    const body = { grants: grantsAfter(draft, role) };
    try {
      await call(updateRole, { params: { roleId: role.id }, body, seenVersion });
      forget([role.id]);
    } catch (error) {
      if (!hasCode(error, "stale_version")) throw error;
      const now = await call(getRole, { params: { roleId: role.id } });
      setConflicts((before) => [...before.filter((one) => one.now.id !== role.id), { before: role, now }]);
    }
  };
  const run = async (changed: readonly { role: CustomRole; version: number }[]): Promise<void> => {
    if (isSaving) return;
    setIsSaving(true);
    try {
      for (const { role, version } of changed) await saveOne(role, version);
      notify({ tone: "done", title: "Saved. It holds from everybody's next request on." });
    } catch (error) {
      notifyFailure("The roles stay as before", error);
    } finally {
      setIsSaving(false);
      void invalidateEntities(["role", "member"]);
    }
  };
  return {
    draft,
    shown,
    conflicts,
    isSaving,
    change: (role, permission, reach) => {
      setOpened((before) => (before.has(role.id) ? before : new Map([...before, [role.id, role]])));
      setDraft((before) => withCell(before, role, permission, reach));
    },
    discard: () => forget(Object.keys(draft)),
    save: () => void run(shown.flatMap((role) => (role.id in draft ? [{ role, version: role.version }] : []))),
    keepMine: ({ before, now }: RoleConflict) => void run([{ role: before, version: now.version }]),
    takeTheirs: ({ now }: RoleConflict) => {
      forget([now.id]);
      void invalidateEntities(["role"]);
    },
  };
}
