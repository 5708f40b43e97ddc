/** "Chrome 152 on Windows" from a User-Agent; the raw text is long and names more than anybody needs. */
export function clientOf(userAgent: string | undefined): string | null {
  if (userAgent === undefined || userAgent === "") return null;
  const browser = browsers.find(({ mark }) => mark.test(userAgent));
  const system = systems.find(({ mark }) => mark.test(userAgent));
  if (browser === undefined) return userAgent.slice(0, 60);
  const version = browser.mark.exec(userAgent)?.[1] ?? "";
  return `${browser.name} ${version}`.trim() + (system === undefined ? "" : ` on ${system.name}`);
}

// Order matters: Edge calls itself Chrome too, and Chrome Safari.
const browsers = [
  { name: "Edge", mark: /Edg\/(\d+)/ },
  { name: "Firefox", mark: /Firefox\/(\d+)/ },
  { name: "Chrome", mark: /Chrom(?:e|ium)\/(\d+)/ },
  { name: "Safari", mark: /Version\/(\d+).*Safari/ },
];

const systems = [
  { name: "iPhone", mark: /iPhone/ },
  { name: "iPad", mark: /iPad/ },
  { name: "Android", mark: /Android/ },
  { name: "Windows", mark: /Windows/ },
  { name: "macOS", mark: /Mac OS X/ },
  { name: "Linux", mark: /Linux/ },
];
