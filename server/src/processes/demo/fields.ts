import { createCustomField } from "@rainmaker/contracts/records/custom-fields";
import { type CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { InProcessApi, Person } from "../in-process-api.ts";

const trailers = ["Box trailer", "Refrigerated", "Flatbed", "Curtain"];

/** What the demo organization wants to know of its customers besides. */
export async function foundFields(api: InProcessApi, admin: Person, at: Date): Promise<void> {
  const fields = [
    {
      type: "select",
      label: "Trailer type",
      key: "trailer_type",
      help: "What the sensors are mounted on",
      options: trailers.map((label) => ({ label })),
    },
    { type: "number", label: "Vehicles", key: "vehicles", settings: { min: 0, decimals: 0 } },
  ] as const;
  for (const field of fields) {
    const body = {
      entity: "customer" as const,
      ...field,
      options: "options" in field ? [...field.options] : undefined,
    };
    await api.send(admin, createCustomField, { body, key: `demo-field-${field.key}` }, at);
  }
}

/** Of most customers it is known. */
export function fieldsOf(index: number): CustomInput {
  if (index % 5 === 4) return {};
  const trailer = trailers[index % trailers.length] ?? "";
  return { trailer_type: trailer.toLowerCase().replaceAll(" ", "_"), vehicles: 20 + ((index * 37) % 480) };
}
