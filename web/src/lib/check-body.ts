import { fieldErrors } from "@rainmaker/contracts/problem";
import type * as z from "zod/mini";

/**
 * What a contract says about a body before it is sent: the same sentence as the server's.
 * @returns a check whose answer is undefined where nothing is wrong
 */
export function bodyCheck({ body: schema }: { readonly body: z.ZodMiniType }): (body: object) => string | undefined {
  return (body) => {
    const judged = schema.safeParse(body);
    return judged.success ? undefined : fieldErrors(judged.error.issues)[0]?.message;
  };
}
