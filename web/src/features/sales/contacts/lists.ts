/** Short texts that people type with commas between them: each once, in order. */
export function tagsIn(text: string): readonly string[] {
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))];
}

export function joined(parts: readonly string[]): string {
  return parts.join(", ");
}
