/* Builds the one script, the one stylesheet and the font files that every page loads, the print pages' stylesheet, and the workers of walls and phones. */
import { build } from "esbuild";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { buildFonts } from "./fonts.mjs";
import { keepUsedRules, wordsIn } from "./kern.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const sources = join(root, "tagwerk/kit/assets");
const target = join(root, "tagwerk/kit/static/build");
const kernPackage = join(root, "node_modules/@kern-ux/native/dist");

/** All files below `folder` whose name ends in one of `endings`. */
function filesBelow(folder, endings) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** KERN without the rules that no template, form or script of ours names. */
async function kernStyles() {
  const everything = filesBelow(join(root, "tagwerk"), [".html", ".py", ".js"]);
  const markup = everything.filter((path) => !path.startsWith(target));
  const styles = filesBelow(join(sources, "css"), [".css"]);
  const [kern, markupTexts, styleTexts] = await Promise.all([
    readFile(join(kernPackage, "kern.css"), "utf8"),
    Promise.all(markup.map((path) => readFile(path, "utf8"))),
    Promise.all(styles.map((path) => readFile(path, "utf8"))),
  ]);
  return keepUsedRules(kern, wordsIn(markupTexts.join("\n")), styleTexts.join("\n"));
}

/** Lets `@import "kern"` in app.css stand for the rules of KERN that we use. */
const kernPlugin = {
  name: "kern",
  setup(bundler) {
    bundler.onResolve({ filter: /^kern$/ }, () => ({ path: "kern", namespace: "kern" }));
    bundler.onLoad({ filter: /.*/, namespace: "kern" }, async () => ({
      contents: await kernStyles(),
      loader: "css",
    }));
  },
};

/** Prints what each file weighs on the wire, so that a heavy change is seen when it is made. */
async function report() {
  for (const path of filesBelow(target, [".css", ".js", ".woff2"]).sort()) {
    const plain = (await stat(path)).size;
    const packed = path.endsWith(".woff2") ? plain : brotliCompressSync(await readFile(path)).length;
    console.log(`${path.slice(target.length + 1)}: ${plain} bytes, ${packed} on the wire`);
  }
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([
  build({
    entryPoints: [join(sources, "js/main.js")],
    outfile: join(target, "app.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  }),
  ...["board-worker", "app-worker"].map((name) => build({
    entryPoints: [join(sources, `js/${name}.js`)],
    outfile: join(target, `${name}.js`),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  })),
  ...["app", "paper"].map((name) => build({
    entryPoints: [join(sources, `css/${name}.css`)],
    outfile: join(target, `${name}.css`),
    bundle: true,
    minify: true,
    external: ["*.woff2"],
    plugins: [kernPlugin],
    legalComments: "none",
    logLevel: "warning",
  })),
  buildFonts(join(kernPackage, "fonts/fira-sans"), target),
]);
await report();
