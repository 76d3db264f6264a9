/* Cuts the two weights of Fira Sans down to the letters that European names and our texts need. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const weights = { regular: "FiraSans-Regular.woff2", semibold: "FiraSans-SemiBold.woff2" };

/* The same ranges stand as `unicode-range` in css/fonts.css. */
const ranges = {
  latin: "U+20-7E,U+A0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2009,U+2013-2014,"
    + "U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039-203A,U+202F,U+20AC,U+2190-2193,U+2212",
  "latin-ext": "U+100-130,U+132-151,U+154-17F,U+18F,U+1A0-1A1,U+1AF-1B0,U+1C4-1CC,U+1E6-1E7,"
    + "U+218-21B,U+237,U+2C7,U+2D8-2D9,U+2DB,U+2DD,U+1E02-1EF9",
};

async function subset(source, range, outfile) {
  const python = process.env.TAGWERK_PYTHON || "python3";
  await run(python, [
    "-m", "fontTools.subset", source,
    `--unicodes=${range}`,
    "--layout-features=kern,liga,calt,locl,mark,mkmk,tnum,lnum",
    "--flavor=woff2",
    "--no-hinting",
    `--output-file=${outfile}`,
  ]);
}

/** Writes `fira-sans-<weight>-<range>.woff2` for both weights and both ranges into `target`. */
export async function buildFonts(folder, target) {
  for (const [weight, file] of Object.entries(weights)) {
    for (const [name, range] of Object.entries(ranges)) {
      await subset(join(folder, file), range, join(target, `fira-sans-${weight}-${name}.woff2`));
    }
  }
}
