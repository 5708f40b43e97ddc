import { once } from "node:events";
import { promisify } from "node:util";
import { SMTPServer } from "smtp-server";

export type ReceivedMail = { readonly to: readonly string[]; readonly raw: string };

export type MailServer = { readonly url: string; readonly received: readonly ReceivedMail[]; stop(): Promise<void> };

/** A real mail server: it keeps what comes, and has no mailbox for gone@. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo({ address }, _session, done) {
      if (!address.startsWith("gone@")) return done();
      done(Object.assign(new Error("No such mailbox"), { responseCode: 550 }));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
      stream.on("end", () => {
        received.push({ to: envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  const listening = smtp.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    stop: () => promisify((done: () => void) => smtp.close(done))(),
  };
}
