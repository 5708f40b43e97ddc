import { CircleAlert } from "lucide-react";
import { useId, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";

/** What every field accepts; `{...form.field("name")}` fills the lower part. */
export type FieldProps<T> = {
  readonly label: string;
  /** Beside the label, such as a link. */
  readonly labelEnd?: ReactNode;
  readonly hint?: ReactNode;
  readonly isOptional?: boolean | undefined;
  readonly isLabelHidden?: boolean | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  readonly className?: string | undefined;
  readonly disabled?: boolean | undefined;

  readonly name?: string | undefined;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly error?: string | undefined;
};

type ControlProps = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

type FrameProps = Pick<
  FieldProps<never>,
  "label" | "labelEnd" | "hint" | "isOptional" | "isLabelHidden" | "className" | "error"
> & {
  readonly children: (control: ControlProps) => ReactNode;
};

/** Label above, control, and one slot below for the hint or the error, so that nothing jumps. */
export function Field(props: FrameProps): ReactElement {
  const { label, labelEnd, hint, isOptional = false, className, error, isLabelHidden = false, children } = props;
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <span className={cx("flex items-baseline gap-2", isLabelHidden && "sr-only")}>
        <label id={`${id}-label`} htmlFor={id} className="font-medium">
          {label}
        </label>
        {isOptional && <span className="text-xs text-subtle">optional</span>}
        {labelEnd !== undefined && <span className="ml-auto text-xs">{labelEnd}</span>}
      </span>
      {children({
        id,
        "aria-describedby": hasNote ? noteId : undefined,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hasNote && <Note id={noteId} error={error} hint={hint} />}
    </div>
  );
}

function Note({ id, error, hint }: { id: string; error: string | undefined; hint: ReactNode }): ReactElement {
  if (error === undefined) {
    return (
      <span id={id} className="text-xs text-subtle">
        {hint}
      </span>
    );
  }
  return (
    <span id={id} className="flex items-center gap-1.25 text-xs text-danger-fg">
      <CircleAlert size={12} aria-hidden="true" />
      {error}
    </span>
  );
}

/** The box around what is typed. Its parts share one border and one focus ring. */
export function inputBox({
  size = "md",
  isSoft = false,
  isInvalid = false,
}: {
  readonly size?: "sm" | "md" | "lg" | undefined;
  readonly isSoft?: boolean | undefined;
  readonly isInvalid?: boolean;
}): string {
  return cx(
    "flex w-full items-center gap-2 border border-line-strong bg-surface",
    "has-[:focus-visible]:border-focus has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-1 has-[:focus-visible]:outline-focus",
    "has-[:disabled]:border-line has-[:disabled]:bg-sunken has-[:disabled]:text-disabled has-[[readonly]]:bg-sunken",
    size === "sm" && "h-(--control-sm) rounded-[7px] px-2.25 text-[12.5px]",
    size === "md" && "h-9 rounded-[7px] px-2.5 pointer-coarse:h-11 max-sm:text-lg",
    size === "lg" && "h-11 rounded-[9px] px-2.5 text-md max-sm:h-12 max-sm:text-lg",
    isSoft && "border-line",
    isInvalid && "border-danger",
  );
}

/** What stands in the box itself: no border and no ring of its own. */
export const bareInput =
  "min-w-0 flex-1 self-stretch bg-transparent outline-none placeholder:text-subtle disabled:cursor-not-allowed";
