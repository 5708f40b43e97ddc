import { Search, X } from "lucide-react";
import { useEffect, useState, type ReactElement, type Ref } from "react";
import { IconButton } from "#ui/button";
import { Kbd } from "#ui/kbd";
import { TextField } from "#ui/text-field";

const pauseMs = 200;

type SearchFieldProps = {
  readonly label: string;
  readonly value: string;
  /** For the page whose key / leads here; without it no key is shown. */
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onChange: (value: string) => void;
};

/** Searches a list: says what was typed once the typing pauses. */
export function SearchField({ label, value, inputRef, onChange }: SearchFieldProps): ReactElement {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  // Changed from elsewhere: the filters were cleared, or Back was pressed.
  if (value !== known) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label={label}
      isLabelHidden
      size="sm"
      className="w-52 max-sm:w-full"
      icon={Search}
      placeholder={label}
      {...(inputRef !== undefined && { inputRef })}
      value={text}
      onChange={setText}
      end={
        text === "" ? (
          inputRef !== undefined && <Kbd keys="/" />
        ) : (
          <IconButton icon={X} iconSize={12} size="xs" label="Clear the search" onClick={() => setText("")} />
        )
      }
    />
  );
}
