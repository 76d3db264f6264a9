/* Takes from the KERN stylesheet only the rules and custom properties that our pages use. */
import postcss from "postcss";

/** The class-like words of a text that begin with `kern-`. */
export function wordsIn(text) {
  return new Set(text.match(/kern-[a-z0-9_-]+/g) ?? []);
}

/** True if every KERN class in the selector is one that our markup names. */
function isUsed(selector, used) {
  const outside = selector.replace(/:(is|not|where)\([^()]*(\([^()]*\)[^()]*)*\)/g, "");
  if (/\[data-kern-theme|\.kern-(dark|light)\b/.test(outside)) return false;
  const classes = outside.match(/\.kern-[\w-]+/g) ?? [];
  return classes.every((name) => used.has(name.slice(1)));
}

function dropUnusedRules(root, used) {
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    const kept = rule.selectors.filter((selector) => isUsed(selector, used));
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
}

/** Removes definitions nobody refers to, again and again, because they refer to each other. */
function dropUnusedProperties(root, ownStyles) {
  for (;;) {
    const referred = new Set(ownStyles.match(/--kern-[\w-]+/g) ?? []);
    root.walkDecls((declaration) => {
      for (const name of declaration.value.match(/--kern-[\w-]+/g) ?? []) referred.add(name);
    });
    let dropped = 0;
    root.walkDecls(/^--kern-/, (declaration) => {
      if (referred.has(declaration.prop)) return;
      declaration.remove();
      dropped += 1;
    });
    if (dropped === 0) return;
  }
}

/** A fall-back beside a property that is always defined only costs bytes. */
function dropFallbacks(root) {
  const defined = new Set();
  root.walkDecls(/^--kern-/, (declaration) => defined.add(declaration.prop));
  root.walkDecls((declaration) => {
    declaration.value = declaration.value.replace(
      /var\((--kern-[\w-]+),[^()]*\)/g,
      (whole, name) => (defined.has(name) ? `var(${name})` : whole),
    );
  });
}

function dropEmptyBlocks(root) {
  for (let pass = 0; pass < 3; pass += 1) {
    root.walk((node) => {
      if ((node.type === "rule" || node.type === "atrule") && node.nodes?.length === 0) node.remove();
    });
  }
}

/** KERN reduced to the classes in `used` and to the properties that these or `ownStyles` need. */
export function keepUsedRules(kern, used, ownStyles) {
  const root = postcss.parse(kern);
  root.walkComments((comment) => comment.remove());
  root.walkAtRules("charset", (rule) => rule.remove());
  dropUnusedRules(root, used);
  dropFallbacks(root);
  dropUnusedProperties(root, ownStyles);
  dropEmptyBlocks(root);
  return root.toString();
}
