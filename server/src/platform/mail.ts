import type { Config } from "./config.ts";
import { Refusal } from "./errors.ts";

export type Mail = {
  /** The same for every attempt, so that a mail which arrives twice is known as one. */
  readonly id: string;
  readonly to: readonly string[];
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[];
};

/** Sends mail through the SMTP server of the configuration. */
export type Mailer = {
  /** @throws Refusal `mail_refused` where the server will never take it; anything else may go on another attempt */
  send(mail: Mail): Promise<void>;
  close(): void;
};

type Transport = { sendMail(mail: object): Promise<unknown>; close(): void };

export function openMailer({
  SMTP_URL,
  MAIL_FROM,
  PUBLIC_URL,
}: Pick<Config, "SMTP_URL" | "MAIL_FROM" | "PUBLIC_URL">): Mailer {
  let transport: Promise<Transport> | undefined;
  const host = new URL(PUBLIC_URL).hostname;
  return {
    async send({ id, to, replyTo, subject, text, attachments }) {
      transport ??= openTransport(SMTP_URL);
      const mail = {
        from: MAIL_FROM,
        to: [...to],
        ...(replyTo === null ? {} : { replyTo }),
        subject,
        text,
        messageId: `<${id}@${host}>`,
        attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
      };
      try {
        await (await transport).sendMail(mail);
      } catch (error) {
        throw isFinal(error)
          ? new Refusal("conflict", "mail_refused", `The mail server refused: ${(error as Error).message}`)
          : error;
      }
    },
    close: () => void transport?.then((opened) => opened.close()),
  };
}

async function openTransport(url: string): Promise<Transport> {
  if (url === "") throw new Refusal("unavailable", "mail_not_set_up", "No mail server is set up");
  const { createTransport } = await import("nodemailer");
  return createTransport(url);
}

/** SMTP answers of 500 and above are a no for good. */
function isFinal(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number };
  return responseCode !== undefined && responseCode >= 500;
}
