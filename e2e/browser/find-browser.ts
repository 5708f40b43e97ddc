import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** A browser that was seen to start. */
export type FoundBrowser = { readonly executablePath: string; readonly args: readonly string[] };

const root = join(import.meta.dirname, "../..");
const downloads = join(root, "node_modules/.cache/browsers");

/** What a browser without a window needs in a container; both are harmless elsewhere. */
const args = ["--no-sandbox", "--disable-dev-shm-usage"];
/** The packaged browser has no graphics of its own. */
const packagedArgs = [...args, "--no-zygote", "--headless=shell", "--use-gl=angle", "--use-angle=swiftshader"];

/**
 * The first browser that starts: the one named by CHROMIUM_PATH, one that is installed, the download of
 * playwright-core, Debian's package where this is root, and at last the one that npm brought.
 * @throws Error with the command that helps
 */
export async function findBrowser(): Promise<FoundBrowser> {
  for (const candidate of candidates()) {
    const found = await candidate();
    if (found !== undefined && (await starts(found))) return found;
  }
  throw new Error(
    "No browser for the journeys. Install Chrome or Chromium, or name one: CHROMIUM_PATH=/path/to/chrome npm test",
  );
}

type Candidate = () => Promise<FoundBrowser | undefined>;

function candidates(): Candidate[] {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return [async () => ({ executablePath: named, args })];
  return [
    ...installedPaths().map((path): Candidate => async () => ({ executablePath: path, args })),
    downloaded,
    debianPackage,
    packaged,
  ];
}

function installedPaths(): string[] {
  const byPlatform: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: [process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"]].flatMap((folder) => [
      `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
      `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ]),
  };
  const unix = (process.env["PATH"] ?? "")
    .split(":")
    .flatMap((folder) =>
      ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge"].map((name) =>
        join(folder, name),
      ),
    );
  return (byPlatform[process.platform] ?? unix).filter((path) => existsSync(path) && !isSnap(path));
}

/** Ubuntu's package is a script that asks for snap, which does not run in a container. */
function isSnap(path: string): boolean {
  const real = realpathSync(path);
  return real.includes("/snap") || readFileSync(real).subarray(0, 2000).includes("snap");
}

const downloaded: Candidate = async () => {
  const find = (): string | undefined =>
    globSync("chromium_headless_shell-*/*/{chrome-headless-shell,headless_shell}*", { cwd: downloads })
      .map((path) => join(downloads, path))
      .find((path) => !path.endsWith(".pak"));
  if (find() === undefined) {
    console.log("Downloading a browser for the journeys (once) ...");
    spawnSync(
      process.execPath,
      [join(root, "node_modules/playwright-core/cli.js"), "install", "chromium-headless-shell"],
      {
        env: { ...process.env, PLAYWRIGHT_BROWSERS_PATH: downloads },
        stdio: "ignore",
        timeout: 120_000,
      },
    );
  }
  const executablePath = find();
  return executablePath === undefined ? undefined : { executablePath, args };
};

const debianPackage: Candidate = async () => {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get") || !existsSync("/etc/debian_version"))
    return undefined;
  console.log("Installing the distribution's Chromium for the journeys (once) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("/bin/sh", ["-c", "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium"], {
    env,
    stdio: "ignore",
    timeout: 180_000,
  });
  const path = "/usr/bin/chromium";
  return existsSync(path) && !isSnap(path) ? { executablePath: path, args } : undefined;
};

const packaged: Candidate = async () => {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const { default: package_ } = await import("@sparticuz/chromium");
  return { executablePath: await package_.executablePath(), args: packagedArgs };
};

async function starts({ executablePath, args: flags }: FoundBrowser): Promise<boolean> {
  try {
    const browser = await chromium.launch({ executablePath, args: [...flags], timeout: 20_000 });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}
