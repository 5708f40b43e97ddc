import { roles as allRoles, type Role } from "@rainmaker/contracts/organization/permissions";
import type { CustomRoleId } from "@rainmaker/contracts/ids";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, KeyRound } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Checkbox } from "#ui/checkbox";
import { inputBox } from "#ui/field";
import { Popover } from "#ui/popover";
import { roleNames, rolesText } from "./role-names.ts";
import { rolesQuery } from "./roles-query.ts";

type RolesProps = {
  readonly value: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
  /** Ids of the organization's own roles. */
  readonly customIds: readonly CustomRoleId[];
  readonly onCustomChange: (ids: readonly CustomRoleId[]) => void;
};

/** Roles with what each of them means. Somebody may hold several; together they give the widest reach. */
export function RolesField({ value, onChange, customIds, onCustomChange }: RolesProps): ReactElement {
  const { data } = useQuery(rolesQuery());
  const descriptions = new Map(data?.items.map(({ role, description }) => [role, description]));
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-2 font-medium">Roles</legend>
      {allRoles.map((role) => (
        <Checkbox
          key={role}
          label={roleNames[role]}
          detail={descriptions.get(role) ?? ""}
          checked={value.includes(role)}
          onChange={(isOn) => onChange(allRoles.filter((one) => (one === role ? isOn : value.includes(one))))}
        />
      ))}
      {data?.custom.map(({ id, name, description }) => (
        <Checkbox
          key={id}
          label={name}
          detail={description}
          checked={customIds.includes(id)}
          onChange={(isOn) => onCustomChange(isOn ? [...customIds, id] : customIds.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  );
}

/** The same in one line, for the panel. */
export function RolesPicker(props: RolesProps): ReactElement {
  const { data } = useQuery(rolesQuery());
  const own = data?.custom.filter(({ id }) => props.customIds.includes(id)) ?? [];
  const text = rolesText(props.value, own);
  const trigger = (
    <button
      type="button"
      aria-label={`Roles: ${text}`}
      className={cx(inputBox({}), "text-left", props.value.length + own.length === 0 && "border-danger")}
    >
      <KeyRound size={14} aria-hidden="true" className="text-subtle" />
      <span className="min-w-0 flex-1 truncate">{text}</span>
      <ChevronDown size={14} aria-hidden="true" className="text-subtle" />
    </button>
  );
  return (
    <Popover trigger={trigger} label="Roles" className="w-96 max-w-[calc(100vw-32px)]">
      <RolesField {...props} />
    </Popover>
  );
}
