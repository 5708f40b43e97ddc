import { Check, Copy } from "lucide-react";
import { useEffect, useState, type ReactElement } from "react";
import { Button } from "#ui/button";

type CopyButtonProps = { readonly text: string; readonly label?: string; readonly ariaLabel?: string };

/** Puts a text on the clipboard and says so for two seconds. */
export function CopyButton({ text, label = "Copy", ariaLabel }: CopyButtonProps): ReactElement {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      size="xs"
      icon={isCopied ? Check : Copy}
      {...(ariaLabel !== undefined && !isCopied && { "aria-label": ariaLabel })}
      onClick={() => void copy(text).then(() => setIsCopied(true))}
    >
      <span aria-live="polite">{isCopied ? "Copied" : label}</span>
    </Button>
  );
}

/** The clipboard of scripts exists on secure origins only; elsewhere the old way still works. */
async function copy(text: string): Promise<void> {
  if ("clipboard" in navigator) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
