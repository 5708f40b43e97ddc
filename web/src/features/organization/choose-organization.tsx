import { OrganizationId } from "@rainmaker/contracts/ids";
import { ArrowLeft, ChevronRight } from "lucide-react";
import { useState, type ReactElement } from "react";
import * as z from "zod/mini";
import { hasCode } from "#lib/api-problem";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { LogoMark } from "#ui/logo-mark";
import { Spinner } from "#ui/spinner";
import { Entrance } from "./entrance.tsx";

const Memberships = z.object({
  organizations: z.array(z.object({ id: OrganizationId, name: z.string(), slug: z.string() })),
});
export type Membership = z.output<typeof Memberships>["organizations"][number];

/** The organizations a refused sign-in asks to choose from; none where it was refused for another reason. */
export function organizationsIn(error: unknown): readonly Membership[] {
  if (!hasCode(error, "organization_required")) return [];
  const parsed = Memberships.safeParse(error.current);
  return parsed.success ? parsed.data.organizations : [];
}

type ChooseOrganizationProps = {
  readonly choices: readonly Membership[];
  readonly onChoose: (id: Membership["id"]) => Promise<void>;
  readonly onBack: () => void;
};

/** An account may belong to several organizations; a session belongs to one. */
export function ChooseOrganization({ choices, onChoose, onBack }: ChooseOrganizationProps): ReactElement {
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const choose = async (id: Membership["id"]): Promise<void> => {
    setChosen(id);
    setProblem(null);
    try {
      await onChoose(id);
    } catch (error) {
      setProblem(error);
      setChosen(null);
    }
  };
  return (
    <Entrance
      title="Choose an organisation"
      lead="Your account belongs to several. You can sign in to another one later."
    >
      <FormProblem problem={problem} />
      <ul className="flex flex-col gap-2.5">
        {choices.map(({ id, name, slug }, index) => (
          <li key={id}>
            <button
              type="button"
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form that had the focus has just given way to this
              autoFocus={index === 0}
              disabled={chosen !== null}
              onClick={() => void choose(id)}
              className="flex min-h-14 w-full items-center gap-3 rounded-xl border px-3 text-left hover:bg-hover"
            >
              <LogoMark id={id} name={name} size={32} />
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="truncate font-medium">{name}</span>
                <span className="truncate text-xs text-subtle">{slug}</span>
              </span>
              {chosen === id ? <Spinner /> : <ChevronRight size={16} aria-hidden="true" className="text-subtle" />}
            </button>
          </li>
        ))}
      </ul>
      <Button tone="ghost" icon={ArrowLeft} className="self-start" onClick={onBack}>
        Use another account
      </Button>
    </Entrance>
  );
}
